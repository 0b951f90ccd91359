//! What the console is set up with: the public configuration, the team's settings and the playbook,
//! each read when the console starts, each with every problem found in it.

use std::sync::Arc;

use futures_util::future::join3;
use leptos::prelude::*;

use crate::api::edge::strangers::{Guarded, as_stranger, is_login, whoami_as_stranger};
use crate::api::error::ApiError;
use crate::api::http::{self, Request};
use crate::config::{PublicConfig, TeamConfig};
use crate::platform::{clock, page, text};
use crate::sop::playbook::{self, Playbook, Problem};

use super::Desk;

const CONFIG: &str = "../config.json";
const TEAM: &str = "team.toml";
const PLAYBOOK: &str = "sop.toml";

/// The setup, as far as it could be read.
#[derive(Debug, Clone)]
pub enum Setup {
    /// On its way.
    Loading,
    /// Read, with or without problems.
    Ready(Arc<Ready>),
}

/// What could be read, and what is wrong with the rest.
#[derive(Debug, Clone)]
pub struct Ready {
    /// `config.json`, where readers can go on with it.
    pub config: Option<PublicConfig>,
    /// `console/team.toml`, where it is right.
    pub team: Option<TeamConfig>,
    /// `console/sop.toml`, as far as it can be run.
    pub playbook: Option<Arc<Playbook>>,
    /// Whether the team's settings could not be had because nobody is logged in.
    pub wants_login: bool,
    /// Every problem, by file.
    pub problems: Vec<(&'static str, Problem)>,
}

impl Setup {
    /// The playbook, where one could be read.
    pub fn playbook(&self) -> Option<&Arc<Playbook>> {
        self.ready()?.playbook.as_ref()
    }

    /// The public configuration, where it is right.
    pub fn config(&self) -> Option<&PublicConfig> {
        self.ready()?.config.as_ref()
    }

    /// The team's settings, where they are right.
    pub fn team(&self) -> Option<&TeamConfig> {
        self.ready()?.team.as_ref()
    }

    /// Where the team's settings could not be read, so that nobody knows what the console posts to and mails through:
    /// whether that is for want of a login. `None` where they could, or are still on their way.
    pub fn team_unread(&self) -> Option<bool> {
        let ready = self.ready()?;
        ready.team.is_none().then_some(ready.wants_login)
    }

    /// What could be read, once reading has ended.
    pub fn ready(&self) -> Option<&Arc<Ready>> {
        match self {
            Self::Loading => None,
            Self::Ready(ready) => Some(ready),
        }
    }
}

/// Reads the three files, asked for together; the longest in a task of its own. A file that cannot be fetched is one problem,
/// on its line 0.
pub(super) async fn load(desk: Desk) {
    let mut problems = Vec::new();
    let (config, team, playbook) = join3(
        http::get_text(CONFIG),
        http::get_text(TEAM),
        http::get_text(PLAYBOOK),
    )
    .await;
    let config = match config {
        Ok(text) => {
            let (config, found) = PublicConfig::checked(&text);
            collect(&mut problems, "config.json", found);
            config
        }
        Err(error) => unreachable_file(&mut problems, "config.json", &error.to_string()),
    };
    let wants_login = match &team {
        Ok(text) => is_login(text),
        Err(error) => *error == ApiError::LoginNeeded,
    };
    let team = match team {
        Ok(text) => TeamConfig::parse(&text)
            .map_err(|found| collect(&mut problems, "console/team.toml", found))
            .ok(),
        Err(error) => unreachable_file(&mut problems, "console/team.toml", &error.to_string()),
    };
    clock::breathe().await;
    let playbook = match playbook {
        Ok(text) => {
            let loaded = playbook::load(&text::composed(&text));
            collect(&mut problems, "console/sop.toml", loaded.problems);
            loaded.playbook.map(Arc::new)
        }
        Err(error) => unreachable_file(&mut problems, "console/sop.toml", &error.to_string()),
    };
    desk.setup.set(Setup::Ready(Arc::new(Ready {
        config,
        team,
        playbook,
        wants_login,
        problems,
    })));
}

fn collect(problems: &mut Vec<(&'static str, Problem)>, file: &'static str, found: Vec<Problem>) {
    problems.extend(found.into_iter().map(|problem| (file, problem)));
}

fn unreachable_file<T>(
    problems: &mut Vec<(&'static str, Problem)>,
    file: &'static str,
    error: &str,
) -> Option<T> {
    problems.push((
        file,
        Problem {
            line: 0,
            key: String::new(),
            wrong: format!("The file could not be read: {error}."),
            right: "The file stands beside the console on its server; reload when it does."
                .to_owned(),
            stops: "Everything that needs it.".to_owned(),
        },
    ));
    None
}

/// What of the console is given to whoever asks, without a login; `None` where nothing is.
///
/// # Errors
/// The server could not be asked.
pub(super) async fn given_to_strangers() -> Result<Option<Guarded>, ApiError> {
    let console = page::base_path();
    // The build puts compressed twins beside the files, which a rule by their names may leave open.
    let twins = ["", ".br", ".gz"];
    let files = [PLAYBOOK, TEAM].into_iter();
    let files = files.flat_map(|file| twins.map(|twin| format!("{file}{twin}")));
    let playbook = files.map(|file| (Guarded::Playbook, as_stranger(file)));
    let others = [
        (Guarded::Console, as_stranger(console.clone())),
        (Guarded::Login, whoami_as_stranger(&page::site_path())),
    ];
    for (what, question) in playbook.chain(others) {
        let answer = http::send(&question).await?;
        if what.is_given(&answer, &console) {
            return Ok(Some(what));
        }
    }
    Ok(None)
}

/// Where readers read the page, where the console may not ask, as [`PublicConfig::read_elsewhere`].
pub(super) fn read_elsewhere(config: &PublicConfig) -> Option<String> {
    config.read_elsewhere(&page::origin().unwrap_or_default())
}

/// Reads the public page as its readers do: without a login, from the address that they read.
///
/// # Errors
/// Why they cannot.
pub(super) async fn read_as_readers(url: &str) -> Result<(), ApiError> {
    let reader = Request {
        anonymous: true,
        ..Request::get(format!("{url}/summary.json"))
    };
    let answer = http::send(&reader).await?;
    if !answer.ok() {
        return Err(ApiError::Refused(http::refusal(answer.status)));
    }
    if answer.body.trim_start().starts_with('{') {
        Ok(())
    } else {
        Err(ApiError::Refused(
            "what is there is not a page’s data".to_owned(),
        ))
    }
}
