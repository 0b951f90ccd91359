//! The only sender of requests.
