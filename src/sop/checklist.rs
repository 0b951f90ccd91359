//! The three checklists of the SOP, ticked by the ledger where it can know and by hand where not.
