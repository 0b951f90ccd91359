//! How well the SOP was kept (`docs/duties.md` rule 18).

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::domain::duration;
use crate::domain::order::by_key;

use super::duty::DutyKey;
use super::playbook::Playbook;
use super::run::{Folded, Post, Projection, Run};

/// How well the SOP was kept, up to a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Every promise that was printed, in the order of the posts.
    pub promises: Vec<PromiseScore>,
    /// The first duties that were late: done late, missed, overdue now, or overdue when the severity was
    /// lowered.
    pub late_firsts: Vec<LateFirst>,
    /// The longest silence of each episode in which the page was told something.
    pub silences: Vec<Silence>,
    /// From the declaration to the first public update.
    #[serde(serialize_with = "seconds")]
    pub first_public_after_declared: Option<TimeDelta>,
    /// From the impact's start to the first public update.
    #[serde(serialize_with = "seconds")]
    pub first_public_after_impact: Option<TimeDelta>,
}

/// How a printed promise was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PromiseScore {
    /// The episode, from 1.
    pub episode: u32,
    pub promised: DateTime<Utc>,
    /// The page post that came next, where one came.
    pub next: Option<DateTime<Utc>>,
    /// How it stands.
    pub kept: Kept,
}

/// Whether a promise was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// The next post was not later than it.
    Kept,
    /// The next post came later, or has not come although the time has passed.
    Late {
        /// By how many seconds, so far.
        seconds: i64,
    },
    /// Its time has not come.
    Open,
}

/// A first duty that was late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LateFirst {
    #[serde(flatten)]
    pub key: DutyKey,
    pub how: Lateness,
}

/// How a first duty was late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lateness {
    /// It was done after its due time, or is overdue still.
    By {
        /// By how many seconds, so far.
        seconds: i64,
    },
    /// It was overdue when the severity was lowered, which gave it a later due time or ended it.
    WhenLowered,
    /// It was missed: it is asked for no more, and never came.
    NeverCame,
}

/// The longest gap between page posts of an episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// The episode, from 1.
    pub episode: u32,
    /// When it began.
    pub from: DateTime<Utc>,
    /// How long it lasted; while the incident goes on, up to now.
    #[serde(serialize_with = "some_seconds")]
    pub length: TimeDelta,
}

impl Score {
    /// How many promises were kept.
    pub fn kept(&self) -> usize {
        self.promises
            .iter()
            .filter(|promise| promise.kept == Kept::Kept)
            .count()
    }

    /// How many promises were broken.
    pub fn broken(&self) -> usize {
        self.promises
            .iter()
            .filter(|promise| matches!(promise.kept, Kept::Late { .. }))
            .count()
    }
}

impl Folded<'_> {
    /// How well the SOP was kept so far.
    pub fn score(&self) -> Score {
        let Self { course, now } = self;
        let first_public = course.first_public_at();
        Score {
            promises: promises(course, *now),
            late_firsts: course
                .late_firsts(*now)
                .into_iter()
                .map(|(key, how)| LateFirst { key, how })
                .collect(),
            silences: silences(course, *now),
            first_public_after_declared: first_public.map(|at| at - course.declared_at()),
            first_public_after_impact: first_public.map(|at| at - course.first_impact_started()),
        }
    }
}

/// The score of a run at `now`; `None` while no declaration is in its log.
pub fn score(sop: &Playbook, run: &Run, now: DateTime<Utc>) -> Option<Score> {
    Some(run.at(sop, now)?.score())
}

/// The page posts of an episode, by time: one that became known late counts where it belongs.
fn posts<'c>(course: &'c Projection<'_>, episode: u32) -> Vec<&'c Post> {
    let over = course.told_over_at(episode);
    let posts: Vec<&Post> = course
        .posts()
        .iter()
        .filter(|post| post.episode == episode && over.is_none_or(|over| post.at <= over))
        .collect();
    by_key(posts, |post| post.at)
}

fn promises(course: &Projection<'_>, now: DateTime<Utc>) -> Vec<PromiseScore> {
    let mut scores = Vec::new();
    for episode in course.episodes() {
        let posts = posts(course, episode);
        let mut following = posts.iter().skip(1).map(|post| post.at);
        for post in &posts {
            let next = following.next();
            let Some(promised) = post.promise else {
                continue;
            };
            let late = duration::late_seconds(promised, next.unwrap_or(now));
            let kept = match next {
                _ if late > 0 => Kept::Late { seconds: late },
                Some(_) => Kept::Kept,
                None => Kept::Open,
            };
            scores.push(PromiseScore {
                episode,
                promised,
                next,
                kept,
            });
        }
    }
    scores
}

fn silences(course: &Projection<'_>, now: DateTime<Utc>) -> Vec<Silence> {
    let mut silences = Vec::new();
    for episode in course.episodes() {
        let posts = posts(course, episode);
        let ends = posts.iter().skip(1).map(|post| post.at);
        // The last post is followed by silence for as long as the incident goes on.
        let still = course.told_over_at(episode).is_none().then_some(now);
        let longest = posts
            .iter()
            .zip(ends.chain(still))
            .map(|(post, until)| Silence {
                episode,
                from: post.at,
                length: until - post.at,
            })
            .max_by_key(|silence| silence.length);
        silences.extend(longest);
    }
    silences
}

#[expect(clippy::ref_option, reason = "the signature is serde's")]
fn seconds<S: serde::Serializer>(
    length: &Option<TimeDelta>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    length
        .map(|length| length.num_seconds())
        .serialize(serializer)
}

fn some_seconds<S: serde::Serializer>(
    length: &TimeDelta,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(length.num_seconds())
}
