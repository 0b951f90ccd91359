//! Prints every kind of request that the adapters make of the hosted services, one JSON object a line, with made-up
//! contents: `cargo run --example requests`. `tests/contract/requests.test.mjs` holds them against the vendors'
//! documents. `below` is the path of the edge that the vendor's own paths begin behind.

use allclear::api::error::ApiError;
use allclear::api::http::{Method, Request};
use allclear::api::mail::{Batch, Mail, postmark, resend, sendgrid};
use allclear::api::page::{Metadata, Post};
use allclear::api::statuspage::request::{List, Pages};
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::impact::Impact;
use allclear::domain::incident::{IncidentId, IncidentStatus};
use chrono::{DateTime, Utc};
use serde_json::{Map, json};

const SITE: &str = "/";

fn main() -> Result<(), ApiError> {
    for request in page_requests()? {
        print("statuspage", "/api/statuspage", &request);
    }
    let batch = batch();
    for (stream, test) in [(None, false), (Some("broadcast"), true)] {
        let below = if test {
            "/api/postmark-test"
        } else {
            "/api/postmark"
        };
        print(
            "postmark",
            below,
            &postmark::sending(SITE, stream, &batch, test),
        );
        print(
            "postmark",
            "/api/postmark",
            &postmark::search(SITE, stream, &batch.op, 500),
        );
    }
    print("postmark", "/api/postmark", &postmark::trial_of_key(SITE));
    for request in [
        resend::sending(SITE, &batch),
        resend::rehearsal(SITE, &batch),
    ] {
        print("resend", "/api/resend", &request);
    }
    for test in [false, true] {
        print(
            "sendgrid",
            "/api/sendgrid",
            &sendgrid::sending(SITE, &batch, "k7", test)?,
        );
    }
    Ok(())
}

fn page_requests() -> Result<Vec<Request>, ApiError> {
    let pages = Pages::new(SITE, "sandboxpage1");
    let id = IncidentId("p31zjtct2jer".to_owned());
    let component = ComponentId("cmpapi000001".to_owned());
    let mut beside = Map::new();
    beside.insert(
        "allclear_run".to_owned(),
        json!({ "v": 1, "ops": ["op-1"] }),
    );
    let metadata = Metadata(beside);
    let mut requests = Vec::new();
    for impact in [Impact::None, Impact::Minor, Impact::Major, Impact::Critical] {
        requests.push(pages.publish(&post(
            None,
            IncidentStatus::Investigating,
            Some(impact),
            &component,
            &metadata,
        ))?);
    }
    for status in [
        IncidentStatus::Identified,
        IncidentStatus::Monitoring,
        IncidentStatus::Resolved,
    ] {
        requests.push(pages.publish(&post(Some(&id), status, None, &component, &metadata))?);
    }
    for state in [
        ComponentState::Operational,
        ComponentState::DegradedPerformance,
        ComponentState::PartialOutage,
        ComponentState::MajorOutage,
        ComponentState::UnderMaintenance,
    ] {
        requests.push(pages.component(&component, &state)?);
    }
    requests.extend([
        pages.keep_beside(&id, &metadata)?,
        pages.postmortem_draft(&id, "# Post-mortem\n\nWhy.")?,
        pages.postmortem(&id)?,
        pages.postmortem_publish(&id)?,
        pages.incident(&id)?,
        pages.list(List::Components { page: 1 }),
        pages.list(List::Unresolved { page: 2 }),
        pages.list(List::Recent),
    ]);
    Ok(requests)
}

fn post(
    incident: Option<&IncidentId>,
    status: IncidentStatus,
    impact: Option<Impact>,
    component: &ComponentId,
    metadata: &Metadata,
) -> Post {
    let resolved = status.is_over();
    let state = if resolved {
        ComponentState::Operational
    } else {
        ComponentState::MajorOutage
    };
    Post {
        run: "run".to_owned(),
        op: "op-1".to_owned(),
        incident: incident.cloned(),
        name: "API - Investigating Issue".to_owned(),
        status,
        body: "We are investigating.\n\nNext update by 14:45 UTC.".to_owned(),
        impact,
        components: vec![(component.clone(), state)],
        attached: vec![ComponentId("cmpworkflow1".to_owned())],
        started_at: Some(now()),
        notify_subscribers: resolved,
        metadata: metadata.clone(),
        now: now(),
    }
}

fn batch() -> Batch {
    let mail = |to: &str, name: Option<&str>| Mail {
        to: to.to_owned(),
        name: name.map(str::to_owned),
        subject: "[URGENT] Service Incident - API".to_owned(),
        text: format!("Hi {},\n\nThe API is down.", name.unwrap_or("there")),
        html: format!(
            "<p>Hi {},</p><p>The API is down.</p>",
            name.unwrap_or("there")
        ),
    };
    Batch {
        op: "op-1".to_owned(),
        number: 0,
        from: "AIAS Platform <status@aias-platform.com>".to_owned(),
        reply_to: "support@aias-platform.com".to_owned(),
        mails: vec![
            mail("ada@example.com", Some("Ada")),
            mail("bob@example.com", None),
        ],
        now: now(),
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_773_064_800, 0).unwrap_or_default()
}

fn print(vendor: &str, below: &str, request: &Request) {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    };
    let line = json!({
        "vendor": vendor, "below": below, "method": method, "url": request.url,
        "headers": request.headers, "body": request.body,
    });
    println!("{line}");
}
