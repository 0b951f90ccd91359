//! `cargo run --example duties -- PLAYBOOK LOG AT`: the duties of an exported log at a time, as JSON.
//!
//! PLAYBOOK is a playbook (`public/console/sop.toml`), LOG an evidence file as the console exports it, AT
//! a time such as 2026-03-09T14:16:00Z. An SOP's owner tries a changed playbook on past incidents with
//! it; other implementations of the rules can be compared with it.
//!
//! Prints a JSON array, in the order in which the duties were made. Standard error says whether the
//! file's chain holds, and names what could not be read of the log and was left out. Ends with 2 on input that cannot be
//! used.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(json) => {
            println!("{json}");
            std::process::ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            std::process::ExitCode::from(2)
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn run(arguments: &[String]) -> Result<String, String> {
    use allclear::sop::run::{Chain, duties, evidence};
    use chrono::{DateTime, Utc};

    let [playbook, log, at] = arguments else {
        return Err("usage: cargo run --example duties -- PLAYBOOK LOG AT".to_owned());
    };
    let read = |path: &String| {
        std::fs::read_to_string(path).map_err(|error| format!("could not read {path}: {error}"))
    };
    let sop = allclear::sop::playbook::parse(&read(playbook)?).map_err(|problems| {
        let lines = problems.iter().map(|problem| {
            let (line, key) = (problem.line, &problem.key);
            format!(
                "{playbook}:{line}: {key}: {} ({})",
                problem.wrong, problem.right
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    })?;
    let imported = evidence::import(&read(log)?)
        .map_err(|error| format!("could not read the log {log}: {error}"))?;
    match &imported.chain {
        Chain::Holds { head } => eprintln!("{log}: its chain holds, with the head {head}"),
        Chain::Breaks { at } => eprintln!("{log}: its chain breaks at entry {at}: it was changed"),
        Chain::Missing => eprintln!("{log}: it has no chain"),
    }
    if !imported.version_holds {
        eprintln!(
            "{log}: the version of the SOP above its entries is not the one of its declaration"
        );
    }
    for bad in &imported.bad {
        eprintln!("{log}: event {} was left out: {}", bad.index, bad.reason);
    }
    let at: DateTime<Utc> = at
        .parse()
        .map_err(|error| format!("{at:?} is no time such as 2026-03-09T14:16:00Z: {error}"))?;
    serde_json::to_string_pretty(&duties(&sop, &imported.run, at))
        .map_err(|error| format!("could not write the duties: {error}"))
}
