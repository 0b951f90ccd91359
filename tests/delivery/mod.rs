//! What leaves: the rules of a mailing, and the runner in a world in which time stands still, tabs die and services
//! fail as told.

#[rustfmt::skip] // Steps, one a line.
mod mailing;
#[rustfmt::skip] // Steps, one a line.
mod matrix;
#[rustfmt::skip] // Steps, one a line.
mod meanwhile;
mod sim;
#[rustfmt::skip] // Steps, one a line.
mod single;
#[rustfmt::skip] // Steps, one a line.
mod vendors;
