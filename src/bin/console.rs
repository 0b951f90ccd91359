//! The responder console: mounts `console`.

fn main() {}
