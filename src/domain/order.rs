//! Putting short lists in order. The standard sort is made for millions: it is compiled into kilobytes for
//! every type that is sorted, and readers download them.

/// The items, the smallest key first; items of one key stay in the order in which they came.
pub fn by_key<T, K: Ord>(items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut ordered: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let own = key(&item);
        let at = ordered.partition_point(|other| key(other) <= own);
        ordered.insert(at, item);
    }
    ordered
}

/// The same of items that may come the other way round, as the source lists them: ten thousand that are each put in front of
/// all others would be moved a million times a second.
pub fn by_key_turned<T, K: Ord>(mut items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    if items.first().map(&key) > items.last().map(&key) {
        items.reverse();
    }
    by_key(items, key)
}

#[cfg(test)]
mod tests {
    use super::{by_key, by_key_turned};

    #[test]
    fn what_comes_the_other_way_round_is_in_the_same_order() {
        let ordered = by_key_turned((0..10_000).rev().collect(), |number: &i32| *number);
        assert!(ordered.iter().copied().eq(0..10_000));
        assert_eq!(by_key_turned(vec![2, 0, 1], |number| *number), [0, 1, 2]);
        assert!(by_key_turned(Vec::<u8>::new(), |number| *number).is_empty());
    }

    #[test]
    fn the_smallest_key_is_first_and_equal_ones_keep_their_order() {
        let items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        let ordered = by_key(items, |(number, _)| *number);
        assert_eq!(ordered, [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn nothing_is_in_order() {
        assert!(by_key(Vec::<u8>::new(), |number| *number).is_empty());
    }
}
