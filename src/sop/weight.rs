//! The weighted length of a post on X, by X's published rules (configuration v3).
