//! Where sendings and their recipients are kept: a database of its own, a record for each batch, so that a
//! long list is never written twice for one batch of it.

use crate::delivery::mailing::{Beat, Chunk, KeepError, Mailing, Plan, Summary, Tally};
use crate::platform::storage::store::Database;
use crate::platform::{PlatformError, clock};
use crate::sop::event::SentMessage;
use crate::sop::run::RunId;

const PLANS: &str = "plans";
const CHUNKS: &str = "chunks";
const SUMMARIES: &str = "summaries";
const LISTS: &str = "lists";
const WORDS: &str = "words";
const NEVER: &str = "never";
const SENDER: &str = "sender";
const STORES: [&str; 5] = [PLANS, CHUNKS, SUMMARIES, LISTS, WORDS];

#[derive(Clone)]
pub struct Store(Database);

impl Store {
    /// The store. Nothing is opened before the first use.
    pub fn new() -> Self {
        Self(Database::new("mailing", 1, &STORES))
    }

    /// Deletes everything in it.
    pub async fn empty(&self) -> Result<(), PlatformError> {
        self.0.empty().await
    }

    /// Keeps a whole new sending, or nothing of it.
    pub async fn begin(&self, mailing: &Mailing) -> Result<(), PlatformError> {
        let op = &mailing.plan.op;
        self.0
            .change(&[PLANS, CHUNKS, SUMMARIES], async |at| {
                at.put(PLANS, op, &mailing.plan.kept()).await?;
                for chunk in &mailing.chunks {
                    at.put(CHUNKS, &key(op, chunk.number), &chunk.kept())
                        .await?;
                }
                at.put(SUMMARIES, op, &Summary::of(mailing).kept()).await
            })
            .await
    }

    /// Keeps what has changed, as one step, and only while `tab` is the one that sends: a tab that slept
    /// while another took over finds out here, before anything leaves.
    pub async fn keep(
        &self,
        tab: &str,
        plan: &Plan,
        changed: &[Chunk],
        tally: Tally,
    ) -> Result<(), KeepError> {
        self.0
            .change(&[PLANS, CHUNKS, SUMMARIES, WORDS], async |at| {
                let beat = at.get(WORDS, SENDER).await?;
                let sender = beat.as_deref().and_then(Beat::restored);
                if sender.is_none_or(|beat| beat.tab != tab) {
                    return Err(KeepError::TakenOver);
                }
                at.put(PLANS, &plan.op, &plan.kept()).await?;
                for chunk in changed {
                    at.put(CHUNKS, &key(&plan.op, chunk.number), &chunk.kept())
                        .await?;
                }
                let summary = Summary::at(plan, tally);
                Ok(at.put(SUMMARIES, &plan.op, &summary.kept()).await?)
            })
            .await
    }

    /// Takes a sending back; `None` where its recipients were deleted.
    pub async fn restore(
        &self,
        op: &str,
        record: &SentMessage,
    ) -> Result<Option<Mailing>, KeepError> {
        let Some(plan) = self.0.get(PLANS, op).await? else {
            return Ok(None);
        };
        let plan = Plan::restored(&plan, record)?;
        let kept = self
            .0
            .range(CHUNKS, &format!("{op}|"), &format!("{op}}}"))
            .await?;
        let mut chunks = Vec::with_capacity(kept.len());
        for (number, (_, chunk)) in kept.iter().enumerate() {
            if number % 8 == 7 {
                clock::sleep(0).await;
            }
            chunks.push(Chunk::restored(chunk)?);
        }
        Ok(Some(Mailing { plan, chunks }))
    }

    /// Every sending that is known, in numbers.
    pub async fn summaries(&self) -> Result<Vec<Summary>, PlatformError> {
        let kept = self.0.all(SUMMARIES).await?;
        Ok(kept
            .iter()
            .filter_map(|(op, kept)| Summary::restored(op, kept))
            .collect())
    }

    /// Deletes the recipients of a sending; its numbers stay.
    pub async fn forget(&self, op: &str) -> Result<(), PlatformError> {
        self.0
            .change(&[PLANS, CHUNKS, SUMMARIES], async |at| {
                for (key, _) in at
                    .range(CHUNKS, &format!("{op}|"), &format!("{op}}}"))
                    .await?
                {
                    at.delete(CHUNKS, &key).await?;
                }
                at.delete(PLANS, op).await?;
                let summary = at.get(SUMMARIES, op).await?;
                if let Some(summary) = summary.and_then(|kept| Summary::restored(op, &kept)) {
                    let summary = Summary {
                        forgotten: true,
                        ..summary
                    };
                    at.put(SUMMARIES, op, &summary.kept()).await?;
                }
                Ok(())
            })
            .await
    }

