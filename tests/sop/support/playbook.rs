//! The playbook that is shipped: the worked examples are checked against it, not against a copy.

use std::sync::OnceLock;

use allclear::sop::playbook::{Playbook, parse};

pub fn playbook() -> Playbook {
    static SHIPPED: OnceLock<Playbook> = OnceLock::new();
    SHIPPED
        .get_or_init(|| {
            parse(include_str!("../../../public/console/sop.toml"))
                .unwrap_or_else(|problems| panic!("{problems:#?}"))
        })
        .clone()
}
