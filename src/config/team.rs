//! `console/team.toml`: what only responders need.

use super::problem::Problem;
use super::public::is_mail_address;
use super::reader::{Diagnostics, Scope, TableReader, tree};
use crate::domain::frozen::LONGEST_UNDO_SECONDS;
use crate::domain::web_link::is_on_the_web;

/// A week covers every clock of the SOP; ten years are longer than any browser keeps anything.
const KEPT_DAYS: std::ops::RangeInclusive<u32> = 7..=3650;

const STOPS: &str = "nothing can be posted or mailed, and no social network can be opened";

/// What only responders need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamConfig {
    /// The sender's name.
    pub sender_name: String,
    /// The sender's address.
    pub sender_address: String,
    /// The address for answers.
    pub reply_to: String,
    /// Who responds.
    pub members: Vec<Member>,
    /// The account on X, if any.
    pub x: Option<Account>,
    /// The account on LinkedIn, if any.
    pub linkedin: Option<Account>,
    /// How long a message waits before it leaves.
    pub undo_seconds: u32,
    /// After how many days a finished incident is offered for deletion.
    pub keep_days: u32,
    /// The hosted status page that messages are posted to; `None` for the embedded one.
    pub page: Option<HostedPage>,
    /// The hosted email service; `None` for the embedded outbox.
    pub mail: Option<HostedMail>,
    /// The team's own channel, which a webhook tells; `None` where a person copies the text there.
    pub channel: Option<TeamChannel>,
}

/// A page on Atlassian Statuspage, reached through the edge at `/api/statuspage/v1/…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostedPage {
    /// The page's id there.
    pub page_id: String,
    /// The vendor's own console, for when the API or the edge is down.
    pub console: String,
}

/// An email service, reached through the edge at `/api/{its name}/…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostedMail {
    pub service: MailService,
    /// Postmark's message stream, where one is named.
    pub stream: Option<String>,
    /// The vendor's own console, for when the API or the edge is down.
    pub console: String,
}

/// The email services that are spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailService {
    Postmark,
    Resend,
    Sendgrid,
}

/// The channel in which the team reads, reached through the edge at `/api/team/notice`. Its webhook's address is a secret, and
/// the edge alone has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamChannel {
    pub service: ChatService,
    /// Where the channel itself is read, for when the edge or the webhook is down.
    pub console: String,
}

/// The forms of a webhook's request that are spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatService {
    /// Slack's, which Mattermost and Rocket.Chat take too.
    Slack,
    Discord,
    /// A workflow of Microsoft Teams.
    Teams,
}

impl ChatService {
    /// What people call the service.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slack => "Slack",
            Self::Discord => "Discord",
            Self::Teams => "Teams",
        }
    }

    /// The longest text that it takes, in UTF-16 units; `None` where the edge's own limit comes first.
    pub fn longest(self) -> Option<usize> {
        match self {
            Self::Discord => Some(2_000),
            Self::Slack | Self::Teams => None,
        }
    }
}

/// Somebody who responds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their name.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
}

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Leads the response.
    Lead,
    /// Writes the messages.
    Writer,
    /// Releases the public messages of breaches and security incidents.
    Approver,
}

/// An account on a social network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name there.
    pub handle: String,
    /// The address that opens the network's composer; the text goes at its end, percent-encoded.
    pub share: String,
}

impl TeamConfig {
    /// The days where the settings name none: as long as the public page's bars reach back, and many times the longest
    /// clock of the SOP.
    pub const KEEP_DAYS: u32 = 90;

