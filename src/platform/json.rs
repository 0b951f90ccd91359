//! JSON read by the browser, which has a reader of its own: none has to be fetched before the first state.

use js_sys::{Array, JSON, Object};
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

/// How deep things may stand in each other, as for any other reader of ours.
const DEPTH: usize = 127;
/// Up to here whole numbers are whole: 2^53.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The value that a text stands for; `None` where it is no JSON, or nested without an end.
pub fn parse(text: &str) -> Option<Value> {
    value(&JSON::parse(text).ok()?, DEPTH)
}

fn value(found: &JsValue, depth: usize) -> Option<Value> {
    if let Some(text) = found.as_string() {
        return Some(Value::String(text));
    }
    if found.is_null() {
        return Some(Value::Null);
    }
    if let Some(truth) = found.as_bool() {
        return Some(Value::Bool(truth));
    }
    if let Some(number) = found.as_f64() {
        return Some(numbered(number).map_or(Value::Null, Value::Number));
    }
    let depth = depth.checked_sub(1)?;
    if let Some(items) = found.dyn_ref::<Array>() {
        return items.iter().map(|item| value(&item, depth)).collect();
    }
    // One after the other: what collects into a map sorts first, with code that would have to be fetched.
    let mut members = Map::new();
    for member in Object::entries(found.unchecked_ref()).iter() {
        let member: Array = member.unchecked_into();
        members.insert(member.get(0).as_string()?, value(&member.get(1), depth)?);
    }
    Some(Value::Object(members))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "whole, and between -2^53 and 2^53"
)]
fn numbered(number: f64) -> Option<Number> {
    if number.fract() == 0.0 && number.abs() <= WHOLE {
        Some(Number::from(number as i64))
    } else {
        Number::from_f64(number)
    }
}
