//! The rules, as data: where each holds, what breaks it, and where the code should go instead.

use crate::finders::{
    colour_literals, exceptions_without_reason, lines_with_path, style_attributes,
};
use crate::literals::{missing_documents, words_for_readers};
use crate::matches::catch_alls;
use crate::source::Source;

/// One invariant of the house.
pub struct Rule {
    /// A short name.
    pub name: &'static str,
    /// What to do instead.
    pub instead: &'static str,
    /// Whether the rule speaks of the file.
    pub applies: fn(&Source) -> bool,
    /// What breaks it.
    pub broken_by: Broken,
}

/// How a rule is broken.
pub enum Broken {
    /// One of these words in the code.
    Words(&'static [&'static str]),
    /// One of these words in the text, strings included.
    Text(&'static [&'static str]),
    /// A mention of one of our modules that is not among these.
    ModulesBeside(&'static [&'static str]),
    /// A mention of one of these modules of ours.
    Modules(&'static [&'static str]),
    /// The lines that a function finds.
    Lines(fn(&Source) -> Vec<usize>),
}

/// A file may have this many lines.
const LONGEST: usize = 400;

const BROWSER: &[&str] = &[
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo_net",
    "gloo_timers",
    "idb",
];
const NOW: &[&str] = &[
    "Utc::now",
    "Local::now",
    "SystemTime",
    "Instant::now",
    "Date::now",
    "Date::new_0",
    "performance(",
];
const CHANCE: &[&str] = &[
    "Math::random",
    "random_uuid",
    "get_random_values",
    "getrandom",
    "rand::",
];
const SENDING: &[&str] = &[
    "gloo_net",
    "fetch_with_str",
    "fetch_with_request",
    "XmlHttpRequest",
    "WebSocket",
    "EventSource",
    "send_beacon",
];
const STORING: &[&str] = &[
    "local_storage",
    "session_storage",
    "indexed_db",
    "idb",
    "set_cookie",
    "CacheStorage",
];
const VENDOR_FIELDS: &[&str] = &[
    "deliver_notifications",
    "incident_updates",
    "shortlink",
    "HtmlBody",
    "TextBody",
    "MessageStream",
    "personalizations",
    "reply_to_list",
];
const PANICS: &[&str] = &[
    ".unwrap()",
    ".expect(",
    "panic!",
    "unreachable!",
    "todo!",
    "unimplemented!",
    "dbg!",
];
// In pieces, so that this file does not break its own rule.
const MACHINE_PATHS: &[&str] = &[
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/wo", "rk/"),
    concat!("/tmp", "/wt"),
];

fn rust(source: &Source) -> bool {
    source.is("rs")
}

fn ours(source: &Source) -> bool {
    source.is_in(&["src"]) && rust(source)
}

