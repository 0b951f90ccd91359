//! The hosted services beside the browser: the real adapters, whose requests an edge of a few lines hands to the
//! sandbox's state machines.

use std::rc::Rc;

use allclear::api::error::ApiError;
use allclear::api::http::{Net, Request, Response};
use allclear::api::mail::postmark::Postmark;
use allclear::api::mail::resend::Resend;
use allclear::api::mail::sendgrid::Sendgrid;
use allclear::api::mail::{Batch, Found, Limits, MailResult, SendMail};
use allclear::api::page::{Post, PostReceipt, PostmortemThere, WritePage};
use allclear::api::statuspage::Statuspage;
use allclear::api::team::Webhook;
use allclear::config::{ChatService, MailService};
use allclear::domain::after_loss::AfterLoss;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::IncidentId;
use allclear_sandbox::call::{Call, Vendor};
use allclear_sandbox::clock::Author;
use allclear_sandbox::front::Sent;
use allclear_sandbox::limits::Windows;
use allclear_sandbox::routes::pairs;
use allclear_sandbox::seed::PAGE;
use allclear_sandbox::world::World;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::page::{Services, services};
use super::{Shared, Sim, Sleep, Step};

/// A tab's way out, through the edge of its host.
#[derive(Clone)]
pub struct Way {
    sim: Shared,
    tab: &'static str,
}

impl Net for Way {
    fn now(&self) -> DateTime<Utc> {
        self.sim.borrow().now
    }

    async fn sleep(&self, ms: u32) {
        Sleep::for_ms(&self.sim, ms).await;
    }

    async fn send(&self, request: &Request) -> Result<Response, ApiError> {
        Step::of(&self.sim, self.tab).await;
        let (sent, late_ms) = {
            let mut sim = self.sim.borrow_mut();
            if !sim.online {
                return Err(ApiError::NotSent("this device was offline".into()));
            }
            let now = sim.now.timestamp_millis();
            let call = through_the_edge(request, sim.webhook);
            sim.requests += 1;
            take_late_effect(&mut sim, now);
            let world = sim
                .vendors
                .get_or_insert_with(|| World::seeded(Some(Author(now))).unwrap());
            world.given = Some(Author(now));
            let begun = world.begin(call);
            let late_ms = begun.late_ms(false) + begun.late_ms(true);
            if begun.late_ms(false) >= u64::from(request.timeout_ms) {
                // It takes effect when nobody waits for it any more.
                let ms = i64::try_from(begun.late_ms(false)).unwrap();
                sim.late.push((now + ms, begun));
                (Sent::Nothing, late_ms)
            } else {
                let sent = world.take_effect(&begun);
                (world.end(&begun, sent), late_ms)
            }
        };
        let is_late = late_ms >= u64::from(request.timeout_ms);
        let waits_ms = u32::try_from(late_ms).unwrap_or(u32::MAX);
        Sleep::for_ms(&self.sim, waits_ms.min(request.timeout_ms)).await;
        Step::of(&self.sim, self.tab).await;
        let garbled = self.sim.borrow().garbled;
        match sent {
            Sent::Whole(reply) if !is_late => Ok(Response {
                status: reply.status,
                headers: reply.headers,
                body: garbled.map_or(reply.body, str::to_owned),
            }),
            // As a browser tells it: `api::http::fetch`.
            Sent::Whole(_) | Sent::Half(_) | Sent::Nothing if request.method.is_write() => {
                Err(ApiError::Unanswered("the connection broke off".into()))
            }
            Sent::Whole(_) | Sent::Half(_) | Sent::Nothing => {
                Err(ApiError::NotSent("the connection broke off".into()))
            }
        }
    }

    fn site_path(&self) -> String {
        "/".to_owned()
    }

    fn random(&self) -> Result<String, ApiError> {
        let mut sim = self.sim.borrow_mut();
        sim.random += 1;
        Ok(format!("{:032x}", sim.random))
    }
}

/// What the services were slow with, and have done by now.
fn take_late_effect(sim: &mut Sim, now: i64) {
    let Sim { late, vendors, .. } = sim;
    let Some(world) = vendors else { return };
    for (at, begun) in late.extract_if(.., |(at, _)| *at <= now) {
        world.given = Some(Author(at));
        let sent = world.take_effect(&begun);
        world.end(&begun, sent);
    }
}

/// The edge: it takes its own folder off the path, and adds the key.
fn through_the_edge(request: &Request, webhook: &str) -> Call {
    let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
    let (service, rest) = path
        .strip_prefix("/api/")
        .and_then(|path| path.split_once('/'))
        .unwrap_or_else(|| panic!("{path} is not of the edge"));
    let key = match service {
        // The address is the key: the edge has it instead of the path.
        "team" => ("accept", "application/json"),
        "statuspage" => ("authorization", "OAuth sandbox-statuspage-key"),
        "postmark" => ("x-postmark-server-token", "sandbox-postmark-token"),
        "resend" => ("authorization", "Bearer re_sandbox_key"),
        "sendgrid" => ("authorization", "Bearer SG.sandbox-key"),
        other => panic!("the edge knows no {other}"),
    };
    let mut headers: Vec<(String, String)> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .collect();
    headers.push((key.0.to_owned(), key.1.to_owned()));
    let path = match service {
        "team" => webhook.to_owned(),
        _ => format!("/{rest}"),
    };
    Call {
        method: format!("{:?}", request.method).to_ascii_uppercase(),
        raw_path: path.clone(),
        path,
        query: pairs(query),
        headers,
        body: request.body.clone().unwrap_or_default(),
        params: Vec::new(),
    }
}

