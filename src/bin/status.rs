//! The public status page: mounts `status_page`.

fn main() {}
