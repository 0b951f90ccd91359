//! Sending through SendGrid.

use super::wire::NAME;
use super::{AFTER_LOSS, LIMITS, at_fault, results, sending};
use crate::api::error::ApiError;
use crate::api::http::Net;
use crate::api::mail::{Batch, Found, Limits, MailResult, SendMail};
use crate::domain::after_loss::AfterLoss;
use crate::domain::order::by_key;

/// So often a batch is handed in again without the mails that kept it from being taken. What SendGrid names one by one
/// beyond that is a list that somebody has to look at.
const ROUNDS: usize = 20;

/// SendGrid, reached through the edge of this host.
#[derive(Debug, Clone)]
pub struct Sendgrid<N>(pub N);

impl<N: Net> Sendgrid<N> {
    /// SendGrid takes all of a batch or none of it. One bad address must not keep the mail from the others: what it names is
    /// refused, and the rest handed in again. Until it takes a batch, nothing of it has left.
    async fn hand_in(&self, batch: &Batch, test: bool) -> Result<Vec<MailResult>, ApiError> {
        let mut rest = batch.clone();
        let mut places: Vec<usize> = (0..rest.mails.len()).collect();
        let mut told: Vec<(usize, MailResult)> = Vec::new();
        for round in 1.. {
            let request = sending(&self.0.site_path(), &rest, &self.0.random()?, test)?;
            let answer = self.0.send(&request).await;
            let named = answer
                .as_ref()
                .map_or_else(|_| Vec::new(), |response| at_fault(response, &rest));
            if named.is_empty() || round == ROUNDS {
                let taken = answer.and_then(|response| results(&response, &rest));
                let taken = match taken {
                    // What was named before stays refused: only of the others nobody knows.
                    Err(error) if error.may_have_happened() && !told.is_empty() => {
                        vec![MailResult::Lost(error.in_full()); rest.mails.len()]
                    }
                    taken => taken?,
                };
                told.extend(places.into_iter().zip(taken));
                break;
            }
            let kept = |at: usize| !named.iter().any(|(bad, _)| *bad == at);
            for (bad, why) in &named {
                let place = places.get(*bad).copied();
                told.extend(place.map(|place| (place, MailResult::Refused(why.clone()))));
            }
            places = without(places, kept);
            rest.mails = without(rest.mails, kept);
            if places.is_empty() {
                break;
            }
        }
        let told = by_key(told, |(place, _)| *place);
        Ok(told.into_iter().map(|(_, result)| result).collect())
    }
}

impl<N: Net> SendMail for Sendgrid<N> {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    fn after_loss(&self) -> AfterLoss {
        AFTER_LOSS
    }

    async fn send(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        self.hand_in(batch, false).await
    }

    async fn read_back(&self, _op: &str, _number: u32) -> Result<Vec<Found>, ApiError> {
        Err(ApiError::Refused(
            "SendGrid cannot be asked what it has".to_owned(),
        ))
    }

    async fn rehearse(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        self.hand_in(batch, true).await
    }

    async fn try_key(&self) -> Result<(), ApiError> {
        // A rehearsal goes with it already.
        Ok(())
    }
}

/// What of a list is kept, by its places.
fn without<T>(list: Vec<T>, kept: impl Fn(usize) -> bool) -> Vec<T> {
    let placed = list.into_iter().enumerate();
    placed
        .filter(|(at, _)| kept(*at))
        .map(|(_, item)| item)
        .collect()
}
