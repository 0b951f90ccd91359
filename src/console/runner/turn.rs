//! The right to send, which one tab of this browser has at a time.

use crate::delivery::mailing::{Doing, KeepError, is_free};

use super::world::{Right, World};

/// How often a tab that has to wait looks again, in milliseconds.
const LOOK_MS: u32 = 2_000;

/// The right to send, with its sign of life. Where the browser has no locks, the sign alone has to do.
pub(super) struct Hold<W: World> {
    lease: Option<W::Lease>,
    _beating: W::Beating,
}

impl<W: World> Hold<W> {
    /// Whether another tab has taken it.
    pub(super) fn is_lost(&self) -> bool {
        self.lease.as_ref().is_some_and(|lease| !W::is_held(lease))
    }
}

/// Waits until this tab may send; `None` where another one has seen it through.
pub(super) async fn take<W: World>(world: &W, op: &str) -> Result<Option<Hold<W>>, KeepError> {
    loop {
        let last = world.last_beat().await?;
        let silent = last.as_ref().is_some_and(|beat| beat.is_old(world.now()));
        let right = match world.right(false).await? {
            Right::Theirs if silent => world.right(true).await?,
            right @ (Right::Mine(_) | Right::Theirs | Right::NoLocks) => right,
        };
        let lease = match right {
            Right::Mine(lease) => Some(Some(lease)),
            Right::Theirs => None,
            Right::NoLocks => is_free(last.as_ref(), &world.tab(), world.now()).then_some(None),
        };
        if let Some(lease) = lease {
            world.seize().await?;
            return Ok(Some(Hold {
                lease,
                _beating: world.beat(),
            }));
        }
        let Some(summary) = world.summary(op).await? else {
            return Ok(None);
        };
        let over = summary.is_over();
        world.show(summary, Doing::Elsewhere);
        if over {
            return Ok(None);
        }
        world.sleep(LOOK_MS).await;
    }
}
