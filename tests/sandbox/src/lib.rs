//! A peer for tests and demonstrations that behaves as the hosted services do: Atlassian Statuspage (its
//! manage API and its public pages), Postmark, Resend, `SendGrid` and the webhooks of a team's channel: a state machine that is given a request and the
//! time and gives an answer ([`world::World::answer`]), used so by tests on the host, and one server with one port
//! round it for browsers, nginx and the vendors' own clients.
//!
//! ```text
//! server  -> the wire: reads a request whole, sends, breaks off or never sends an answer
//! front   -> faults, refusals for keys and rates, the record of exchanges
//! routes  -> which handler answers which path
//! statuspage, email, team -> the services, as plain functions over the `World`
//! control -> /_sandbox: switches, clock, seed, what was seen
//! ```
//!
//! The README beside this folder lists every address and every switch. What the vendors' documents do not
//! say is a switch here, so that a client can be proved against both.

pub mod call;
pub mod clock;
pub mod control;
pub mod email;
pub mod faults;
pub mod front;
pub mod limits;
pub mod routes;
pub mod seed;
pub mod server;
pub mod statuspage;
pub mod store;
pub mod switches;
pub mod team;
pub mod world;
