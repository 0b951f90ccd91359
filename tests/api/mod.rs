//! What the apps ask of the outside world, as far as it needs no browser: the embedded provider's rules,
//! requests to hosted services and what their answers mean.

mod components;
mod cut;
mod demo;
mod edge;
mod ended;
mod going_on;
mod hostile_text;
mod http;
mod left_out;
mod looked;
mod mail;
mod overall;
mod permalink;
mod public_page;
mod public_page_real;
mod records;
mod rhythm;
mod rules;
mod statuspage;
mod statuspage_errors;
mod statuspage_kept;
mod statuspage_queue;
mod statuspage_turn;
mod team;
mod told_late;
