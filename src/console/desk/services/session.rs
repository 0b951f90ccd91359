//! The edge as the desk sees it: who is logged in, whether it answers, and by whose clock we count. Where
//! nothing hosted is used there is no edge, and whoever is here says who they are.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::api::edge::clock::ServerClock;
use crate::api::edge::{self, Whoami, heard};
use crate::api::http::{Browser, Net};
use crate::config::TeamConfig;
use crate::platform::{clock, page, share, storage};
use crate::sop::run::{Actor, Author};

use crate::console::desk::Desk;
use crate::console::desk::kept::event_store::Saving;

/// How often it is asked again who is logged in, while nobody is.
const ASK_AGAIN: TimeDelta = TimeDelta::seconds(10);

/// The login that this browser saw last: whose drafts are shown while the edge is silent.
const LOGIN: &str = "login";

/// Whether hosted services can be used from here, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// Nothing hosted is used: who is here is what they said.
    Local,
    /// The team's settings could not be read, so that nobody knows what is used; where that is for want of a login,
    /// `by_login`.
    Unset { by_login: bool },
    /// The edge is being asked.
    Asking,
    /// Logged in so.
    LoggedIn(String),
    /// The login is missing, or has ended.
    Ended,
    /// This host has no edge.
    NoEdge,
    /// The edge does not answer; what was said.
    Silent(String),
}

/// What is known of the edge.
#[derive(Clone, Copy)]
pub struct Edge {
    pub(in crate::console::desk) session: RwSignal<Session>,
    pub(in crate::console::desk) online: RwSignal<bool>,
    pub(in crate::console::desk) clock: RwSignal<ServerClock>,
    asked_at: StoredValue<Option<DateTime<Utc>>>,
    asking: StoredValue<bool>,
}

impl Edge {
    pub(in crate::console::desk) fn new() -> Self {
        Self {
            session: RwSignal::new(Session::Local),
            online: RwSignal::new(page::online()),
            clock: RwSignal::new(ServerClock::default()),
            asked_at: StoredValue::new(None),
            asking: StoredValue::new(false),
        }
    }

    /// Device minus server, in milliseconds, where a server has told.
    pub(in crate::console::desk) fn offset_ms(self) -> Option<i64> {
        self.clock.with_untracked(ServerClock::offset_ms)
    }

    fn is_used(self) -> bool {
        self.session.get_untracked() != Session::Local
    }
}

/// Asks who is logged in, where something hosted is used, and again whenever that may have changed.
pub(in crate::console::desk) fn open(desk: Desk) {
    let (unset, hosted) = desk.setup.with_untracked(|setup| {
        let team = setup.team();
        let hosted = team.is_some_and(TeamConfig::needs_edge);
        (setup.team_unread(), hosted)
    });
    if let Some(by_login) = unset {
        desk.edge.session.set(Session::Unset { by_login });
        // Who types is whoever was here last, as long as nobody can be asked.
        desk.drafts.wait_for_login();
        desk.show_drafts_of(&Whoami::Silent(String::new()));
    }
    if unset.is_none() && !hosted {
        return;
    }
    // Without them the regular asking remains.
    let connected = page::on_connection(move |online| {
        desk.edge.online.set(online);
        if online && hosted {
            desk.ask_login();
        }
    });
    for listener in connected.into_iter().flatten() {
        listener.forever();
    }
    if !hosted {
        return;
    }
    desk.edge.session.set(Session::Asking);
    desk.drafts.wait_for_login();
    desk.ask_login();
    let heard = page::on_visible(move |visible| {
        if visible {
            desk.ask_login();
        }
    });
    if let Ok(heard) = heard {
        heard.forever();
    }
}

/// Once a second: takes in what answers told on the side, and asks again while nobody is logged in.
pub(in crate::console::desk) fn tick(desk: Desk) {
    desk.take_heard();
    let edge = desk.edge;
    let wants = match edge.session.get_untracked() {
        Session::Ended | Session::Silent(_) => true,
        Session::Local
        | Session::Unset { .. }
        | Session::Asking
        | Session::LoggedIn(_)
        | Session::NoEdge => false,
    };
    let now = clock::now();
    let rested = edge
        .asked_at
        .get_value()
        .is_none_or(|at| (now - at).abs() >= ASK_AGAIN);
    if wants && rested {
        desk.ask_login();
    }
}

impl Desk {
    /// Whether hosted services can be used from here, and as whom.
    pub fn session(self) -> Session {
        self.edge.session.get()
    }

    /// Whether a person is logged in at the edge: their name is not asked for then.
    pub fn is_logged_in(self) -> bool {
        self.edge
            .session
            .with(|session| matches!(session, Session::LoggedIn(_)))
    }

