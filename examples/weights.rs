//! Weighs posts for X: reads a JSON list of texts, prints a JSON list of their weighted lengths.
//! `tests/weight-oracle.mjs` compares it with X's own library.

use std::error::Error;
use std::io::Read as _;

use allclear::sop::x_length::weight;
use unicode_normalization::UnicodeNormalization as _;

fn main() -> Result<(), Box<dyn Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let texts: Vec<String> = serde_json::from_str(&input)?;
    let weights: Vec<usize> = texts
        .iter()
        .map(|text| weight(&text.nfc().collect::<String>()))
        .collect();
    println!("{}", serde_json::to_string(&weights)?);
    Ok(())
}
