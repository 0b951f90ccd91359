//! Every problem of the three files: where it stands, what is wrong, what would be right, and what the
//! console cannot run because of it.

use leptos::prelude::*;

use crate::config::problem::Problem;
use crate::console::desk::Desk;
use crate::console::desk::readiness::{CONFIG_FILE, PLAYBOOK_FILE, TEAM_FILE};
use crate::ui::words::sentence;
use crate::words;

const FILES: [&str; 3] = [PLAYBOOK_FILE, CONFIG_FILE, TEAM_FILE];

/// All problems, by file.
#[component]
pub fn ProblemList(desk: Desk) -> impl IntoView {
    let files: Vec<(&'static str, Vec<Problem>)> = desk.setup().with(|setup| {
        let problems = setup
            .ready()
            .map(|ready| ready.problems.clone())
            .unwrap_or_default();
        FILES
            .map(|file| {
                let of_file = problems.iter().filter(|(of, _)| *of == file);
                (file, of_file.map(|(_, problem)| problem.clone()).collect())
            })
            .to_vec()
    });
    if files.iter().all(|(_, problems)| problems.is_empty()) {
        let [playbook, config, team] = FILES;
        return view! {
            <p class="quiet">
                <code>{playbook}</code> ", " <code>{config}</code> " and " <code>{team}</code>
                " have no problems."
            </p>
        }
        .into_any();
    }
    let stops = stopped(&files);
    let lists: Vec<_> = files
        .into_iter()
        .filter(|(_, problems)| !problems.is_empty())
        .map(|(file, problems)| view! { <OfFile file problems /> })
        .collect();
    view! {
        <section class="card" aria-labelledby="problems-heading">
            <div class="card-head"><h2 id="problems-heading">"Problems in the settings"</h2></div>
            <h3>"What cannot run because of them"</h3>
            <ul class="stops" aria-label="What cannot run">
                {stops.into_iter().map(|stop| view! { <li>{stop}</li> }).collect_view()}
            </ul>
            {lists}
            <p class="small quiet">"Fix the files and reload this page. Broken parts have no fallback."</p>
        </section>
    }
    .into_any()
}

/// What cannot run, each once, in the order of the problems.
fn stopped(files: &[(&'static str, Vec<Problem>)]) -> Vec<String> {
    let mut stops: Vec<String> = Vec::new();
    for problem in files.iter().flat_map(|(_, problems)| problems) {
        let stop = sentence(&problem.stops);
        if !stop.is_empty() && !stops.contains(&stop) {
            stops.push(stop);
        }
    }
    stops
}

#[component]
fn OfFile(file: &'static str, problems: Vec<Problem>) -> impl IntoView {
    let count = words::counted(problems.len(), "problem", "problems");
    let items: Vec<_> = problems
        .into_iter()
        .map(|problem| view! { <One file problem /> })
        .collect();
    view! {
        <h3 class="problem-file"><code>{file}</code> ": " {count}</h3>
        <ul class="problem-list" aria-label=format!("Problems of {file}")>{items}</ul>
    }
}

#[component]
fn One(file: &'static str, problem: Problem) -> impl IntoView {
    let Problem {
        line,
        key,
        wrong,
        right,
        stops,
    } = problem;
    view! {
        <li class="problem">
            <p class="problem-where">
                {file}
                {(line > 0).then(|| format!(", line {line}"))}
                {(!key.is_empty()).then(|| view! { ": " <code>{key}</code> })}
            </p>
            <p class="problem-what">{sentence(&wrong)}</p>
            {(!right.is_empty()).then(|| view! {
                <p class="problem-right">"Right would be: " {right}</p>
            })}
            {(!stops.is_empty()).then(|| view! {
                <p class="problem-stops">"Because of it: " {stops}</p>
            })}
        </li>
    }
}
