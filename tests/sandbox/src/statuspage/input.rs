//! What a client sends to the manage API: JSON or a form, below one key; and how it is told what is wrong.

use serde_json::{Map, Value, json};

use crate::call::{Call, Reply, Stop};
use crate::routes::pairs;
use crate::switches::ErrorShape;
use crate::world::World;

/// An answer that says what is wrong with a field, in the form that the switch asks for.
pub fn refused(world: &World, status: u16, field: &str, problem: &str) -> Stop {
    let mut words = field.replace('_', " ");
    if let Some(first) = words.get(..1).map(str::to_uppercase) {
        words.replace_range(..1, &first);
    }
    let sentence = format!("{words} {problem}");
    Stop::Answer(Reply::json(
        status,
        &match world.switches.error_shape {
            ErrorShape::Field => json!({"error": {field: [problem]}}),
            ErrorShape::List => json!({"error": [sentence]}),
            ErrorShape::Text => json!({"error": sentence}),
            ErrorShape::Message => json!({"message": sentence}),
        },
    ))
}

/// The object below a key of the body: `{"incident":{…}}`, or `incident[name]=…`.
pub fn below(world: &World, call: &Call, key: &str) -> Result<Map<String, Value>, Stop> {
    let body = if call.is_type("application/json") {
        serde_json::from_str(&call.body).ok()
    } else if call.is_type("application/x-www-form-urlencoded") {
        Some(form(&call.body))
    } else {
        // The body is not read when its type is not said.
        None
    };
    match body.as_ref().and_then(|body| body.get(key)) {
        Some(Value::Object(fields)) => Ok(fields.clone()),
        Some(_) | None => Err(refused(world, 400, key, "is missing")),
    }
}

/// A form with brackets as the object that it means: `a[b][]=1&a[c]=2` is `{"a":{"b":["1"],"c":"2"}}`.
fn form(text: &str) -> Value {
    let mut whole = json!({});
    for (name, value) in pairs(text) {
        let parts: Vec<&str> = name
            .split('[')
            .map(|part| part.trim_end_matches(']'))
            .collect();
        put(&mut whole, &parts, value);
    }
    whole
}

fn put(place: &mut Value, parts: &[&str], value: String) {
    match parts.split_first() {
        None => *place = Value::String(value),
        Some((&"", rest)) => {
            if !place.is_array() {
                *place = json!([]);
            }
            if let Some(list) = place.as_array_mut() {
                let mut item = Value::Null;
                put(&mut item, rest, value);
                list.push(item);
            }
        }
        Some((part, rest)) => {
            if !place.is_object() {
                *place = json!({});
            }
            if let Some(fields) = place.as_object_mut() {
                put(fields.entry(*part).or_insert(Value::Null), rest, value);
            }
        }
    }
}

/// A truth as JSON or as a form writes it.
pub fn truth(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) if text == "true" => Some(true),
        Value::String(text) if text == "false" => Some(false),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::form;
    use serde_json::json;

    #[test]
    fn brackets_make_objects_and_lists() {
        assert_eq!(
            form(
                "incident[name]=A&incident[component_ids][]=x&incident[component_ids][]=y&incident[components][x]=operational"
            ),
            json!({"incident": {"name": "A", "component_ids": ["x", "y"], "components": {"x": "operational"}}})
        );
    }
}
