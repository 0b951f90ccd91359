//! The checks of hosted services: the page, the edge, the team's channel, and who may read the playbook.

use leptos::prelude::Get;

use crate::api::edge::strangers::Guarded;
use crate::api::mail::SendMail;
use crate::config::{HostedPage, TeamConfig};
use crate::console::desk::rehearsal::Rehearsal;
use crate::console::desk::services::probes::Asked;
use crate::console::desk::services::session::Session;
use crate::console::desk::setup::{self, Ready};
use crate::words;

use super::{CONFIG_FILE, Check, CheckResult, PLAYBOOK_FILE, TEAM_FILE};

/// What is found of a hosted page by what its service answered.
pub(super) fn status_page(
    page: Option<&HostedPage>,
    answer: Result<usize, String>,
) -> Result<String, String> {
    let id = page.map(|page| page.page_id.as_str()).unwrap_or_default();
    match answer {
        Ok(0) => Err(format!(
            "Statuspage answers, and the page {id} has no components. Add them in Statuspage’s own console: an incident has to say what it affects."
        )),
        Ok(count) => Ok(format!(
            "Statuspage answers, with {}.",
            words::counted(count, "component", "components")
        )),
        Err(error) => Err(format!("Statuspage cannot be used: {error}.")),
    }
}

/// Whether readers see the page that messages go to; `None` where both are kept in this browser.
pub(super) fn readers(ready: &Ready, answer: Asked<()>) -> Option<Check> {
    let config = ready.config.as_ref()?;
    let url = config.source.url();
    let posts = ready.team.as_ref()?.page.is_some();
    let (outcome, found) = match (url, posts, answer.get()) {
        (None, false, _) => return None,
        (None, true, _) => (
            CheckResult::Fails,
            format!(
                "Messages go to Statuspage, and {CONFIG_FILE} still shows readers the page of this browser: set its source."
            ),
        ),
        (Some(url), _, Some(Err(error))) => (
            CheckResult::Fails,
            format!(
                "Readers cannot read {url}: {error}. A page that is private or on trial cannot be read by browsers: make it public, or correct source in {CONFIG_FILE}."
            ),
        ),
        (Some(_), false, _) => (
            CheckResult::Fails,
            format!(
                "Readers see a hosted page, and messages stay in this browser: name the page in {TEAM_FILE} as well."
            ),
        ),
        (Some(url), true, None) => match setup::read_elsewhere(config) {
            Some(there) => (
                CheckResult::Mind,
                format!(
                    "Readers read {there}, which the console may not ask: open the status page, and see whether it shows what is so."
                ),
            ),
            None => (CheckResult::Asking, format!("Reading {url}.")),
        },
        (Some(url), true, Some(Ok(()))) => (CheckResult::Holds, format!("{url} can be read.")),
    };
    Some(Check {
        name: None,
        what: "What readers see",
        outcome,
        found,
    })
}

/// Whether the edge of this host answers, and as whom; `None` where nothing hosted is used.
pub(super) fn edge(session: &Session) -> Option<Check> {
    let (outcome, found) = match session {
        Session::Local => return None,
        Session::Unset { .. } => (
            CheckResult::Fails,
            "console/team.toml could not be read: nobody knows whether one is used.".to_owned(),
        ),
        Session::Asking => (CheckResult::Asking, "Asking who is logged in.".to_owned()),
        Session::LoggedIn(login) => (
            CheckResult::Holds,
            format!("It answers. You are {login}, from the login."),
        ),
        Session::Ended => (
            CheckResult::Fails,
            "It answers, and nobody is logged in. Log in first.".to_owned(),
        ),
        Session::NoEdge => (
            CheckResult::Fails,
            "No edge here: hosted services cannot be reached; see deploy/.".to_owned(),
        ),
        Session::Silent(why) => (CheckResult::Fails, format!("It does not answer: {why}.")),
    };
    Some(Check {
        name: None,
        what: "Edge and login",
        outcome,
        found,
    })
}

/// Whether the mail service takes mails; `None` where mails stay in this browser.
pub(super) fn mail_service(mailer: &impl SendMail, answer: Asked<()>) -> Option<Check> {
    if !mailer.is_hosted() {
        return None;
    }
    let service = mailer.name();
    let (outcome, found) = match answer.get() {
        None => (CheckResult::Asking, format!("Asking {service}.")),
        Some(Ok(())) => (
            CheckResult::Holds,
            format!(
                "{service} takes a sample mail in its test mode. It accepts the key. That mails arrive, only a test mail to yourself shows."
            ),
        ),
        Some(Err(error)) => (
            CheckResult::Fails,
            format!("{service} cannot be used: {error}."),
        ),
    };
    Some(Check {
        name: None,
        what: "Email service",
        outcome,
        found,
    })
}

/// How the team is told; `None` where the settings cannot be read. A webhook cannot be asked anything: what is known of it
/// is what became of the last test notice of this tab.
pub(super) fn team_channel(ready: &Ready, test: Rehearsal) -> Option<Check> {
    let channel = ready.team.as_ref()?.channel.as_ref();
    let (outcome, found) = match channel.map(|channel| channel.service.name()) {
        None => (
            CheckResult::Holds,
            "Copied by hand: “Notify team” copies the text, and a person pastes it.".to_owned(),
        ),
        Some(service) if test.runs.get() => (
            CheckResult::Asking,
            format!("A test notice is on its way to {service}."),
        ),
        Some(service) => match test.last() {
            None => (
                CheckResult::Mind,
                format!(
                    "By a webhook of {service}, which can only be tried by a message: send a test notice."
                ),
            ),
            Some(Ok(_)) => (
                CheckResult::Holds,
                format!(
                    "{service} took a test notice. That it stands in the channel, only a look there shows."
                ),
            ),
            Some(Err(why)) => (
                CheckResult::Fails,
                format!("{service} could not be given a test notice: {why}."),
            ),
        },
    };
    Some(Check {
        name: None,
        what: "Internal team",
        outcome,
        found,
    })
}

/// What of the console strangers are given. With hosted services that must be nothing; a browser that keeps everything for
/// itself runs all the same.
pub(super) fn playbook(ready: &Ready, given: Asked<Option<Guarded>>) -> Check {
    let hosted = ready.team.as_ref().is_some_and(TeamConfig::needs_edge);
    let open = if hosted {
        CheckResult::Fails
    } else {
        CheckResult::Mind
    };
    let (outcome, found) = match given.get() {
        None => (
            CheckResult::Asking,
            "Asking for it without a login.".to_owned(),
        ),
        Some(Ok(None)) => (
            CheckResult::Holds,
            "Without a login it cannot be read.".to_owned(),
        ),
        Some(Ok(Some(Guarded::Playbook))) => (
            open,
            format!(
                "Your playbook is public: {PLAYBOOK_FILE} and {TEAM_FILE} are given to whoever asks. Put /console/ behind a login; see deploy/."
            ),
        ),
        Some(Ok(Some(Guarded::Console))) => (
            open,
            "The playbook asks for a login, but the console’s own page is given to whoever asks. Put all of /console/ behind the login; see deploy/."
                .to_owned(),
        ),
        Some(Ok(Some(Guarded::Login))) => (
            CheckResult::Fails,
            "The edge gives a name to whoever asks without a login: strangers can publish and send mail. Put /api/ behind the login too; see deploy/."
                .to_owned(),
        ),
        Some(Err(error)) => (
            CheckResult::Mind,
            format!("Whether strangers can read it is not known: {error}."),
        ),
    };
    Check {
        name: None,
        what: "Playbook behind a login",
        outcome,
        found,
    }
}