    /// Reads the file.
    ///
    /// # Errors
    /// All problems at once.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let text = text
            .strip_prefix('\u{feff}')
            .unwrap_or(text)
            .replace("\r\n", "\n");
        let mut notes = Diagnostics::on(&text);
        let (tree, syntax) = tree(&text, &mut notes, STOPS);
        let team = read(
            &mut notes,
            TableReader::new(tree.get_ref(), "", 1, STOPS, Scope::All),
        );
        let problems = notes.into_problems(syntax);
        match team {
            Some(team) if problems.is_empty() => Ok(team),
            Some(_) | None => Err(problems),
        }
    }

    /// Whether anything leaves through the edge of this host.
    pub fn needs_edge(&self) -> bool {
        self.page.is_some() || self.mail.is_some() || self.channel.is_some()
    }

    /// The sender as RFC 5322 writes a mailbox: `AIAS Team <…>`, and `"AIAS (Ops) v2.0" <…>` where the name is not
    /// words alone.
    pub fn sender(&self) -> String {
        let (name, address) = (&self.sender_name, &self.sender_address);
        if name.chars().all(is_of_words) {
            format!("{name} <{address}>")
        } else {
            // What would end the quotation is refused where the name is read.
            format!("\"{name}\" <{address}>")
        }
    }
}

