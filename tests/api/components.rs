//! The components of made-up pages in the public v2 format: groups, what is shown only when worse, thousands.

use allclear::domain::component::by_group;
use allclear::domain::page::{Overall, overall};
use serde_json::{Value, json};

use super::public_page::page;

#[test]
fn groups_name_their_members_and_are_left_out_unless_they_say_worse() {
    let entry = |id: &str, group: bool, of: Value, position: i64, status: &str| json!({"id": id, "name": id.to_uppercase(), "group": group, "group_id": of, "position": position, "status": status});
    let file = json!({"incidents": [], "components": [
        entry("z", false, json!("g2"), 1, "operational"),
        entry("b", false, json!("g1"), 2, "operational"),
        entry("a", false, json!("g1"), 2, "operational"),
        entry("alone", false, json!(null), 2, "operational"),
        entry("g2", true, json!(null), 3, "major_outage"),
        entry("g1", true, json!(null), 1, "operational"),
    ]});
    let snapshot = page(&file).unwrap();
    let told: Vec<(&str, Option<&str>)> = snapshot
        .components
        .iter()
        .map(|each| (each.name.as_str(), each.group.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("A", Some("G1")),
            ("B", Some("G1")),
            ("ALONE", None),
            ("Z", Some("G2")),
            ("G2", Some("G2"))
        ]
    );
    assert_eq!(overall(&snapshot), Overall::MajorOutage);
}

#[test]
fn two_groups_of_one_name_and_place_keep_their_components_apart() {
    let group = |id: &str| json!({"id": id, "name": "Europe", "group": true, "position": 1, "status": "operational"});
    let entry = |id: &str, of: &str, position: i64| json!({"id": id, "name": id, "group_id": of, "position": position, "status": "operational"});
    let file = json!({"incidents": [], "components": [
        group("g1"), group("g2"), entry("a", "g1", 1), entry("b", "g2", 1), entry("c", "g1", 2), entry("d", "g2", 2),
    ]});
    let groups = by_group(page(&file).unwrap().components);
    let ids: Vec<String> = groups
        .iter()
        .map(|(_, members)| members.iter().map(|each| each.name.as_str()).collect())
        .collect();
    assert_eq!(ids, ["ac", "bd"]);
}

#[test]
fn a_component_that_is_shown_only_when_worse_is_shown_then() {
    let with = |status: &str| {
        let file = json!({"incidents": [], "components": [
            {"id": "a", "name": "A", "status": "operational"},
            {"id": "b", "name": "B", "status": status, "only_show_if_degraded": true},
        ]});
        page(&file).unwrap().components.len()
    };
    assert_eq!(
        (
            with("operational"),
            with("degraded_performance"),
            with("odd")
        ),
        (1, 2, 2)
    );
}

#[test]
fn five_thousand_components_are_read_in_time() {
    let mut entries: Vec<Value> = (0..200)
        .map(|group| json!({"id": format!("g{group}"), "name": format!("Group {group}"), "group": true, "status": "operational", "position": group}))
        .collect();
    entries.extend((0..5000).rev().map(|number| {
        json!({"id": format!("c{number}"), "name": format!("C {number}"), "group_id": format!("g{}", number % 200), "status": "operational", "position": number})
    }));
    let began = std::time::Instant::now();
    let snapshot = page(&json!({"components": entries, "incidents": []})).unwrap();
    assert_eq!(snapshot.components.len(), 5000);
    assert_eq!(snapshot.components[0].name, "C 0");
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
}

#[test]
fn a_page_that_shows_components_only_when_worse_shows_all_where_there_are_no_others() {
    let with = |worse: usize| {
        let entries: Vec<Value> = (0..20_000)
            .map(|number| {
                let status = if number < worse { "partial_outage" } else { "operational" };
                json!({"id": format!("c{number}"), "name": "C", "status": status, "only_show_if_degraded": true})
            })
            .collect();
        page(&json!({"components": entries, "incidents": []}))
            .unwrap()
            .components
            .len()
    };
    // In no more than a look at each: each in a list of the others would be a minute.
    let began = std::time::Instant::now();
    assert_eq!((with(0), with(3)), (20_000, 3));
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}
