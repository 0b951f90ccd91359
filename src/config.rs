//! `config.json`: what the public page needs, as validated types, with *all* problems at once.
