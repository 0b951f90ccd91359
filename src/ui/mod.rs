//! Primitives: what a button, a field, a dialog is in both apps. Nothing here knows the domain; state
//! comes in as signals, intent goes out through callbacks. How they look is in `style/parts.css` and
//! `style/forms.css`.

pub mod id;
pub mod mount;

pub mod act_dialog;
pub mod button;
pub mod choice;
pub mod clock;
pub mod dialog;
pub mod field;
pub mod file_field;
pub mod focus;
pub mod intl;
pub mod lang;
pub mod link;
pub mod moment;
pub mod notice;
pub mod page;
pub mod part;
pub mod reactive;
pub mod remote;
pub mod safe_html;
pub mod select;
pub mod shape;
pub mod table;
pub mod tabs;
pub mod theme;
pub mod time;
pub mod words;

pub use button::{Button, CopyButton, Kind};
pub use choice::{Checkbox, Choice, RadioGroup};
pub use clock::{Clock, Tone};
pub use dialog::Dialog;
pub use field::{Field, FieldKind};
pub use file_field::FileField;
pub use lang::{Lang, LanguageChoice};
pub use notice::{Banner, Notice, NoticeTone};
pub use page::{PageHeading, SkipLink};
pub use part::{Coming, Part, PartState};
pub use reactive::{reactive, whenever};
pub use remote::{Remote, Why, because, show_remote};
pub use select::Select;
pub use shape::{Shape, Size, StateIcon};
pub use table::Table;
pub use tabs::{Tab, Tabs};
pub use theme::{Theme, ThemeButton};
pub use time::Time;
