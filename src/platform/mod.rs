//! The browser, one seam a file. Everything here answers with a value or a [`PlatformError`]; nothing
//! is swallowed, nothing knows what the values mean.
//!
//! What is kept in the browser is shared by every project on the same origin, so all names begin with
//! [`page::prefix`].

mod error;
mod js;
mod listen;

pub mod address;
pub mod chosen;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod crypto;
pub mod download;
pub mod favicon;
pub mod first;
pub mod id;
pub mod json;
pub mod locks;
pub mod page;
pub mod print;
pub mod share;
pub mod storage;
pub mod tabs;
pub mod text;
pub mod unload;

pub use error::PlatformError;
pub use listen::Listener;
