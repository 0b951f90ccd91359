//! Pages of lists: every list of the manage API has its own words and bounds for them.

use crate::call::Call;
use crate::store::Slice;

/// At most so many, whatever is asked for.
const MOST: u32 = 100;

fn number(call: &Call, name: &str) -> Option<u32> {
    call.query(name).and_then(|text| text.parse().ok())
}

fn slice(call: &Call, size: &str) -> Slice {
    let limit = number(call, size).unwrap_or(MOST).clamp(1, MOST);
    let page = number(call, "page").unwrap_or(1).max(1);
    Slice {
        limit,
        offset: limit.saturating_mul(page - 1),
    }
}

/// `limit` and `page`: all incidents.
pub fn by_limit(call: &Call) -> Slice {
    slice(call, "limit")
}

/// `per_page` and `page`: everything else.
pub fn by_page(call: &Call) -> Slice {
    slice(call, "per_page")
}

/// The part of a list.
pub fn part<T>(items: Vec<T>, slice: Slice) -> Vec<T> {
    let (offset, limit) = (slice.offset as usize, slice.limit as usize);
    items.into_iter().skip(offset).take(limit).collect()
}
