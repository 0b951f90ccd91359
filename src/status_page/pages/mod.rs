//! One file per route: each reads slices of the board and lays out views.

mod history;
mod home;
mod incident;
mod lost;

pub use history::History;
pub use home::Home;
pub use incident::Incident;
pub use lost::Lost;
