//! Who may use the manage API, and which page it has.

use serde_json::json;

use super::input::refused;
use super::model::Page;
use crate::call::{Call, Reply, Stop};
use crate::store::Kind;
use crate::world::World;

/// The key of the edge.
pub const KEY: &str = "sandbox-statuspage-key";
/// A second key, for a test that plays the vendor's own console: its requests do not use up the first's.
pub const OTHER_KEY: &str = "sandbox-console-key";

/// The key of a request: `Authorization: OAuth <key>`, or `?api_key=`.
pub fn key(world: &World, call: &Call) -> Result<String, Reply> {
    let given = call
        .header("authorization")
        .and_then(|value| value.strip_prefix("OAuth "))
        .or_else(|| call.query("api_key"))
        .map(str::trim);
    let revoked = world
        .switches
        .revoked
        .iter()
        .any(|name| name == "statuspage");
    match given {
        Some(key) if (key == KEY && !revoked) || key == OTHER_KEY => Ok(key.to_owned()),
        Some(_) | None => Err(Reply::json(
            401,
            &json!({"error": "Could not authenticate"}),
        )),
    }
}

/// The page that the path names.
pub fn page(world: &World, call: &Call) -> Result<Page, Stop> {
    let page: Option<Page> = world.store.get(Kind::Page, "page")?;
    page.filter(|page| page.id == call.param("page"))
        .ok_or_else(|| refused(world, 404, "page", "not found"))
}
