//! Bad samples: each breaks one rule at one line, which proves that the rule can fail. And good ones, which
//! look bad and are not.

/// A rule's name, a path, a text, and the line that is wrong.
pub const BAD: &[(&str, &str, &str, usize)] = &[
    (
        "the ground floor knows no browser",
        "src/domain/x.rs",
        "//! X.\nuse leptos::prelude::*;\n",
        2,
    ),
    (
        "the ground floor knows no browser",
        "src/sop/run/x.rs",
        "//! X.\nfn f() { web_sys::window(); }\n",
        2,
    ),
    (
        "domain knows nothing of ours but itself",
        "src/domain/x.rs",
        "//! X.\nuse crate::sop::Duty;\n",
        2,
    ),
    (
        "domain knows nothing of ours but itself",
        "src/domain/x.rs",
        "//! X.\nuse super::super::api::Page;\n",
        2,
    ),
    (
        "sop knows the ground floor only",
        "src/sop/x.rs",
        "//! X.\nuse crate::{\n    domain::{page::Page, stamp},\n    api,\n};\n",
        2,
    ),
    (
        "the ground floor knows no browser",
        "src/console/runner/x.rs",
        "//! X.\nuse leptos::prelude::*;\n",
        2,
    ),
    (
        "delivery is told, and does nothing",
        "src/delivery/x.rs",
        "//! X.\nuse crate::console::runner;\n",
        2,
    ),
    (
        "delivery is told what came, and asks for nothing",
        "src/delivery/x.rs",
        "//! X.\npub async fn f() {}\n",
        2,
    ),
    (
        "the runner knows no desk and no words",
        "src/console/runner/x.rs",
        "//! X.\nuse crate::console::desk::Desk;\n",
        2,
    ),
    (
        "the desk lends nobody a signal to write",
        "src/console/desk/screen/shown.rs",
        "//! X.\nimpl Desk {\n    pub fn said(self) -> RwSignal<Said> {}\n}\n",
        3,
    ),
    (
        "only the settings speak of the embedded provider",
        "src/console/desk/x.rs",
        "//! X.\nuse crate::api::embedded::Writer;\n",
        2,
    ),
    (
        "config knows domain only",
        "src/config/team.rs",
        "//! X.\nuse crate::platform::storage;\n",
        2,
    ),
    (
        "platform has no domain meaning",
        "src/platform/x.rs",
        "//! X.\nfn f(at: crate::domain::page::Page) {}\n",
        2,
    ),
    (
        "api knows neither the SOP nor screens",
        "src/api/x.rs",
        "//! X.\nuse crate::views::badge;\n",
        2,
    ),
    (
        "api knows neither the SOP nor screens",
        "src/api/mail/x.rs",
        "//! X.\nuse crate::sop::channel::Channel;\n",
        2,
    ),
    (
        "words know nouns only",
        "src/words/x.rs",
        "//! X.\nuse crate::console::desk::Desk;\n",
        2,
    ),
    (
        "api knows no leptos",
        "src/api/x.rs",
        "//! X.\nuse leptos::prelude::*;\n",
        2,
    ),
    (
        "ui imports nothing of ours",
        "src/ui/button.rs",
        "//! X.\nuse crate::domain::page::Page;\n",
        2,
    ),
    (
        "views fetch nothing and serve both wings",
        "src/views/x.rs",
        "//! X.\nuse crate::api::page;\n",
        2,
    ),
    (
        "the status page knows no responder code",
        "src/status_page/x.rs",
        "//! X.\nuse crate::sop::Duty;\n",
        2,
    ),
    (
        "the status page knows no responder code",
        "src/bin/status.rs",
        "//! X.\nuse allclear::console::App;\n",
        2,
    ),
    (
        "the console knows nothing of the status page",
        "src/console/x.rs",
        "//! X.\nuse crate::status_page::board;\n",
        2,
    ),
    (
        "pages import neither api nor platform",
        "src/console/pages/x.rs",
        "//! X.\nuse crate::platform::clock;\n",
        2,
    ),
    (
        "pages do not touch the browser",
        "src/status_page/pages/x.rs",
        "//! X.\nlet _ = web_sys::window();\n",
        2,
    ),
    (
        "only platform::clock reads the time",
        "src/console/x.rs",
        "//! X.\nlet now = js_sys::Date::now();\n",
        2,
    ),
    (
        "only platform::clock reads the time",
        "src/sop/x.rs",
        "//! X.\nlet now = chrono::Utc::now();\n",
        2,
    ),
    (
        "only platform::id takes chance",
        "src/console/x.rs",
        "//! X.\nlet id = crypto.random_uuid();\n",
        2,
    ),
    (
        "only api::http sends",
        "src/api/embedded/x.rs",
        "//! X.\nuse gloo_net::http::Request;\n",
        2,
    ),
    (
        "only platform::storage touches storage",
        "src/console/x.rs",
        "//! X.\nwindow.local_storage();\n",
        2,
    ),
    (
        "only platform::storage touches storage",
        "src/api/embedded/x.rs",
        "//! X.\nuse idb::Factory;\n",
        2,
    ),
    (
        "only wire.rs files hold vendor field names",
        "src/api/x.rs",
        "//! X.\nlet body = r#\"{\"HtmlBody\":1}\"#;\n",
        2,
    ),
    (
        "only style/tokens.css holds colour literals",
        "style/x.css",
        "a { top: 0;\n  border: 1px solid #fa0;\n}\n",
        2,
    ),
    (
        "only style/tokens.css holds colour literals",
        "style/x.css",
        "a {\n  color: oklch(1 0 0);\n}\n",
        2,
    ),
    (
        "only style/tokens.css holds colour literals",
        "style/x.css",
        "a {\n  color: white;\n}\n",
        2,
    ),
    (
        "only style/tokens.css holds colour literals",
        "src/ui/x.rs",
        "//! X.\nlet ink = \"#12ab34\";\n",
        2,
    ),
    (
        "no catch-all on our own enums",
        "src/sop/x.rs",
        "//! X.\nlet a = match s {\n  Status::Open => 1,\n  _ => 2,\n};\n",
        4,
    ),
    (
        "no catch-all on our own enums",
        "src/sop/x.rs",
        "//! X.\nmatch (a, b) {\n  (Self::Open, Some(Kind::Big { .. })) => { f({ 1 }) }\n  other => g(other),\n}\n",
        4,
    ),
    (
        "no catch-all on our own enums",
        "src/sop/x.rs",
        "//! X.\nmatch s {\n  Status::Open => 1,\n  // A comment is no excuse here.\n  _ => 2,\n}\n",
        5,
    ),
    (
        "nothing panics outside tests",
        "src/ui/x.rs",
        "//! X.\nlet x = y.unwrap();\n",
        2,
    ),
    (
        "nothing panics outside tests",
        "src/ui/x.rs",
        "//! X.\n#[cfg(test)]\nmod tests {}\nfn f() { panic!(\"no\") }\n",
        4,
    ),
    (
        "only the desk takes a context for granted",
        "src/console/app.rs",
        "//! X.\nlet x = expect_context::<X>();\n",
        2,
    ),
    (
        "an exception from a lint gives its reason",
        "src/ui/x.rs",
        "//! X.\n#[allow(dead_code)]\nfn f() {}\n",
        2,
    ),
    (
        "no style attributes",
        "src/ui/x.rs",
        "//! X.\nview! { <p style=\"color:red\">a</p> }\n",
        2,
    ),
    (
        "no style attributes",
        "console/index.html",
        "<html>\n<p style='x'>a</p>\n",
        2,
    ),
    (
        "no inner_html",
        "src/ui/x.rs",
        "//! X.\nview! { <p inner_html=text></p> }\n",
        2,
    ),
    ("a file says what it is for", "src/ui/x.rs", "use x;\n", 1),
    (
        "no paths of somebody's machine",
        "tools/x.mjs",
        concat!("a\nread(\"/ho", "me/me/x\")\n"),
        2,
    ),
    (
        "words of the public page stand in views::words",
        "src/status_page/pages/x.rs",
        "//! X.\nrouter.name(\"Page not found\");\n",
        2,
    ),
    (
        "words of the public page stand in views::words",
        "src/api/public_page/x.rs",
        "//! X.\nconst NO_TITLE: &str = \"Incident without a title\";\n",
        2,
    ),
    (
        "words of the public page stand in views::words",
        "src/views/x.rs",
        "//! X.\nview! { <p class=\"state late\">\n\"lasted\"</p> }\n",
        3,
    ),
    (
        "words of the public page stand in views::words",
        "src/views/x.rs",
        "//! X.\nlet said = format!(\"in {} \", left);\n",
        2,
    ),
    (
        "what a comment cites is in the project",
        "src/sop/x.rs",
        "//! X, as docs/duties.md has it.\nconst A: &str = \"lost.md\";\n/// Rule 8 of `duties.md`.\nfn f() {}\n",
        3,
    ),
    (
        "what a comment cites is in the project",
        "src/sop/x.rs",
        "//! X, as docs/duties.md has it.\n/// Read by `src/lost.rs`, proved in `tests/delivery/`.\nfn f() {}\n",
        2,
    ),
];

