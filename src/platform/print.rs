//! Printing the page.

use super::{PlatformError, js};

/// Opens the browser's print dialog for the page as it stands.
pub fn page() -> Result<(), PlatformError> {
    js::window()?
        .print()
        .map_err(|thrown| PlatformError::thrown("printing", &thrown))
}
