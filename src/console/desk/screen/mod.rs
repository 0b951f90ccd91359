//! What screens get: `shown` (signals that can be read), `slices` (states and duties at this second), `saying` (what is told
//! beside the pages), `tab_title` and `theme`.

pub(super) mod saying;
mod shown;
mod slices;
mod tab_title;
pub(super) mod theme;