    /// Whoever is here, under that name: the login's, where the edge knows one.
    pub fn actor(self, name: &str) -> Actor<'_> {
        Actor {
            name,
            vouched: self.is_logged_in(),
        }
    }

    /// Whoever does something now, on this device.
    pub(in crate::console::desk) fn stamp(self) -> Author {
        Author {
            who: self.who.get_untracked(),
            vouched: untrack(|| self.is_logged_in()),
            device: self.device(),
            now: clock::now(),
            offset_ms: self.edge.offset_ms(),
        }
    }

    /// Whether whoever is here has to say who they are: no login says it, now or soon.
    pub fn asks_who(self) -> bool {
        let nobody = self.who.with(String::is_empty);
        nobody
            && self.edge.session.with(|session| match session {
                Session::Local | Session::Unset { .. } | Session::NoEdge | Session::Silent(_) => {
                    true
                }
                Session::Asking | Session::LoggedIn(_) | Session::Ended => false,
            })
    }

    /// Takes in what answers told on the side.
    fn take_heard(self) {
        let edge = self.edge;
        let heard = heard::take();
        if !edge.is_used() {
            return;
        }
        if let Some(sample) = heard.sample {
            let mut clock = edge.clock.get_untracked();
            clock.hear(&sample);
            if edge.clock.with_untracked(|known| *known != clock) {
                edge.clock.set(clock);
                self.set_now.set(self.fresh_now());
            }
        }
        let was_in = edge
            .session
            .with_untracked(|session| matches!(session, Session::LoggedIn(_)));
        if heard.login_ended && was_in {
            edge.session.set(Session::Ended);
        }
    }

    /// Asks the edge who is logged in, and takes the answer over. Where the settings could not be read it begins anew, and
    /// reads them.
    pub fn ask_login(self) {
        let edge = self.edge;
        if let Session::Unset { .. } = edge.session.get_untracked() {
            if let Err(error) = page::reload() {
                self.alarm(format!(
                    "The console could not be reloaded: {error}. Reload it yourself."
                ));
            }
            return;
        }
        if !edge.is_used() || edge.asking.get_value() {
            return;
        }
        edge.asking.set_value(true);
        edge.asked_at.set_value(Some(clock::now()));
        leptos::task::spawn_local(async move {
            let answer = Browser.send(&edge::whoami(&page::site_path())).await;
            edge.asking.set_value(false);
            let known = edge.session.with_untracked(|session| match session {
                Session::LoggedIn(_) | Session::Ended => true,
                Session::Local
                | Session::Unset { .. }
                | Session::Asking
                | Session::NoEdge
                | Session::Silent(_) => false,
            });
            // Whoever can act counts by the server's clock from the first act on.
            self.take_heard();
            let heard = edge::read(&answer, known);
            self.show_drafts_of(&heard);
            let session = match heard {
                Whoami::Login(login) => {
                    self.take_login(&login);
                    Session::LoggedIn(login)
                }
                Whoami::Nobody => Session::Ended,
                Whoami::NoEdge => Session::NoEdge,
                // Silence changes nothing that is known: whether services answer, they tell themselves.
                Whoami::Silent(_) if known => return,
                Whoami::Silent(why) => Session::Silent(why),
            };
            let logged_in = matches!(session, Session::LoggedIn(_));
            if edge.session.get_untracked() != session {
                edge.session.set(session);
            }
            // Also when it was the network that came back, and the login is the same.
            if logged_in
                && self.page_asked.get_untracked()
                && self.page.with_untracked(Option::is_none)
            {
                self.read_page().await;
            }
        });
    }

    /// Shows the drafts of whoever is logged in, and no other's.
    fn show_drafts_of(self, heard: &Whoami) {
        // Where it cannot be noted, a console without a network shows no login's drafts.
        let last = storage::local::get(LOGIN).ok().flatten();
        if let Whoami::Login(login) = heard {
            let _noted = storage::local::set(LOGIN, login);
        }
        let before = self.drafts.whose();
        let whose = before.clone().after(heard, last.as_deref());
        if whose == before {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Err(error) = self.drafts.show(whose).await {
                self.saving.set(Saving::Failed(error.to_string()));
            }
        });
    }

    /// The login stands beside every entry from now on; another one than before is said.
    fn take_login(self, login: &str) {
        let before = self.who.get_untracked();
        if before == login {
            return;
        }
        self.set_who(login);
        if !before.is_empty() {
            self.say(format!(
                "You are {login} from now on, from the login. Before, it was {before} here; what {before} entered keeps that name."
            ));
        }
    }

    /// Opens the login in a new tab: this console's own address, for which the edge asks for one. The query leads past
    /// the service worker (`worker/worker.mjs`), which would give the console that it keeps.
    pub fn open_login(self) {
        let address = format!("{}?login", page::base_path());
        if let Err(error) = share::open(&address) {
            self.alarm(format!(
                "The login could not be opened: {error}. Open {address} in a new tab yourself."
            ));
        }
    }
}