    /// Deletes the addresses of those whom a sending reached; the others and its numbers stay.
    pub async fn forget_reached(&self, op: &str) -> Result<(), KeepError> {
        self.0
            .change(&[CHUNKS, SUMMARIES], async |at| {
                for (key, kept) in at
                    .range(CHUNKS, &format!("{op}|"), &format!("{op}}}"))
                    .await?
                {
                    let mut chunk = Chunk::restored(&kept)?;
                    if chunk.forget_reached() {
                        at.put(CHUNKS, &key, &chunk.kept()).await?;
                    }
                }
                let summary = at.get(SUMMARIES, op).await?;
                if let Some(summary) = summary.and_then(|kept| Summary::restored(op, &kept)) {
                    let summary = Summary {
                        only_missed: true,
                        ..summary
                    };
                    at.put(SUMMARIES, op, &summary.kept()).await?;
                }
                Ok(())
            })
            .await
    }

    /// Deletes a run's list and everything of its sendings, their numbers too: all of it, or nothing.
    pub async fn delete_run(&self, run: &RunId) -> Result<(), PlatformError> {
        self.0
            .change(&[PLANS, CHUNKS, SUMMARIES, LISTS], async |at| {
                at.delete(LISTS, &run.0).await?;
                for (op, kept) in at.all(SUMMARIES).await? {
                    if Summary::restored(&op, &kept).is_none_or(|summary| summary.run != *run) {
                        continue;
                    }
                    for (key, _) in at
                        .range(CHUNKS, &format!("{op}|"), &format!("{op}}}"))
                        .await?
                    {
                        at.delete(CHUNKS, &key).await?;
                    }
                    at.delete(PLANS, &op).await?;
                    at.delete(SUMMARIES, &op).await?;
                }
                Ok(())
            })
            .await
    }

    /// Makes a tab the one that sends.
    pub async fn seize(&self, beat: &Beat) -> Result<(), PlatformError> {
        self.0.put(WORDS, SENDER, &beat.kept()).await
    }

    /// Gives a sign of life, unless another tab has become the one that sends.
    pub async fn beat(&self, beat: &Beat) -> Result<(), PlatformError> {
        self.0
            .change(&[WORDS], async |at| {
                let last = at.get(WORDS, SENDER).await?;
                let ours = last
                    .as_deref()
                    .and_then(Beat::restored)
                    .is_some_and(|last| last.tab == beat.tab);
                if ours {
                    at.put(WORDS, SENDER, &beat.kept()).await?;
                }
                Ok(())
            })
            .await
    }

    /// The last sign of life.
    pub async fn last_beat(&self) -> Result<Option<Beat>, PlatformError> {
        let kept = self.0.get(WORDS, SENDER).await?;
        Ok(kept.as_deref().and_then(Beat::restored))
    }

    /// The lists of recipients as they were typed or loaded, by incident.
    pub async fn lists(&self) -> Result<Vec<(RunId, String)>, PlatformError> {
        let kept = self.0.all(LISTS).await?;
        Ok(kept
            .into_iter()
            .map(|(run, text)| (RunId(run), text))
            .collect())
    }

    /// Keeps a list.
    pub async fn put_list(&self, run: &RunId, kept: &str) -> Result<(), PlatformError> {
        self.0.put(LISTS, &run.0, kept).await
    }

    pub async fn delete_list(&self, run: &RunId) -> Result<(), PlatformError> {
        self.0.delete(LISTS, &run.0).await
    }

    /// The list "Never mail these", as it was typed.
    pub async fn never(&self) -> Result<String, PlatformError> {
        Ok(self.0.get(WORDS, NEVER).await?.unwrap_or_default())
    }

    /// Keeps it.
    pub async fn put_never(&self, text: &str) -> Result<(), PlatformError> {
        self.0.put(WORDS, NEVER, text).await
    }
}

fn key(op: &str, number: u32) -> String {
    format!("{op}|{number:08}")
}