/// What the words of a name are made of (RFC 5322 `atext`, RFC 6532), and the space between them.
fn is_of_words(c: char) -> bool {
    c == ' ' || c.is_ascii_alphanumeric() || !c.is_ascii() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

fn read(notes: &mut Diagnostics, mut file: TableReader<'_>) -> Option<TeamConfig> {
    let sender = sender(notes, &mut file);
    let members = members(notes, &mut file);
    let (mut x, mut linkedin) = (None, None);
    if let Some(mut social) = file.part_if_any(notes, "social") {
        x = account(notes, &mut social, "x");
        linkedin = account(notes, &mut social, "linkedin");
        social.finish(notes);
    }
    let undo_seconds = undo(notes, &mut file);
    let keep_days = keep(notes, &mut file);
    let page = hosted_page(notes, &mut file);
    let mail = hosted_mail(notes, &mut file);
    let channel = team_channel(notes, &mut file);
    file.finish(notes);
    let (sender_name, sender_address, reply_to) = sender?;
    let undo_seconds = undo_seconds?;
    Some(TeamConfig {
        sender_name,
        sender_address,
        reply_to,
        members,
        x,
        linkedin,
        undo_seconds,
        keep_days,
        page,
        mail,
        channel,
    })
}

fn sender(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Option<(String, String, String)> {
    let mut part = file.part(notes, "sender")?;
    let name = part.text(notes, "name", "\"AIAS Platform Team\"");
    if let Some(name) = &name
        && name.contains(|c: char| c.is_control() || "<>\"\\".contains(c))
    {
        let wrong = "it has a character that cannot stand in a sender's name".to_owned();
        part.refuse(
            notes,
            "name",
            wrong,
            "a name without < > \" and \\".to_owned(),
        );
    }
    let address = mail_address(notes, &mut part, "address");
    let reply_to = mail_address(notes, &mut part, "reply_to");
    part.finish(notes);
    Some((name?, address?, reply_to?))
}

fn mail_address(
    notes: &mut Diagnostics,
    part: &mut TableReader<'_>,
    key: &'static str,
) -> Option<String> {
    let text = part.text(notes, key, "\"support@example.com\"")?;
    if is_mail_address(&text) {
        return Some(text);
    }
    let wrong = "it is not an email address".to_owned();
    part.refuse(
        notes,
        key,
        wrong,
        format!("{key} = \"support@example.com\""),
    );
    None
}

fn members(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Vec<Member> {
    let mut members = Vec::new();
    for mut part in file.parts(notes, "member") {
        let name = part.text(notes, "name", "\"Operations on call\"");
        let known = [
            ("lead", Role::Lead),
            ("writer", Role::Writer),
            ("approver", Role::Approver),
        ];
        let words = part.texts(notes, "roles", "[\"lead\"]").unwrap_or_default();
        let roles = words
            .iter()
            .filter_map(|word| part.chosen(notes, "roles", word, &known))
            .collect();
        part.finish(notes);
        members.extend(name.map(|name| Member { name, roles }));
    }
    members
}

fn account(
    notes: &mut Diagnostics,
    social: &mut TableReader<'_>,
    key: &'static str,
) -> Option<Account> {
    let mut part = social.part_if_any(notes, key)?;
    let handle = part.text(notes, "handle", "\"@example\"");
    let right = "\"https://x.com/intent/tweet?text=\"";
    let share = part.text(notes, "share", right);
    if share.as_deref().is_some_and(|share| !is_on_the_web(share)) {
        let wrong = "it is not the address of a composer".to_owned();
        part.refuse(notes, "share", wrong, format!("share = {right}"));
    }
    part.finish(notes);
    Some(Account {
        handle: handle?,
        share: share?,
    })
}

fn undo(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Option<u32> {
    let mut part = file.part(notes, "sending")?;
    let seconds = part.number(notes, "undo_seconds", 0..=LONGEST_UNDO_SECONDS);
    part.finish(notes);
    seconds
}

/// A team that says nothing of it has the days that were decided on.
fn keep(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> u32 {
    let Some(mut part) = file.part_if_any(notes, "storage") else {
        return TeamConfig::KEEP_DAYS;
    };
    let days = part.number(notes, "keep_days", KEPT_DAYS);
    part.finish(notes);
    days.unwrap_or(TeamConfig::KEEP_DAYS)
}

fn hosted_page(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Option<HostedPage> {
    let mut part = file.part_if_any(notes, "status_page")?;
    let _service = part.choice(notes, "service", &[("statuspage", ())]);
    let page_id = part.text(notes, "page_id", "\"abc123def456\"");
    if let Some(id) = &page_id
        && !id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    {
        let wrong = "a page's id has small letters and digits only".to_owned();
        part.refuse(
            notes,
            "page_id",
            wrong,
            "page_id = \"abc123def456\"".to_owned(),
        );
    }
    let console = web_console(notes, &mut part, "\"https://manage.statuspage.io/\"");
    part.finish(notes);
    Some(HostedPage {
        page_id: page_id?,
        console: console?,
    })
}

fn hosted_mail(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Option<HostedMail> {
    let mut part = file.part_if_any(notes, "email")?;
    let service = part.choice(
        notes,
        "service",
        &[
            ("postmark", MailService::Postmark),
            ("resend", MailService::Resend),
            ("sendgrid", MailService::Sendgrid),
        ],
    );
    let stream = part.text_if_any(notes, "stream", "\"broadcast\"");
    if stream.is_some() && service.is_some_and(|service| service != MailService::Postmark) {
        let wrong = "only Postmark has message streams".to_owned();
        part.refuse(notes, "stream", wrong, "no such line".to_owned());
    }
    let console = web_console(notes, &mut part, "\"https://account.postmarkapp.com/\"");
    part.finish(notes);
    Some(HostedMail {
        service: service?,
        stream,
        console: console?,
    })
}

fn team_channel(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Option<TeamChannel> {
    let mut part = file.part_if_any(notes, "team_channel")?;
    let service = part.choice(
        notes,
        "service",
        &[
            ("slack", ChatService::Slack),
            ("discord", ChatService::Discord),
            ("teams", ChatService::Teams),
        ],
    );
    let right = "\"https://app.slack.com/client/T0123/C0123\"";
    let console = web_console(notes, &mut part, right);
    part.finish(notes);
    Some(TeamChannel {
        service: service?,
        console: console?,
    })
}

/// The address of a vendor's own console.
fn web_console(notes: &mut Diagnostics, part: &mut TableReader<'_>, right: &str) -> Option<String> {
    let text = part.text(notes, "console", right)?;
    if is_on_the_web(&text) {
        return Some(text);
    }
    let wrong = "it is not the address of a web page".to_owned();
    part.refuse(notes, "console", wrong, format!("console = {right}"));
    None
}
