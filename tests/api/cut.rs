//! A file that arrives in pieces is cut into the same elements as when it is read whole.

use allclear::api::public_page::cut::{Cutter, Strange};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The elements of a file that comes in pieces that end at `borders`, and whether it was whole.
fn cut(text: &[u8], borders: &[usize]) -> Result<(Vec<Value>, bool), Strange> {
    let mut cutter = Cutter::new("incidents");
    let mut found = Vec::new();
    let mut from = 0;
    for until in borders.iter().copied().chain([text.len()]) {
        cutter.feed(&text[from..until]);
        while let Some(element) = cutter.take()? {
            found.push(serde_json::from_slice(&element).map_err(|_| Strange)?);
        }
        from = until;
    }
    Ok((found, cutter.is_whole()))
}

fn whole(text: &str) -> Result<(Vec<Value>, bool), Strange> {
    cut(text.as_bytes(), &[])
}

/// Any JSON, with all that could be taken for a border.
fn any_json() -> impl Strategy<Value = Value> {
    let text = r#"[\\"\[\]{},:é🚦\n a-c]{0,8}"#;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        text.prop_map(Value::from),
        Just(json!("incidents")),
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        let key = prop_oneof![text.prop_map(String::from), Just("incidents".to_owned())];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_pieces_give_the_elements_of_the_whole(
        mut file in prop::collection::btree_map("[a-z]{1,9}", any_json(), 0..4),
        list in prop::option::of(prop::collection::vec(any_json(), 0..6)),
        pretty in any::<bool>(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        file.remove("incidents");
        if let Some(list) = &list {
            file.insert("incidents".to_owned(), json!(list));
        }
        let text = if pretty {
            serde_json::to_string_pretty(&file).unwrap()
        } else {
            serde_json::to_string(&file).unwrap()
        };
        let mut borders: Vec<usize> = places.iter().map(|place| place.index(text.len())).collect();
        borders.sort_unstable();
        let found = cut(text.as_bytes(), &borders);
        prop_assert_eq!(found, Ok((list.clone().unwrap_or_default(), list.is_some())));
        let bytes: Vec<usize> = (0..text.len()).collect();
        prop_assert_eq!(cut(text.as_bytes(), &bytes), Ok((list.clone().unwrap_or_default(), list.is_some())));
        // Whatever breaks off is not whole.
        let end = borders.first().copied().unwrap_or(text.len() - 1);
        prop_assert!(cut(&text.as_bytes()[..end], &[]).is_ok_and(|(_, whole)| !whole));
    }

    #[test]
    fn nothing_that_arrives_makes_it_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..200), text in r#"[\[\]{}",:\\a ]{0,60}"#) {
        let _ = cut(&bytes, &[]);
        let _ = cut(text.as_bytes(), &[]);
    }
}

#[test]
fn only_the_list_of_the_outermost_object_is_cut() {
    let text = r#"{"page": {"incidents": [1]}, "name": "incidents", "incidents" : [ {"a": "]"} , 2 ], "z": [3]}"#;
    assert_eq!(whole(text), Ok((vec![json!({"a": "]"}), json!(2)], true)));
    assert_eq!(
        whole("\u{feff}{\"inc\\u0069dents\": []}\n"),
        Ok((vec![], true))
    );
}

#[test]
fn what_is_another_kind_of_file_is_strange_at_once() {
    for text in [
        "<!doctype html><title>Log in</title>",
        "[]",
        "\"incidents\"",
        "{\"incidents\": [1,]}",
        "{\"incidents\": [,1]}",
        "{\"incidents\": [1,,2]}",
        "{\"incidents\": [1 2]}",
        "{\"incidents\": [{} {}]}",
        "{\"incidents\": [1}}",
        "{\"incidents\": []} and more",
        "}",
    ] {
        assert_eq!(whole(text), Err(Strange), "{text}");
    }
}

#[test]
fn a_file_without_the_list_or_without_its_end_is_not_whole() {
    for text in [
        "",
        "{}",
        "{\"incidents\": null}",
        "{\"incidents\": {\"a\": [1]}}",
        "{\"incidents\": []",
        "{\"incidents\": [1",
    ] {
        let (_, is_whole) = whole(text).unwrap();
        assert!(!is_whole, "{text}");
    }
}
