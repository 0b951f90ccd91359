//! Planned work. Most pages have none of it, so it comes with the later part.

use leptos::prelude::*;

use super::section;
use crate::domain::component::touched;
use crate::domain::maintenance::{Maintenance, MaintenanceStatus};
use crate::status_page::link;
use crate::status_page::store::{PageState, PageStore};
use crate::views::{MaintenanceCard, words};

/// What is planned and what is under way.
pub fn work(shown: &PageState, store: PageStore) -> AnyView {
    let Some(snapshot) = shown.page.value() else {
        return ().into_any();
    };
    let planned = snapshot.maintenances.iter();
    let cards = planned.filter(|work| !is_over(work)).map(|work| {
        view! {
            <MaintenanceCard
                maintenance=work.clone()
                href=link::incident(&work.id)
                touches=touched(&work.components, &snapshot.components)
                minutes=store.minutes()
            />
        }
        .into_any()
    });
    section(
        "scheduled",
        words::say().scheduled_maintenance,
        cards.collect(),
    )
}

fn is_over(work: &Maintenance) -> bool {
    match work.status {
        MaintenanceStatus::Completed => true,
        MaintenanceStatus::Scheduled
        | MaintenanceStatus::InProgress
        | MaintenanceStatus::Verifying
        | MaintenanceStatus::Unknown(_) => false,
    }
}