/// A path and a text that break no rule at all.
pub const GOOD: &[(&str, &str)] = &[
    (
        "src/domain/x.rs",
        "//! Not leptos, and no web_sys.\n/* use crate::sop; /* Utc::now() */ */\nfn f() -> &'static str { \"panic!(leptos)\" }\n",
    ),
    (
        "src/domain/x.rs",
        "//! X.\n#[cfg(test)]\nmod tests {\n    use crate::sop::Duty;\n    #[test]\n    fn t() { Utc::now(); x.unwrap(); \"HtmlBody\"; }\n}\n",
    ),
    (
        "src/domain/incident/x.rs",
        "//! X.\nuse super::super::page::Page;\nuse super::stamp;\nuse crate::domain::{page, utc_text::{self, Stamp}};\n",
    ),
    (
        "src/sop/x.rs",
        "//! X.\nlet a = match word.as_str() {\n  \"a\" => Self::Open,\n  _ => Self::Unknown(word),\n};\n",
    ),
    (
        "src/sop/x.rs",
        "//! X.\nlet a = match s {\n  Status::Open => match n { 1 => 'a', '\\'' => '{', _ => 'b' },\n  Status::Done | Status::Unknown(_) => 2,\n};\n",
    ),
    (
        "src/sop/x.rs",
        "//! X.\nlet a = match a.cmp(&b) { Ordering::Less => 1, _ => 2 };\nlet b = x.unwrap_or_default();\n",
    ),
    (
        "src/platform/x.rs",
        "//! X.\nuse vendor::Error as E;\nuse toml::{Kind, de};\nlet a = match e { E::Gone(x) => x, other => f(other) };\nlet b = match k { Kind::Big => 1, _ => 2 };\n",
    ),
    (
        "src/sop/x.rs",
        "//! X.\nlet a = match (a, b) {\n  (Status::Open, Some(1)) => 1,\n  // No other pair asks for anything.\n  _ => 2,\n};\n",
    ),
    (
        "tests/x.rs",
        "//! X.\n#![allow(\n    clippy::unwrap_used,\n    reason = \"a test\"\n)]\n#[expect(dead_code, reason = \"so\")]\nfn f() {}\n",
    ),
    (
        "src/platform/clock.rs",
        "//! X.\nlet now = js_sys::Date::now();\n",
    ),
    (
        "src/api/http/fetch.rs",
        "//! X.\nuse gloo_net::http::Request;\n",
    ),
    (
        "first/x.mjs",
        "// X: `src/status_page/pages/home/mod.rs`.\n",
    ),
    (
        "src/ui/x.rs",
        "//! X.\nview! { <p style:width=move || width.get() class=\"a\">\"#3\"</p> }\n",
    ),
    (
        "style/x.css",
        "/* #fff, white */\n#face { color: var(--ink); background: transparent; white-space: nowrap; }\n@media (min-width: 3rem) { #add a:hover { fill: currentColor; } }\n",
    ),
    ("style/tokens.css", ":root { --paper: #fff; }\n"),
    (
        "src/views/x.rs",
        "//! X.\nlet tone = match a { A::B => \"partial\" };\nview! { <p class=\"state late\">{say.lasted} \" \" \"(\"</p> }\n",
    ),
    (
        "src/views/words/english.rs",
        "//! X.\nconst SAY: &str = \"Page not found\";\n",
    ),
];
