//! A sending in numbers: what stays when its recipients are deleted.

use serde_json::{Value, json};

use super::{Mailing, Pause, Plan, Tally};
use crate::sop::run::RunId;

/// A sending in numbers, without an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The operation.
    pub op: String,
    /// The incident.
    pub run: RunId,
    /// When it began, in milliseconds since 1970.
    pub begun_ms: i64,
    /// How many are in which state.
    pub tally: Tally,
    /// The list's fingerprint, where it could be taken.
    pub hash: Option<String>,
    /// Why nothing new leaves.
    pub pause: Option<Pause>,
    /// Whether what is unknown was left as it is.
    pub unknown_left: bool,
    /// Whether its recipients were deleted.
    pub forgotten: bool,
    /// Whether of its recipients only those are kept whom it did not reach.
    pub only_missed: bool,
}

impl Summary {
    /// A sending as it stands.
    pub fn of(mailing: &Mailing) -> Self {
        Self::at(&mailing.plan, mailing.tally())
    }

    /// The same, where the numbers are known.
    pub fn at(plan: &Plan, tally: Tally) -> Self {
        Self {
            op: plan.op.clone(),
            run: plan.run.clone(),
            begun_ms: plan.begun_at.timestamp_millis(),
            tally,
            hash: plan.hash.clone(),
            pause: plan.pause.clone(),
            unknown_left: plan.unknown_left,
            forgotten: false,
            only_missed: false,
        }
    }

    /// Whether nothing of it is left to do or to decide.
    pub fn is_over(&self) -> bool {
        self.forgotten || (self.tally.open == 0 && (self.tally.unknown == 0 || self.unknown_left))
    }

    /// Whether it keeps addresses that nobody needs any more, once the incident needs no list.
    pub fn keeps_too_many(&self) -> bool {
        self.is_over() && !self.forgotten && !self.only_missed
    }

    /// Whether there is nobody left whom one might want to look up.
    pub fn reached_everybody(&self) -> bool {
        self.tally.accepted == self.tally.all
    }

    /// How it is put away. The pause stands in the plan.
    pub fn kept(&self) -> String {
        let Tally {
            all,
            accepted,
            failed,
            unknown,
            open,
            doubtful,
        } = self.tally;
        json!({
            "run": self.run.0,
            "begun": self.begun_ms,
            "tally": [all, accepted, failed, unknown, open, doubtful],
            "hash": self.hash,
            "unknown_left": self.unknown_left,
            "forgotten": self.forgotten,
            "only_missed": self.only_missed,
        })
        .to_string()
    }

    /// Takes one back.
    pub fn restored(op: &str, kept: &str) -> Option<Self> {
        let kept: Value = serde_json::from_str(kept).ok()?;
        let number = |place: usize| {
            let number = kept.get("tally")?.get(place)?.as_u64()?;
            usize::try_from(number).ok()
        };
        let flag = |name: &str| kept.get(name).and_then(Value::as_bool);
        Some(Self {
            op: op.to_owned(),
            run: RunId(kept.get("run")?.as_str()?.to_owned()),
            begun_ms: kept.get("begun")?.as_i64()?,
            tally: Tally {
                all: number(0)?,
                accepted: number(1)?,
                failed: number(2)?,
                unknown: number(3)?,
                open: number(4)?,
                // Earlier versions did not write it down.
                doubtful: number(5).unwrap_or(0),
            },
            hash: kept.get("hash")?.as_str().map(str::to_owned),
            pause: None,
            unknown_left: flag("unknown_left")?,
            forgotten: flag("forgotten")?,
            // Earlier versions kept all of them then.
            only_missed: flag("only_missed").unwrap_or(false),
        })
    }
}
