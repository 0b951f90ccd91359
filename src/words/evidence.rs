//! What is said of an evidence file that was checked.

use super::counted;
use crate::sop::run::Chain;
use crate::sop::run::evidence::Imported;

/// What came of one incident of a file.
pub fn checked(name: &str, file: &Imported) -> String {
    let about = format!("{name}, incident {}", file.run.id.0);
    let read = file.run.events().count();
    let entries = counted(read.saturating_add(file.bad.len()), "entry", "entries");
    let mut said = match &file.chain {
        Chain::Holds { head } if file.version_holds => {
            format!("{about}: the chain of its {entries} holds. Its head is {head}.")
        }
        Chain::Holds { .. } => format!(
            "{about}: the chain of its {entries} holds, but the version of the SOP above them, “{}”, is not the one of its declaration. It was changed since it was written.",
            file.sop_version
        ),
        Chain::Breaks { at } => format!(
            "{about}: the chain breaks at entry {}. It was changed since it was written.",
            at.saturating_add(1)
        ),
        Chain::Missing if file.version_holds => format!(
            "{about}: it has no chain. It was written by an older version, or the chain was taken out."
        ),
        Chain::Missing => format!(
            "{about}: it has no chain, and the version of the SOP above its entries, “{}”, is not the one of its declaration. It was changed since it was written.",
            file.sop_version
        ),
    };
    if !file.bad.is_empty() {
        let of = format!(
            " {} of its {entries} cannot be read by this version.",
            file.bad.len()
        );
        said.push_str(&of);
    }
    said
}
