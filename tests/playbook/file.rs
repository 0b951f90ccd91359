//! The shipped file: it has no problems, and holds the SOP word for word.

use allclear::sop::playbook;

#[test]
fn the_shipped_playbook_has_no_problems() {
    let loaded = playbook::load(super::SOP);
    assert_eq!(loaded.problems, []);
    let playbook = playbook::parse(super::SOP).unwrap();
    assert_eq!(playbook.meta.version, "1.0");
    assert_eq!(playbook.messages.len(), 21);
}
