//! `config.json` read in a hurry: what is taken is what the whole reader would take, and an ordinary file is taken.

use allclear::config::PublicConfig;
use proptest::prelude::*;

const SHIPPED: &str = include_str!("../../public/config.json");
const HOSTED: &str = r#"{
  "organisation": "Überall & Söhne: \u201eStatus\u201c",
  "status_url": "https://status.example.com/",
  "support": "first.last+status@mail.example.com",
  "components": [
    { "id": "api", "name": "API" },
    { "id": "web", "name": "Web", "description": "In the browser", "group": "Core" }
  ],
  "source": { "kind": "statuspage", "url": "https://abc123.statuspage.io/api/v2/" },
  "links": { "subscribe": "https://status.example.com/subscribe", "rss": "http://feeds.example.com:8080/rss/" }
}"#;

fn quick(text: &str) -> Option<PublicConfig> {
    PublicConfig::quick(text, &serde_json::from_str(text).ok()?)
}

#[test]
fn ordinary_files_are_taken_at_once_and_alike() {
    let folder = HOSTED.replace("https://abc123.statuspage.io/api/v2/", "/api/v2");
    for file in [SHIPPED, HOSTED, &folder, &SHIPPED.replace('\n', " ")] {
        let quick = quick(file);
        assert!(quick.is_some(), "{file}");
        assert_eq!(quick, PublicConfig::parse(file).ok());
    }
}

#[test]
fn whatever_is_odd_is_left_to_the_whole_reader() {
    for (right, odd) in [
        ("\"support\":", "\"support\": \"a@b.example\", \"support\":"),
        ("\"api\", ", "\"api\", \"id\": \"api2\", "),
        ("\"organisation\":", "\"organization\":"),
        ("Überall", "Weird \\\": \\\" "),
        ("first.last", "first..last"),
        ("mail.example.com", "localhost"),
        ("mail.example.com", "-mail.example.com"),
        ("mail.example.com\"", "mail.example.com> <b@c.example\""),
        ("\"Web\"", "\"API\""),
        ("\"Web\"", "\" \""),
        ("\"Core\"", "1"),
        ("\"statuspage\"", "\"cachet\""),
        ("/api/v2/", "/api/v2/summary.json"),
        ("/api/v2/", "/api/v2/?page=1"),
        ("https://abc", "javascript:abc"),
        ("https://status.example.com/subscribe", "/subscribe"),
        ("\"rss\"", "\"telegram\""),
        ("{ \"id\": \"api\", \"name\": \"API\" }", "\"api\""),
        ("  \"source\"", "  \"sources\""),
        ("\n}", ""),
    ] {
        let file = HOSTED.replacen(right, odd, 1);
        assert_ne!(file, HOSTED, "{right}");
        assert_eq!(quick(&file), None, "{file}");
    }
    for file in ["", "null", "[]", "{}", "<!doctype html>"] {
        assert_eq!(quick(file), None, "{file}");
    }
}

/// What may stand in a file in the place of something else.
const PIECES: [&str; 22] = [
    "null",
    "1",
    "true",
    "\"\"",
    "\" \"",
    "\"x\"",
    "[]",
    "{}",
    "\"id\": \"api\", ",
    "\"name\": \"API\",",
    "\"support\": \"a@b.example\",",
    "\"kind\": \"embedded\"",
    "@",
    "..",
    "://",
    "\"",
    ",",
    ":",
    "{",
    "}",
    "\\u0041",
    " ",
];

proptest! {
    /// Whatever becomes of a file: what is taken in a hurry is what the whole reader takes.
    #[test]
    fn nothing_is_taken_that_the_whole_reader_would_refuse(
        hosted: bool,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, 0..PIECES.len()), 1..3),
    ) {
        let mut file: Vec<char> = if hosted { HOSTED } else { SHIPPED }.chars().collect();
        for (at, gone, piece) in edits {
            let at = at.index(file.len());
            let end = (at + gone).min(file.len());
            file.splice(at..end, PIECES[piece].chars());
        }
        let file: String = file.into_iter().collect();
        if let Some(quick) = quick(&file) {
            prop_assert_eq!(Ok(quick), PublicConfig::parse(&file), "{}", file);
        }
    }

    /// A whole value exchanged, at each of its places.
    #[test]
    fn a_value_exchanged_is_judged_alike(value in 0..PIECES.len(), place in any::<prop::sample::Index>()) {
        let places: Vec<usize> = HOSTED.match_indices(": \"").map(|(at, _)| at + 2).collect();
        let start = places[place.index(places.len())];
        let end = start + 1 + HOSTED[start + 1..].find('"').unwrap() + 1;
        let file = format!("{}{}{}", &HOSTED[..start], PIECES[value], &HOSTED[end..]);
        if let Some(quick) = quick(&file) {
            prop_assert_eq!(Ok(quick), PublicConfig::parse(&file), "{}", file);
        }
    }
}
