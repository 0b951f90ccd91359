//! Emoji, as far as X's counting needs them: which characters belong together to one of them.
//!
//! The published table is of 2018. Where it stops, the grammar of Unicode's technical standard 51 goes on:
//! what is joined, coloured or tagged is one emoji.

const JOINER: char = '\u{200d}';
const AS_EMOJI: char = '\u{fe0f}';
const AS_TEXT: char = '\u{fe0e}';
const KEYCAP: char = '\u{20e3}';
const BLACK_FLAG: char = '\u{1f3f4}';
const CANCEL_TAG: char = '\u{e007f}';

/// Characters of the basic plane that are emoji, by themselves or with a selector.
const BASIC: [(u32, u32); 78] = [
    (0x203c, 0x203c),
    (0x2049, 0x2049),
    (0x2122, 0x2122),
    (0x2139, 0x2139),
    (0x2194, 0x2199),
    (0x21a9, 0x21aa),
    (0x231a, 0x231b),
    (0x2328, 0x2328),
    (0x23cf, 0x23cf),
    (0x23e9, 0x23f3),
    (0x23f8, 0x23fa),
    (0x24c2, 0x24c2),
    (0x25aa, 0x25ab),
    (0x25b6, 0x25b6),
    (0x25c0, 0x25c0),
    (0x25fb, 0x25fe),
    (0x2600, 0x2604),
    (0x260e, 0x260e),
    (0x2611, 0x2611),
    (0x2614, 0x2615),
    (0x2618, 0x2618),
    (0x261d, 0x261d),
    (0x2620, 0x2620),
    (0x2622, 0x2623),
    (0x2626, 0x2626),
    (0x262a, 0x262a),
    (0x262e, 0x262f),
    (0x2638, 0x263a),
    (0x2640, 0x2640),
    (0x2642, 0x2642),
    (0x2648, 0x2653),
    (0x265f, 0x2660),
    (0x2663, 0x2663),
    (0x2665, 0x2666),
    (0x2668, 0x2668),
    (0x267b, 0x267b),
    (0x267e, 0x267f),
    (0x2692, 0x2697),
    (0x2699, 0x2699),
    (0x269b, 0x269c),
    (0x26a0, 0x26a1),
    (0x26a7, 0x26a7),
    (0x26aa, 0x26ab),
    (0x26b0, 0x26b1),
    (0x26bd, 0x26be),
    (0x26c4, 0x26c5),
    (0x26c8, 0x26c8),
    (0x26ce, 0x26cf),
    (0x26d1, 0x26d1),
    (0x26d3, 0x26d4),
    (0x26e9, 0x26ea),
    (0x26f0, 0x26f5),
    (0x26f7, 0x26fa),
    (0x26fd, 0x26fd),
    (0x2702, 0x2702),
    (0x2705, 0x2705),
    (0x2708, 0x270d),
    (0x270f, 0x270f),
    (0x2712, 0x2712),
    (0x2714, 0x2714),
    (0x2716, 0x2716),
    (0x271d, 0x271d),
    (0x2721, 0x2721),
    (0x2728, 0x2728),
    (0x2733, 0x2734),
    (0x2744, 0x2744),
    (0x2747, 0x2747),
    (0x274c, 0x274c),
    (0x2753, 0x2757),
    (0x2763, 0x2764),
    (0x2795, 0x2797),
    (0x27a1, 0x27a1),
    (0x2934, 0x2935),
    (0x2b05, 0x2b07),
    (0x2b1b, 0x2b1c),
    (0x3030, 0x303d),
    (0x3297, 0x3297),
    (0x3299, 0x3299),
];

