//! The page that a sandbox begins with, and the pages that tests ask for.

use crate::call::Stop;
use crate::statuspage::model::{Component, Group, Page};
use crate::store::Kind;
use crate::world::World;

/// The page's id.
pub const PAGE: &str = "sandboxpage1";
const GROUP: (&str, &str) = ("grpautomate1", "Automation");
const COMPONENTS: [(&str, &str, &str, bool); 6] = [
    (
        "cmpweb000001",
        "Web application",
        "The application in the browser",
        false,
    ),
    (
        "cmpapi000001",
        "API",
        "Requests from your own systems",
        false,
    ),
    (
        "cmpworkflow1",
        "Workflow execution",
        "Scheduled and triggered runs",
        true,
    ),
    (
        "cmpintegrat1",
        "Integrations",
        "Connections to third-party services",
        true,
    ),
    (
        "cmpauth00001",
        "Authentication",
        "Sign-in and access",
        false,
    ),
    (
        "cmpbilling01",
        "Billing",
        "Plans, payments and invoices",
        false,
    ),
];

/// Puts the seed in place: a page in New York with six components, two of them in a group.
pub fn page(world: &World) -> Result<(), Stop> {
    let now = world.now().0;
    let page = Page {
        id: PAGE.into(),
        name: "AIAS Platform".into(),
        url: "https://status.aias-platform.com".into(),
        time_zone: "America/New_York".into(),
        offset_minutes: -300,
        updated_at: now,
    };
    world.store.put(Kind::Page, "page", 0, &page)?;
    let group = Group {
        id: GROUP.0.into(),
        name: GROUP.1.into(),
        position: 3,
        created_at: now,
        updated_at: now,
    };
    world
        .store
        .put(Kind::Group, GROUP.0, group.position, &group)?;
    for ((id, name, description, grouped), position) in COMPONENTS.iter().zip(1..) {
        let mut one = component(id, name, position, now);
        one.description = Some((*description).into());
        one.group_id = grouped.then(|| GROUP.0.into());
        world.store.put(Kind::Component, id, position, &one)?;
    }
    Ok(())
}

/// A component that works.
pub fn component(id: &str, name: &str, position: i64, now: i64) -> Component {
    Component {
        id: id.into(),
        name: name.into(),
        description: None,
        status: "operational".into(),
        position,
        group_id: None,
        showcase: true,
        only_show_if_degraded: false,
        start_date: None,
        created_at: now,
        updated_at: now,
    }
}

/// Takes all components and groups away.
pub fn empty(world: &World) {
    world.store.remove_all(Kind::Component);
    world.store.remove_all(Kind::Group);
}

/// So many components, and no group.
pub fn many(world: &World, count: u32) -> Result<(), Stop> {
    empty(world);
    let now = world.now().0;
    for n in 1..=count {
        let id = format!("cmp{n:09}");
        let one = component(&id, &format!("Service {n}"), i64::from(n), now);
        world.store.put(Kind::Component, &id, one.position, &one)?;
    }
    Ok(())
}