/// Every rule of the house that sources can be read for.
pub const RULES: &[Rule] = &[
    Rule {
        name: "the ground floor knows no browser",
        instead: "keep the rule here as a pure function and call the browser from platform, ui or a page",
        applies: |s| {
            s.is_in(&[
                "src/domain",
                "src/sop",
                "src/delivery",
                "src/console/runner",
                "src/console/whose.rs",
                "src/words",
                "src/config",
            ])
        },
        broken_by: Broken::Words(BROWSER),
    },
    Rule {
        name: "domain knows nothing of ours but itself",
        instead: "move what needs more than the field's nouns up to sop, api or a wing",
        applies: |s| s.is_in(&["src/domain"]),
        broken_by: Broken::ModulesBeside(&["domain"]),
    },
    Rule {
        name: "sop knows the ground floor only",
        instead: "return a Command and let console::runner perform it",
        applies: |s| s.is_in(&["src/sop"]),
        broken_by: Broken::ModulesBeside(&["sop", "domain", "config"]),
    },
    Rule {
        name: "config knows domain only",
        instead: "keep config to validated types; use them from a wing",
        applies: |s| s.is_in(&["src/config"]),
        broken_by: Broken::ModulesBeside(&["config", "domain"]),
    },
    Rule {
        name: "platform has no domain meaning",
        instead: "pass plain values; give them their meaning in api::embedded or console::runner",
        applies: |s| s.is_in(&["src/platform"]),
        broken_by: Broken::ModulesBeside(&["platform"]),
    },
    Rule {
        name: "words know nouns only",
        instead: "pass the noun in; what draws it belongs in a wing",
        applies: |s| s.is_in(&["src/words"]),
        broken_by: Broken::ModulesBeside(&["words", "delivery", "sop", "domain"]),
    },
    Rule {
        name: "the desk lends nobody a signal to write",
        instead: "make the field private, and show it by desk::screen::shown as one that can be read",
        applies: |s| {
            s.path == "src/console/desk/mod.rs" || s.path == "src/console/desk/screen/shown.rs"
        },
        broken_by: Broken::Lines(|s| {
            let lines = s.code.lines().zip(1..);
            lines
                .filter(|(line, _)| line.contains("pub") && line.contains("RwSignal<"))
                .map(|(_, number)| number)
                .collect()
        }),
    },
    Rule {
        name: "delivery is told, and does nothing",
        instead: "say the next step, and let console::runner take it",
        applies: |s| s.is_in(&["src/delivery"]),
        broken_by: Broken::ModulesBeside(&["delivery", "sop", "domain", "api"]),
    },
    Rule {
        name: "delivery is told what came, and asks for nothing",
        instead: "take the answer as an argument: console::runner asks",
        applies: |s| s.is_in(&["src/delivery"]),
        broken_by: Broken::Words(&["async ", ".await"]),
    },
    Rule {
        name: "the runner knows no desk and no words",
        instead: "ask for it in runner::world, and let the desk give it",
        applies: |s| s.is_in(&["src/console/runner"]),
        broken_by: Broken::Words(&["desk::", "Desk", "crate::words", "platform::", "pages::"]),
    },
    Rule {
        name: "only the settings speak of the embedded provider",
        instead: "ask the page or the mailer what it can do; api::provider chooses",
        applies: |s| {
            s.is_in(&["src/console", "src/bin/console.rs"])
                && !s.is_in(&["src/console/pages/settings"])
        },
        broken_by: Broken::Words(&["embedded::", "::embedded", "Embedded"]),
    },
    Rule {
        name: "api knows neither the SOP nor screens",
        instead: "take what the SOP decided as plain data and return plain data; a wing shows it",
        applies: |s| s.is_in(&["src/api"]),
        broken_by: Broken::Modules(&["sop", "words", "ui", "views", "status_page", "console"]),
    },
    Rule {
        name: "api knows no leptos",
        instead: "return plain data and futures; signals live in status_page::store and console::desk",
        applies: |s| s.is_in(&["src/api"]),
        broken_by: Broken::Words(&["leptos"]),
    },
    Rule {
        name: "ui imports nothing of ours",
        instead: "what knows the domain belongs in views",
        applies: |s| s.is_in(&["src/ui"]),
        broken_by: Broken::ModulesBeside(&["ui"]),
    },
    Rule {
        name: "views fetch nothing and serve both wings",
        instead: "take values as props; what only one wing needs belongs in that wing",
        applies: |s| s.is_in(&["src/views"]),
        broken_by: Broken::ModulesBeside(&["views", "ui", "domain"]),
    },
    Rule {
        name: "the status page knows no responder code",
        instead: "move what both wings need to views or domain",
        applies: |s| s.is_in(&["src/status_page", "src/bin/status.rs"]),
        broken_by: Broken::Modules(&["sop", "console"]),
    },
    Rule {
        name: "the console knows nothing of the status page",
        instead: "move what both wings need to views or domain",
        applies: |s| s.is_in(&["src/console", "src/bin/console.rs"]),
        broken_by: Broken::Modules(&["status_page"]),
    },
    Rule {
        name: "pages import neither api nor platform",
        instead: "read a slice of status_page::store or console::desk, and pass intents to it",
        applies: |s| s.is_in(&["src/status_page/pages", "src/console/pages"]),
        broken_by: Broken::Modules(&["api", "platform"]),
    },
    Rule {
        name: "pages do not touch the browser",
        instead: "one browser seam a file in platform, reached through the store or the desk",
        applies: |s| s.is_in(&["src/status_page/pages", "src/console/pages"]),
        broken_by: Broken::Words(&["web_sys", "js_sys"]),
    },
    Rule {
        name: "only platform::clock reads the time",
        instead: "take `now` as an argument; the tick carries the time",
        applies: |s| ours(s) && !s.is_in(&["src/platform/clock.rs"]),
        broken_by: Broken::Words(NOW),
    },
    Rule {
        name: "only platform::id takes chance",
        instead: "take the id as an argument; platform::id makes it",
        applies: |s| ours(s) && !s.is_in(&["src/platform/id.rs", "src/platform/crypto.rs"]),
        broken_by: Broken::Words(CHANCE),
    },
    Rule {
        name: "only api::http sends",
        instead: "build the request as plain data and hand it to api::http",
        applies: |s| ours(s) && !s.is_in(&["src/api/http"]),
        broken_by: Broken::Words(SENDING),
    },
    Rule {
        name: "only platform::storage touches storage",
        instead: "call platform::storage",
        applies: |s| ours(s) && !s.is_in(&["src/platform/storage"]),
        broken_by: Broken::Words(STORING),
    },
    Rule {
        name: "only wire.rs files hold vendor field names",
        instead: "put the vendor's struct into the adapter's wire.rs, with one conversion each way",
        applies: |s| ours(s) && !s.path.ends_with("/wire.rs") && !s.path.contains("/wire/"),
        broken_by: Broken::Text(VENDOR_FIELDS),
    },
    Rule {
        name: "only style/tokens.css holds colour literals",
        instead: "give the colour a name in style/tokens.css and use var(--name)",
        applies: |s| (ours(s) || s.is("css")) && s.path != "style/tokens.css",
        broken_by: Broken::Lines(colour_literals),
    },
    Rule {
        name: "no catch-all on our own enums",
        instead: "name every variant, so that a new one asks for a decision here; over tuples a comment \
                  right above the arm may give the reason instead",
        applies: ours,
        broken_by: Broken::Lines(catch_alls),
    },
    Rule {
        name: "nothing panics outside tests",
        instead: "return an error that the caller can show: a panic ends the app",
        applies: ours,
        broken_by: Broken::Words(PANICS),
    },
    Rule {
        name: "only the desk takes a context for granted",
        instead: "ask Desk::here(), or take what may be missing by use_context: expect_context panics",
        applies: |s| ours(s) && s.path != "src/console/desk/mod.rs",
        broken_by: Broken::Words(&["expect_context"]),
    },
    Rule {
        name: "an exception from a lint gives its reason",
        instead: "write #[expect(…, reason = \"…\")], or allow where it does not always arise",
        applies: |s| rust(s) && s.is_in(&["src", "tests", "examples"]),
        broken_by: Broken::Lines(exceptions_without_reason),
    },
    Rule {
        name: "no style attributes",
        instead: "use a class, an SVG attribute or style:name=; the policy of the pages refuses the attribute",
        applies: |s| ours(s) || s.is("html"),
        broken_by: Broken::Lines(style_attributes),
    },
    Rule {
        name: "words of the public page stand in views::words",
        instead: "make it a field of views::words, in every language",
        applies: |s| {
            s.is_in(&["src/status_page", "src/views", "src/api/public_page"])
                && !s.is_in(&["src/views/words"])
        },
        broken_by: Broken::Lines(words_for_readers),
    },
    Rule {
        name: "no inner_html",
        instead: "build a view; text from outside never becomes markup",
        applies: ours,
        broken_by: Broken::Words(&[
            "inner_html",
            "set_inner_html",
            "insert_adjacent_html",
            "set_outer_html",
        ]),
    },
    Rule {
        name: "a file says what it is for",
        instead: "begin the file with a //! line",
        applies: rust,
        broken_by: Broken::Lines(|s| {
            if s.raw.starts_with("//!") {
                vec![]
            } else {
                vec![1]
            }
        }),
    },
    Rule {
        name: "a file fits in a head",
        instead: "split it by what its parts are for",
        applies: |s| {
            ["rs", "css", "mjs", "ts", "js", "sh"]
                .iter()
                .any(|extension| s.is(extension))
        },
        broken_by: Broken::Lines(|s| {
            if s.raw.lines().count() > LONGEST {
                vec![LONGEST + 1]
            } else {
                vec![]
            }
        }),
    },
    Rule {
        name: "what a comment cites is in the project",
        instead: "cite docs/, or write the reason down here",
        applies: |s| {
            ["rs", "mjs", "js", "css", "sh", "toml"]
                .iter()
                .any(|extension| s.is(extension))
        },
        broken_by: Broken::Lines(missing_documents),
    },
    Rule {
        name: "no paths of somebody's machine",
        instead: "write the path relative to the repository",
        applies: |_| true,
        broken_by: Broken::Lines(|s| lines_with_path(&s.raw, MACHINE_PATHS)),
    },
];