/// Emoji that take a colour of skin.
const SKIN: [(u32, u32); 45] = [
    (0x261d, 0x261d),
    (0x26f7, 0x26f7),
    (0x26f9, 0x26f9),
    (0x270a, 0x270d),
    (0x1f385, 0x1f385),
    (0x1f3c2, 0x1f3c4),
    (0x1f3c7, 0x1f3c7),
    (0x1f3ca, 0x1f3cc),
    (0x1f442, 0x1f443),
    (0x1f446, 0x1f450),
    (0x1f466, 0x1f46d),
    (0x1f46e, 0x1f46e),
    (0x1f470, 0x1f478),
    (0x1f47c, 0x1f47c),
    (0x1f481, 0x1f483),
    (0x1f485, 0x1f487),
    (0x1f48f, 0x1f48f),
    (0x1f491, 0x1f491),
    (0x1f4aa, 0x1f4aa),
    (0x1f574, 0x1f575),
    (0x1f57a, 0x1f57a),
    (0x1f590, 0x1f590),
    (0x1f595, 0x1f596),
    (0x1f645, 0x1f647),
    (0x1f64b, 0x1f64f),
    (0x1f6a3, 0x1f6a3),
    (0x1f6b4, 0x1f6b6),
    (0x1f6c0, 0x1f6c0),
    (0x1f6cc, 0x1f6cc),
    (0x1f90c, 0x1f90c),
    (0x1f90f, 0x1f90f),
    (0x1f918, 0x1f91c),
    (0x1f91d, 0x1f91f),
    (0x1f926, 0x1f926),
    (0x1f930, 0x1f939),
    (0x1f93d, 0x1f93e),
    (0x1f977, 0x1f977),
    (0x1f9b5, 0x1f9b6),
    (0x1f9b8, 0x1f9b9),
    (0x1f9bb, 0x1f9bb),
    (0x1f9cd, 0x1f9cf),
    (0x1f9d1, 0x1f9dd),
    (0x1fac3, 0x1fac5),
    (0x1faf0, 0x1faf8),
    (0x1f3cd, 0x1f3cd),
];

/// The flags, by their letters.
const FLAGS: &str = "AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM \
    BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK \
    DM DO DZ EA EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT \
    GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY \
    KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY \
    MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR \
    TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// How many characters the emoji at the start takes; `None` where there is none.
pub(super) fn at_start(letters: &[char]) -> Option<usize> {
    if letters.first().is_none_or(char::is_ascii) {
        return keycap(letters);
    }
    keycap(letters)
        .or_else(|| flag(letters))
        .or_else(|| tagged(letters))
        .or_else(|| joined(letters))
}

fn keycap(letters: &[char]) -> Option<usize> {
    match letters {
        ['#' | '*' | '0'..='9', AS_EMOJI, KEYCAP, ..] => Some(3),
        ['#' | '*' | '0'..='9', KEYCAP, ..] | ['\u{a9}' | '\u{ae}', AS_EMOJI, ..] => Some(2),
        _ => None,
    }
}

fn flag(letters: &[char]) -> Option<usize> {
    let [first, second, ..] = letters else {
        return None;
    };
    let code: String = [regional(*first)?, regional(*second)?].iter().collect();
    FLAGS
        .split_whitespace()
        .any(|flag| flag == code)
        .then_some(2)
}

fn regional(letter: char) -> Option<char> {
    let number = u32::from(letter)
        .checked_sub(0x1f1e6)
        .filter(|number| *number < 26)?;
    char::from_u32(u32::from('A') + number)
}

/// England, Scotland and Wales: a black flag with letters that are not seen.
fn tagged(letters: &[char]) -> Option<usize> {
    let (first, rest) = letters.split_first()?;
    let tags = rest
        .iter()
        .take_while(|tag| ('\u{e0020}'..='\u{e007e}').contains(*tag))
        .count();
    let closed = rest.get(tags) == Some(&CANCEL_TAG);
    (*first == BLACK_FLAG && tags > 0 && closed).then_some(tags + 2)
}

fn joined(letters: &[char]) -> Option<usize> {
    let mut length = single(letters)?;
    while letters.get(length) == Some(&JOINER) {
        let Some(more) = letters.get(length + 1..).and_then(single) else {
            break;
        };
        length += 1 + more;
    }
    Some(length)
}

/// A character with its selector or its colour.
fn single(letters: &[char]) -> Option<usize> {
    let first = *letters.first()?;
    let point = u32::from(first);
    let within = |ranges: &[(u32, u32)]| {
        ranges
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&point))
    };
    let pictured = within(&BASIC) || (0x1f000..=0x1faff).contains(&point);
    match letters.get(1) {
        Some(&AS_TEXT) => None,
        Some(&AS_EMOJI) if pictured => Some(2),
        Some('\u{1f3fb}'..='\u{1f3ff}') if pictured && within(&SKIN) => Some(2),
        Some(_) | None => pictured.then_some(1),
    }
}
