//! The words of what is fetched later (`status_page::later`): they are fetched with it.

mod english;
mod german;
mod table;

use chrono::TimeDelta;

use super::fill;
use crate::domain::course::Ended;
use crate::ui::{Lang, intl};

pub use table::Words;

/// What the later parts say, in the language that is spoken.
pub fn say() -> &'static Words {
    match Lang::spoken() {
        Lang::English => &english::ENGLISH,
        Lang::German => &german::GERMAN,
    }
}

/// What is not known of the ninety days.
pub fn unknown_days(days: usize) -> Option<String> {
    super::counted(days, say().unknown_days)
}

/// "2 incidents found."
pub fn found(count: usize) -> String {
    super::counted(count, say().found).unwrap_or_else(|| say().none_found.to_owned())
}

/// "52 minutes", "2 hours 8 minutes, in 2 periods".
pub fn length(ended: &Ended) -> String {
    let length = intl::duration(ended.lasted);
    match ended.periods {
        1 => length,
        periods => fill(say().in_periods, &[&length, &periods.to_string()]),
    }
}

/// "lasted 52 minutes".
pub fn lasted(ended: &Ended) -> String {
    fill(say().lasted_for, &[&length(ended)])
}

/// "90 days ago".
pub fn days_ago(days: u16) -> String {
    fill(say().days_ago, &[&days.to_string()])
}

/// "99.98 % of 90 days": how much of the known days a component worked, in hundredths of a percent.
pub fn share(share: Option<u16>, known: u16) -> String {
    share.map_or_else(
        || say().share_unknown.to_owned(),
        |share| {
            let percent = intl::hundredths(share.into());
            let [one, more] = say().share;
            let template = if known == 1 { one } else { more };
            fill(template, &[&percent, &known.to_string()])
        },
    )
}

/// How long a day's trouble lasted; 0 where the page does not say since when.
pub fn for_seconds(seconds: u32) -> String {
    if seconds == 0 {
        return say().length_unknown.to_owned();
    }
    intl::duration(TimeDelta::seconds(seconds.into()))
}
