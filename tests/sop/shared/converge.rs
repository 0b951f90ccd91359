//! Any number of consoles, any order of stale reads and lossy writes, a vendor that replaces or one that
//! merges: once they read and write in turn, all know everything, and so does the page.

use allclear::sop::event::EventKind;
use allclear::sop::run::{Run, RunId};
use allclear::sop::shared::{Sheet, missing};
use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{say, take_in};
use crate::sop::properties::whats;
use crate::sop::support::at;

/// What the vendor does with the metadata of a write.
#[derive(Debug, Clone, Copy)]
enum Vendor {
    Replaces,
    Merges,
}

struct Console {
    device: String,
    run: Run,
    known: Sheet,
    /// As it was read last, perhaps long ago.
    read: Map<String, Value>,
}

impl Console {
    fn new(index: usize) -> Self {
        let id = RunId("run".to_owned());
        Self {
            device: format!("d{index}"),
            run: Run::new(id.clone()),
            known: Sheet::new(id),
            read: Map::new(),
        }
    }

    fn read(&mut self, page: &Map<String, Value>) {
        self.read.clone_from(page);
        take_in(&mut self.run, page);
        for sheet in Sheet::read(page) {
            self.known.join(&sheet);
        }
    }

    fn union(&self) -> Sheet {
        let mut union = Sheet::of(&self.run);
        union.join(&self.known);
        union
    }

    fn write(&self, page: &mut Map<String, Value>, vendor: Vendor) {
        let Some(all) = missing(&self.read, &self.union()) else {
            return;
        };
        match vendor {
            Vendor::Replaces => *page = all,
            Vendor::Merges => page.extend(all),
        }
    }
}

#[derive(Debug, Clone)]
enum Act {
    Say(usize, Box<EventKind>),
    Read(usize),
    Write(usize),
    /// Another program's key, or another console's version.
    Foreign(u8),
    /// Somebody throws everything away.
    Wipe,
}

fn acts() -> impl Strategy<Value = Act> {
    let console = || 0..4_usize;
    prop_oneof![
        4 => (console(), whats()).prop_map(|(who, what)| Act::Say(who, Box::new(what))),
        4 => console().prop_map(Act::Read),
        4 => console().prop_map(Act::Write),
        1 => any::<u8>().prop_map(Act::Foreign),
        1 => Just(Act::Wipe),
    ]
}

proptest! {
    #[test]
    fn consoles_that_read_and_write_converge(
        acts in prop::collection::vec(acts(), 1..60),
        replaces in any::<bool>(),
    ) {
        let vendor = if replaces { Vendor::Replaces } else { Vendor::Merges };
        let mut page = Map::new();
        let mut consoles: Vec<Console> = (0..4).map(Console::new).collect();
        let mut said = Run::new(RunId("run".to_owned()));
        for (second, act) in (0_i64..).zip(acts) {
            let now = at("14:00") + TimeDelta::seconds(second);
            match act {
                Act::Say(who, what) => {
                    let console = &mut consoles[who];
                    say(&mut console.run, &console.device.clone(), now, *what);
                    let event = console.run.events().find(|event| {
                        event.id.device == console.device && event.at == now
                    });
                    said.insert(event.unwrap().clone());
                }
                Act::Read(who) => consoles[who].read(&page),
                Act::Write(who) => consoles[who].write(&mut page, vendor),
                Act::Foreign(key) => drop(page.insert(format!("other{key}"), json!({"at": second}))),
                Act::Wipe => page.retain(|key, _| key.starts_with("other")),
            }
        }
        let foreign: Vec<(String, Value)> = page
            .iter()
            .filter(|(key, _)| key.starts_with("other"))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        for _ in 0..2 {
            for console in &mut consoles {
                console.read(&page);
                console.write(&mut page, vendor);
            }
        }
        let wanted = Sheet::of(&said).projected().ids();
        let there = Sheet::read(&page).iter().flat_map(Sheet::ids).collect();
        prop_assert_eq!(&wanted, &there, "the page has everything");
        for console in &mut consoles {
            let before = page.clone();
            console.read(&page);
            console.write(&mut page, vendor);
            prop_assert_eq!(&before, &page, "nothing is left to write");
            let ids = Sheet::of(&console.run).ids();
            prop_assert!(wanted.iter().all(|id| ids.contains(id)), "nothing is lost");
        }
        for (key, value) in foreign {
            prop_assert_eq!(&page[&key], &value);
        }
    }
}
