//! The domain's nouns as both apps show them: states, components, incidents and their updates. Reads
//! the domain, fetches nothing; every word that readers see is in `words`.

pub mod bars;
pub mod body;
pub mod components;
pub mod incident;
pub mod maintenance;
pub mod markdown;
pub mod portion;
pub mod promise;
pub mod sentence;
pub mod state;
pub mod timeline;
pub mod told;
pub mod words;

pub use bars::Bars;
pub use body::Body;
pub use components::ComponentList;
pub use incident::IncidentCard;
pub use maintenance::{MaintenanceCard, Minutes, work_line};
pub use markdown::Markdown;
pub use portion::{Item, Portions, portions};
pub use promise::PromiseLine;
pub use sentence::{sentence, sentence_at, sentence_in, sentence_of, time};
pub use state::StateWord;
pub use timeline::Timeline;
