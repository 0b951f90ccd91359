//! Reading a post back: what stands in the places of the playbook's templates, in a text that was made from one.

use crate::domain::text::plain;
use crate::sop::channel::Channel;
use crate::sop::facts::Fact;
use crate::sop::playbook::{Message, Playbook};
use crate::sop::template::{Piece, Source, Template};

/// What stands in the places of a post of the page, in order; nothing where the playbook's words did not make it.
pub fn places(sop: &Playbook, body: &str) -> Vec<(Source, String)> {
    let body = plain(body);
    let found = posts(sop).find_map(|message| read(&message.body, body.trim()));
    let places = found.unwrap_or_default().into_iter();
    places
        .map(|(source, value)| (source, value.to_owned()))
        .collect()
}

/// The service that a title of the page names, where the playbook's words made it.
pub fn service_in(sop: &Playbook, title: &str) -> Option<String> {
    let title = plain(title);
    let titles = posts(sop).flat_map(|message| message.title.iter().chain(&message.title_plain));
    let mut read = titles.filter_map(|template| read(template, title.trim()));
    let (_, service) = read.find_map(|found| {
        let mut places = found.into_iter();
        places.find(|(source, _)| *source == Source::Fact(Fact::Service))
    })?;
    Some(service.to_owned()).filter(|service| !service.is_empty())
}

fn posts(sop: &Playbook) -> impl Iterator<Item = &Message> {
    let messages = sop.messages.iter();
    messages.filter(|message| message.purpose.channel == Channel::Page)
}

/// What stands in the places of a template in a text that was made from it, in order; more may follow in lines of its own.
/// `None` where the text was not made from it, or where it cannot be told where a place ends.
fn read<'t>(template: &Template, text: &'t str) -> Option<Vec<(Source, &'t str)>> {
    let mut rest = text;
    let mut open = None;
    let mut found = Vec::new();
    let pieces = template.pieces();
    let last = pieces.last();
    for piece in pieces {
        match piece {
            Piece::Place { source, .. } => {
                if open.replace(*source).is_some() {
                    return None;
                }
            }
            Piece::Text(words) => {
                let ends = last.is_some_and(|last| std::ptr::eq(last, piece));
                let words = if ends { words.trim_end() } else { words };
                let (before, after) = rest.split_once(words)?;
                match open.take() {
                    Some(source) => found.push((source, before.trim())),
                    None if before.is_empty() => {}
                    None => return None,
                }
                rest = after;
            }
        }
    }
    let (line, _) = rest.split_once('\n').unwrap_or((rest, ""));
    match open {
        Some(source) => found.push((source, line.trim())),
        None if line.trim().is_empty() => {}
        None => return None,
    }
    Some(found)
}
