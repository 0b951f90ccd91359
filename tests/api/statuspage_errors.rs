//! What went wrong at Statuspage, in words.

use allclear::api::http::Response;
use allclear::api::statuspage::errors::{self, Target};

fn answered(status: u16, body: &str) -> Response {
    Response {
        status,
        headers: Vec::new(),
        body: body.to_owned(),
    }
}

#[test]
fn errors_are_told_in_plain_words_whatever_their_form() {
    for (status, body, target, words) in [
        (
            401,
            "{\"error\":\"Could not authenticate\"}",
            Target::Page,
            "the service does not accept the key that the edge adds: it is wrong, or it was revoked; nothing was sent; whoever runs the edge has to set a good one there (see the deployment notes)",
        ),
        (
            422,
            "{\"error\":{\"name\":[\"can't be blank\",\"is too short\"],\"status\":\"is odd\"}}",
            Target::Page,
            "Statuspage refuses it: name can't be blank; name is too short; status is odd",
        ),
        (
            422,
            "{\"error\":[\"Name can't be blank\",\"Body\\nis odd\"]}",
            Target::Page,
            "Statuspage refuses it: Name can't be blank; Body is odd",
        ),
        (
            422,
            "{\"error\":{\"component_ids\":[\"c1 does not exist\"]}}",
            Target::Page,
            "Statuspage refuses it: component ids c1 does not exist",
        ),
        (
            400,
            "{\"message\":\"incident is missing\"}",
            Target::Incident,
            "Statuspage refuses it: incident is missing",
        ),
        (422, "{}", Target::Page, "the server answered 422"),
        (
            404,
            "{\"error\":\"not found\"}",
            Target::Page,
            "Statuspage has no page of this id, or the key is another page's: see page_id in team.toml",
        ),
        (
            404,
            "{\"error\":\"not found\"}",
            Target::Incident,
            "the incident is not on the page: it was deleted there, or it is another page's",
        ),
    ] {
        let error = errors::read(&answered(status, body), true, target).unwrap_err();
        assert_eq!(error.to_string(), words, "{status} {body}");
        assert!(!error.may_have_happened());
    }
    let mut pinned = answered(404, "{\"edge\":\"refused\"}");
    pinned.headers = vec![("x-allclear-edge".to_owned(), "refused".to_owned())];
    let error = errors::read(&pinned, true, Target::Incident).unwrap_err();
    assert!(
        error.to_string().contains("page_id in team.toml"),
        "{error}"
    );
    let long = format!("{{\"error\":\"{}\"}}", "x".repeat(100_000));
    let error = errors::read(&answered(422, &long), true, Target::Page).unwrap_err();
    assert!(error.to_string().len() < 400);
    let down = errors::read(&answered(500, "{}"), true, Target::Page).unwrap_err();
    assert!(down.may_have_happened());
}
