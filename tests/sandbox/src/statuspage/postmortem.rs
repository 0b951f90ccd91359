//! Post-mortems: a draft, published or taken back.

use serde_json::Value;

use super::incidents::{found, keep};
use super::input::{below, refused, truth};
use super::keys::page;
use super::model::{Incident, Postmortem};
use super::view;
use crate::call::{Call, Reply, SendOutcome, Stop};
use crate::switches::Taken;
use crate::world::World;

fn with(world: &World, call: &Call) -> Result<(Incident, Postmortem), Stop> {
    page(world, call)?;
    let incident = found(world, call)?;
    let postmortem = incident
        .postmortem
        .clone()
        .ok_or_else(|| refused(world, 404, "postmortem", "not found"))?;
    Ok((incident, postmortem))
}

fn kept(world: &World, mut incident: Incident, mut postmortem: Postmortem) -> SendOutcome {
    let now = world.now();
    postmortem.updated_at = now.0;
    let answer = view::postmortem(&postmortem);
    incident.postmortem = Some(postmortem);
    keep(world, &mut incident, now)?;
    Ok(Reply::json(200, &answer))
}

/// `GET …/postmortem`.
pub fn get(world: &mut World, call: &Call) -> SendOutcome {
    let (_, postmortem) = with(world, call)?;
    Ok(Reply::json(200, &view::postmortem(&postmortem)))
}

/// `PUT …/postmortem`: the draft.
pub fn draft(world: &mut World, call: &Call) -> SendOutcome {
    page(world, call)?;
    let incident = found(world, call)?;
    let fields = below(world, call, "postmortem")?;
    let Some(Value::String(draft)) = fields.get("body_draft") else {
        return Err(refused(world, 400, "body_draft", "is missing"));
    };
    if !incident.is_over() && world.switches.early_postmortem == Taken::Refused {
        return Err(refused(
            world,
            400,
            "postmortem",
            "needs a resolved incident",
        ));
    }
    let now = world.now().0;
    let mut postmortem = match incident.postmortem.clone() {
        Some(postmortem) => postmortem,
        None => Postmortem {
            preview_key: world.id()?,
            body: None,
            body_updated_at: None,
            body_draft: None,
            body_draft_updated_at: None,
            published_at: None,
            notify_subscribers: false,
            notify_twitter: false,
            custom_tweet: None,
            created_at: now,
            updated_at: now,
        },
    };
    postmortem.body_draft = Some(draft.clone());
    postmortem.body_draft_updated_at = Some(now);
    kept(world, incident, postmortem)
}

/// `PUT …/postmortem/publish`: subscribers are told unless the request says no.
pub fn publish(world: &mut World, call: &Call) -> SendOutcome {
    let (incident, mut postmortem) = with(world, call)?;
    let fields = below(world, call, "postmortem").unwrap_or_default();
    let now = world.now().0;
    postmortem.body.clone_from(&postmortem.body_draft);
    postmortem.body_updated_at = Some(now);
    postmortem.published_at = Some(now);
    postmortem.notify_subscribers = truth(fields.get("notify_subscribers")).unwrap_or(true);
    postmortem.notify_twitter = truth(fields.get("notify_twitter")).unwrap_or(false);
    postmortem.custom_tweet = fields
        .get("custom_tweet")
        .and_then(Value::as_str)
        .filter(|tweet| !tweet.is_empty())
        .map(str::to_owned);
    kept(world, incident, postmortem)
}

/// `PUT …/postmortem/revert`: what was published is a draft again.
pub fn revert(world: &mut World, call: &Call) -> SendOutcome {
    let (incident, mut postmortem) = with(world, call)?;
    postmortem.body = None;
    postmortem.body_updated_at = None;
    postmortem.published_at = None;
    kept(world, incident, postmortem)
}

/// `DELETE …/postmortem`.
pub fn delete(world: &mut World, call: &Call) -> SendOutcome {
    let (mut incident, _) = with(world, call)?;
    incident.postmortem = None;
    let now = world.now();
    keep(world, &mut incident, now)?;
    Ok(Reply::empty(204))
}
