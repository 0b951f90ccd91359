//! The three forms of a webhook's request. Each shows the words as they are: nothing in them rings anybody, and no word
//! leads elsewhere than it says.

use serde_json::{Value, json};

use crate::api::error::ApiError;
use crate::api::http::{Method, Request};
use crate::config::ChatService;

/// Where the edge takes notices, below the site's path.
const NOTICE: &str = "api/team/notice";

/// A sign without width: what stands on its two sides is no longer one word to a machine, and looks as before.
const APART: char = '\u{200b}';

/// The request that puts a text into the channel.
///
/// # Errors
/// The service does not take so long a text: nothing of it is cut.
pub fn request(site: &str, service: ChatService, text: &str) -> Result<Request, ApiError> {
    let shown = shown(service, text);
    let length = shown.encode_utf16().count();
    if let Some(most) = service.longest().filter(|most| length > *most) {
        return Err(ApiError::NotSent(format!(
            "the text has {length} characters, and {} takes {most}; nothing was sent; shorten the text",
            service.name()
        )));
    }
    let body = body(service, &shown).to_string();
    let url = format!("{site}{NOTICE}");
    Ok(Request::edge(Method::Post, url, Some(body)))
}

fn body(service: ChatService, shown: &str) -> Value {
    match service {
        ChatService::Slack => json!({ "text": shown }),
        ChatService::Discord => json!({ "allowed_mentions": { "parse": [] }, "content": shown }),
        ChatService::Teams => json!({
            "attachments": [{
                "content": {
                    "body": [{ "text": shown, "type": "TextBlock", "wrap": true }],
                    "type": "AdaptiveCard",
                    "version": "1.4",
                },
                "contentType": "application/vnd.microsoft.card.adaptive",
            }],
            "type": "message",
        }),
    }
}

/// A text as a service has to be given it to show it as it stands.
fn shown(service: ChatService, text: &str) -> String {
    // Else words in brackets would be a link to elsewhere: in Discord, Mattermost, Rocket.Chat and Teams.
    let text = text.replace("](", &format!("]{APART}("));
    match service {
        ChatService::Slack => {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            unrung(&text.replace('>', "&gt;"))
        }
        ChatService::Discord => text,
        // A single line end is a blank there.
        ChatService::Teams => text.replace("\r\n", "\n").replace('\n', "\n\n"),
    }
}

/// A text whose "@channel" and "@here" ring nobody: Mattermost and Rocket.Chat know no other way to say so. An address of
/// email stays in one piece.
fn unrung(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for sign in text.chars() {
        out.push(sign);
        // A letter beyond ASCII begins no address for them, and neither does a dash or a blank.
        if sign == '@' && !before.is_some_and(|sign: char| sign.is_ascii_alphanumeric()) {
            out.push(APART);
        }
        before = Some(sign);
    }
    out
}