/// What somebody does in the vendor's own console, who must not fail; the answer.
pub fn by_vendor(sim: &Shared, method: &str, path: &str, body: Value) -> Value {
    let mut sim = sim.borrow_mut();
    let now = Author(sim.now.timestamp_millis());
    let world = sim
        .vendors
        .get_or_insert_with(|| World::seeded(Some(now)).unwrap());
    world.given = Some(now);
    // A key of their own.
    world.windows = Windows::default();
    let sent = world.answer(Call {
        method: method.to_owned(),
        path: path.to_owned(),
        raw_path: path.to_owned(),
        query: Vec::new(),
        headers: vec![
            (
                "authorization".to_owned(),
                "OAuth sandbox-statuspage-key".to_owned(),
            ),
            ("content-type".to_owned(), "application/json".to_owned()),
        ],
        body: body.to_string(),
        params: Vec::new(),
    });
    world.windows = Windows::default();
    match sent {
        Sent::Whole(reply) if reply.status < 300 => serde_json::from_str(&reply.body).unwrap(),
        other => panic!("{method} {path}: {other:?}"),
    }
}

/// A status page: the one of this browser, or the hosted one.
#[derive(Clone)]
pub enum AnyPage {
    Here(Services),
    Hosted(Statuspage<Way>),
}

/// A mail service: the one of this browser, or a hosted one.
#[derive(Clone)]
pub enum AnyMailer {
    Here(Services),
    Postmark(Postmark<Way>),
    Resend(Resend<Way>),
    Sendgrid(Sendgrid<Way>),
}

/// The page of a tab.
pub fn page(sim: &Shared, tab: &'static str, hosted: bool) -> AnyPage {
    if hosted {
        AnyPage::Hosted(Statuspage::new(way(sim, tab), PAGE))
    } else {
        AnyPage::Here(services(sim, tab))
    }
}

/// The mail service of a tab.
pub fn mailer(sim: &Shared, tab: &'static str, hosted: Option<MailService>) -> AnyMailer {
    match hosted {
        None => AnyMailer::Here(services(sim, tab)),
        Some(MailService::Postmark) => AnyMailer::Postmark(Postmark::new(way(sim, tab), None)),
        Some(MailService::Resend) => AnyMailer::Resend(Resend(way(sim, tab))),
        Some(MailService::Sendgrid) => AnyMailer::Sendgrid(Sendgrid(way(sim, tab))),
    }
}

/// What tells the team of a tab.
pub fn team(sim: &Shared, tab: &'static str, hosted: Option<ChatService>) -> Option<Webhook<Way>> {
    hosted.map(|service| Webhook::new(way(sim, tab), service))
}

fn way(sim: &Shared, tab: &'static str) -> Way {
    Way {
        sim: Rc::clone(sim),
        tab,
    }
}

/// Whose mails a service keeps in the sandbox.
pub fn vendor_of(service: MailService) -> Vendor {
    match service {
        MailService::Postmark => Vendor::Postmark,
        MailService::Resend => Vendor::Resend,
        MailService::Sendgrid => Vendor::SendGrid,
    }
}

macro_rules! each_page {
    ($self:ident, $page:ident => $call:expr) => {
        match $self {
            AnyPage::Here($page) => $call,
            AnyPage::Hosted($page) => $call,
        }
    };
}

macro_rules! each_mailer {
    ($self:ident, $mailer:ident => $call:expr) => {
        match $self {
            AnyMailer::Here($mailer) => $call,
            AnyMailer::Postmark($mailer) => $call,
            AnyMailer::Resend($mailer) => $call,
            AnyMailer::Sendgrid($mailer) => $call,
        }
    };
}

impl WritePage for AnyPage {
    async fn publish(&self, post: &Post) -> Result<PostReceipt, ApiError> {
        each_page!(self, page => page.publish(post).await)
    }

    async fn set_components(
        &self,
        changes: &[(ComponentId, ComponentState)],
    ) -> Result<(), ApiError> {
        each_page!(self, page => page.set_components(changes).await)
    }

    async fn draft_postmortem(&self, incident: &IncidentId, body: &str) -> Result<(), ApiError> {
        each_page!(self, page => page.draft_postmortem(incident, body).await)
    }

    async fn publish_postmortem(
        &self,
        incident: &IncidentId,
        body: &str,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        each_page!(self, page => page.publish_postmortem(incident, body, now).await)
    }

    async fn postmortem(&self, incident: &IncidentId) -> Result<PostmortemThere, ApiError> {
        each_page!(self, page => page.postmortem(incident).await)
    }
}

impl SendMail for AnyMailer {
    fn name(&self) -> &'static str {
        each_mailer!(self, mailer => mailer.name())
    }

    fn limits(&self) -> Limits {
        // Small batches: several of them are what can go wrong.
        let limits = each_mailer!(self, mailer => mailer.limits());
        Limits {
            mails: limits.mails.min(3),
            ..limits
        }
    }

    fn after_loss(&self) -> AfterLoss {
        each_mailer!(self, mailer => mailer.after_loss())
    }

    async fn send(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        each_mailer!(self, mailer => mailer.send(batch).await)
    }

    async fn read_back(&self, op: &str, number: u32) -> Result<Vec<Found>, ApiError> {
        each_mailer!(self, mailer => mailer.read_back(op, number).await)
    }

    async fn rehearse(&self, batch: &Batch) -> Result<Vec<MailResult>, ApiError> {
        each_mailer!(self, mailer => mailer.rehearse(batch).await)
    }

    async fn try_key(&self) -> Result<(), ApiError> {
        each_mailer!(self, mailer => mailer.try_key().await)
    }
}
