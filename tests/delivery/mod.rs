//! What leaves: the rules of a mailing, and the runner in a world in which time stands still, tabs die and services
//! fail as told.

#[rustfmt::skip] // Steps, one a line.
mod before;
#[rustfmt::skip] // Steps, one a line.
mod ended;
mod faults;
#[rustfmt::skip] // Steps, one a line.
mod mailing;
#[rustfmt::skip] // Steps, one a line.
mod matrix;
#[rustfmt::skip] // Steps, one a line.
mod meanwhile;
#[rustfmt::skip] // Steps, one a line.
mod orders;
mod sim;
#[rustfmt::skip] // Steps, one a line.
mod single;
#[rustfmt::skip] // Steps, one a line.
mod team;
#[rustfmt::skip] // Steps, one a line.
mod vendors;

/// Says how many cases a matrix had, to whoever looks at this program and to `make test`, which gathers the notes.
fn told(of: &str, cases: u32) -> u32 {
    println!("{cases} cases: {of}");
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/cases");
    let name: String = of.chars().filter(char::is_ascii_alphanumeric).collect();
    // A folder that cannot be written to keeps no test from passing.
    if std::fs::create_dir_all(folder).is_ok() {
        let _kept = std::fs::write(format!("{folder}/{name}"), format!("{cases} {of}"));
    }
    cases
}
