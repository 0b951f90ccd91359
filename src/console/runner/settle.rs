//! What is said of the sends that were cut off with their tab.

use crate::delivery::mailing::Doing;
use crate::sop::channel::Channel;
use crate::sop::run::RunId;

use super::world::World;

/// Says at once, when the console is opened, what is known of the sends that were cut off: no tab sees to them any
/// more. The incidents of which a post may be on a page that others share: it is to be looked for ([`find_out`]).
///
/// [`find_out`]: super::find_out
pub async fn settle(world: &impl World) -> Vec<RunId> {
    let mut lost = Vec::new();
    for cut_off in world.unanswered() {
        let Some(_ours) = world.see_to(&cut_off.op).await else {
            continue;
        };
        let run = cut_off.run.clone();
        if cut_off.channel == Channel::Page && world.is_shared(&run) {
            lost.push(run.clone());
        }
        world.enter(&run, cut_off.answer()).await;
    }
    lost
}

/// Says it of a send that was not answered for long, where the browser could not tell at the start. One that another
/// tab sees to is that tab's to answer. The mailings that another tab had begun, and had kept when it was closed: what is
/// known of them is to be taken up.
pub async fn give_up_unanswered(world: &impl World) -> Vec<String> {
    let now = world.server_now();
    let mut begun = Vec::new();
    let unanswered = world.unanswered().into_iter();
    for overdue in unanswered.filter(|sent| sent.is_overdue(now)) {
        if world.is_seen_to(&overdue.op).await {
            continue;
        }
        if overdue.channel == Channel::Email {
            match world.summary(&overdue.op).await {
                Ok(None) => {}
                Ok(Some(kept)) => {
                    world.show(kept, Doing::Resting);
                    begun.push(overdue.op);
                    continue;
                }
                // Whether something left is not known before that can be read.
                Err(_) => continue,
            }
        }
        let run = overdue.run.clone();
        world.enter(&run, overdue.answer()).await;
    }
    begun
}
