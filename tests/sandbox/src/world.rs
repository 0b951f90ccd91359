//! Everything that a handler may read and change.

use std::collections::HashSet;

use crate::call::Stop;
use crate::clock::Author;
use crate::limits::Windows;
use crate::seed;
use crate::store::Store;
use crate::switches::Switches;

/// The sandbox's state.
#[derive(Debug, Default)]
pub struct World {
    /// What it knows.
    pub store: Store,
    /// What a test has turned.
    pub switches: Switches,
    /// The time that a test gives it; `None` for the machine's.
    pub given: Option<Author>,
    /// How far its clock is ahead of that, seconds.
    pub ahead_seconds: i64,
    /// Who asked how often.
    pub windows: Windows,
    /// Idempotency keys of requests that are being worked on.
    pub busy: HashSet<String>,
}

impl World {
    /// With the page that every sandbox begins with, by a clock of a test's where one is given.
    pub fn seeded(given: Option<Author>) -> Result<Self, Stop> {
        let world = Self {
            given,
            ..Self::default()
        };
        seed::page(&world)?;
        Ok(world)
    }

    /// Back to the seed, clock and switches too.
    pub fn reset(&mut self) -> Result<(), Stop> {
        self.store.clear();
        self.switches = Switches::default();
        self.ahead_seconds = 0;
        self.windows = Windows::default();
        seed::page(self)
    }

    /// The server's time.
    pub fn now(&self) -> Author {
        let ahead = self
            .ahead_seconds
            .saturating_add(self.switches.skew_seconds);
        match self.given {
            Some(given) => given.plus(ahead),
            None => Author::now(ahead),
        }
    }

    /// An id as Statuspage gives them: twelve small letters and digits.
    pub fn id(&self) -> Result<String, Stop> {
        const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
        let mut rest = stirred(self.store.next());
        let mut id = String::new();
        for _ in 0..12 {
            let digit = usize::try_from(rest % 36).unwrap_or_default();
            id.push(DIGITS.get(digit).copied().map_or('0', char::from));
            rest /= 36;
        }
        Ok(id)
    }

    /// An id as the mail services give them: a UUID.
    pub fn uuid(&self) -> Result<String, Stop> {
        let n = self.store.next();
        let hex = format!("{:016x}{:016x}", stirred(n), stirred(!n));
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default().to_owned();
        Ok(format!(
            "{}-{}-4{}-a{}-{}",
            part(0, 8),
            part(8, 12),
            part(13, 16),
            part(17, 20),
            part(20, 32)
        ))
    }
}

/// A number that looks like chance, always the same for the same one (`splitmix64`).
fn stirred(n: u64) -> u64 {
    let mut z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
