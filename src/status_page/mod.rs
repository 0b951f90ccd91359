//! status_page
