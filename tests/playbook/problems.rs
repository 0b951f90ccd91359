//! Broken files: every problem at once, with its line, and nothing falls over.

use allclear::sop::playbook::{self, Loaded, Problem};
use proptest::prelude::*;

fn load(find: &str, replace: &str) -> Loaded {
    assert!(super::SOP.contains(find), "the file no longer has {find:?}");
    playbook::load(&super::SOP.replacen(find, replace, 1))
}

#[test]
fn show() {
    for (find, replace) in [("version = \"1.0\"\n", "")] {
        let loaded = load(find, replace);
        println!("{:#?}", loaded.problems);
    }
}
