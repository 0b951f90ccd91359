//! A small random generator of our own (splitmix64), so that a seed gives the same history in every
//! build and browser.

/// A stream of numbers that a seed decides.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number in `[from, until)`; `from` where the range is empty.
    pub(super) fn between(&mut self, from: i64, until: i64) -> i64 {
        let width = until.saturating_sub(from).max(1).unsigned_abs();
        from.saturating_add_unsigned(self.next() % width)
    }

    /// A place in something of that length.
    pub(super) fn place(&mut self, length: usize) -> usize {
        let length = u64::try_from(length).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % length).unwrap_or_default()
    }

    /// An id of twelve small letters and digits.
    pub(super) fn id(&mut self) -> String {
        (0..12)
            .filter_map(|_| ALPHABET.get(self.place(ALPHABET.len())))
            .map(|letter| char::from(*letter))
            .collect()
    }

    /// Puts things in a random order.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.place(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_published_numbers_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn stays_within_its_bounds_and_survives_empty_ones() {
        let mut random = Random::new(7);
        assert!((0..1_000).all(|_| (3..9).contains(&random.between(3, 9))));
        assert_eq!(random.between(5, 5), 5);
        assert_eq!(random.place(0), 0);
    }
}
