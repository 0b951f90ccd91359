//! No rule takes long over any text that a field accepts: hostile units, repeated to a megabyte, cost what their length
//! costs (an exponent of no more than 1.2). Time is counted on the processor, so that a busy machine changes nothing;
//! what stays below the floor at its longest is quick enough whatever its growth.

mod rules;

use std::time::Instant;

/// The longest text, in bytes.
pub const LONG: usize = 1_000_000;
/// From one size to the next.
const STEP: usize = 16;
/// What `STEP` times the length may cost: `STEP` to the power of 1.2.
const MOST: f64 = 27.9;
/// What takes less than this at its longest is no matter, in seconds; the tests run without optimising.
const FLOOR: f64 = 0.1;
/// How often a growth that seems too great is measured again.
const TRIES: usize = 4;

/// Units of which hostile texts are made for every rule: what opens and never closes, what is looked back over, letters
/// that are more than they seem.
const COMMON: &[&str] = &[
    "a", " ", "\n", "\u{301}", "中.", "👩‍🚀", "\u{202e}\u{0}", "<", "\"", "[", "](", "*", "@", "http", "](http:// ",
];

/// The seconds of the processor that this thread has used; of the wall where the system does not tell.
fn spent(begun: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| begun.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}

fn cost(rule: &impl Fn(&str), text: &str) -> f64 {
    let begun = Instant::now();
    let before = spent(begun);
    rule(text);
    spent(begun) - before
}

/// Holds a rule to it, with every common unit and its own, up to `longest` bytes.
pub fn holds(name: &str, longest: usize, own: &[&str], rule: impl Fn(&str)) {
    let units = COMMON.iter().chain(own);
    let wrong: Vec<String> = units
        .filter_map(|unit| grows(unit, longest, &rule))
        .collect();
    assert!(wrong.is_empty(), "{name}: {wrong:#?}");
}

/// What is wrong with the growth of a rule's cost, if anything is.
fn grows(unit: &str, longest: usize, rule: &impl Fn(&str)) -> Option<String> {
    let text = |bytes: usize| unit.repeat(bytes / unit.len());
    // From a length on at which nothing can take long, so that what grows too fast is seen before it takes for ever.
    let mut length = longest / STEP / STEP;
    let mut shorter = f64::INFINITY;
    loop {
        let long = text(length);
        let mut least = f64::INFINITY;
        for attempt in 0..TRIES {
            least = least.min(cost(rule, &long));
            if least <= FLOOR || least <= shorter * MOST {
                break;
            }
            // The shorter one may have been lucky, or this one unlucky.
            if attempt > 0 {
                shorter = shorter.max(cost(rule, &text(length / STEP)));
            }
        }
        if least > FLOOR && least > shorter * MOST {
            return Some(format!(
                "{length} bytes of {unit:?} take {least:.3} s, a {STEP}th of it {shorter:.3} s"
            ));
        }
        if length >= longest {
            return None;
        }
        // What is shorter than the floor can hardly be measured.
        shorter = least.max(FLOOR / 16.0);
        length = (length * STEP).min(longest);
    }
}

#[test]
fn what_grows_too_fast_is_seen() {
    let squared = |text: &str| {
        let bytes = text.as_bytes();
        let pairs = bytes
            .iter()
            .flat_map(|one| bytes.iter().map(move |other| one == other));
        assert!(pairs.fold(false, |any, equal| any ^ equal) || bytes.len() > 1);
    };
    assert!(grows("ab", 16_000, &squared).is_some());
    let once = |text: &str| assert!(text.bytes().map(u64::from).sum::<u64>() > 0);
    assert_eq!(grows("ab", LONG, &once), None);
}
