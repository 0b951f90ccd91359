//! Planned work that did not keep to its times.

use allclear::domain::incident::IncidentId;
use allclear::domain::maintenance::{Late, Maintenance, MaintenanceStatus};

#[test]
fn planned_work_is_late_strictly_after_its_time_by_its_status() {
    let at = |text: &str| format!("2026-03-10T{text}Z").parse().expect("a time");
    for (status, ends, now, late) in [
        ("scheduled", true, "19:59:59", None),
        ("scheduled", true, "20:00:00", None),
        ("scheduled", true, "20:00:01", Some(Late::Begin)),
        ("scheduled", true, "22:00:01", Some(Late::Begin)),
        ("scheduled", false, "20:00:01", Some(Late::Begin)),
        ("in_progress", true, "19:00:00", None),
        ("in_progress", true, "22:00:00", None),
        ("in_progress", true, "22:00:01", Some(Late::End)),
        ("in_progress", false, "23:00:00", None),
        ("verifying", true, "22:00:00", None),
        ("verifying", true, "22:00:01", Some(Late::End)),
        ("completed", true, "23:00:00", None),
        ("paused", true, "23:00:00", None),
    ] {
        let work = Maintenance {
            id: IncidentId("m".to_owned()),
            name: "Database".to_owned(),
            status: MaintenanceStatus::from(status.to_owned()),
            updates: Vec::new(),
            from: at("20:00:00"),
            until: ends.then(|| at("22:00:00")),
            components: Vec::new(),
            demo: false,
        };
        assert_eq!(
            work.late(at(now)),
            late,
            "{status} at {now}, has an end: {ends}"
        );
    }
}
