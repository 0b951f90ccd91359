//! How well the SOP was kept (`duties.md` rule 18).
