//! A table that scrolls by itself when it must and turns into cards on phones: give each cell a
//! `data-label` with its column's words.

use leptos::prelude::*;

/// A table with a caption. The rows (`<tr>`) are the children.
#[component]
pub fn Table(
    /// What it shows; the accessible name.
    #[prop(into)]
    caption: String,
    /// Whether the caption is only for screen readers, because a heading says the same.
    #[prop(optional)]
    hide_caption: bool,
    /// The columns' words.
    #[prop(into)]
    columns: Vec<String>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads: Vec<_> = columns
        .into_iter()
        .map(|column| view! { <th scope="col" role="columnheader">{column}</th> })
        .collect();
    // The roles are spoken out because `display: block` on phones takes them away.
    view! {
        <div class="table-wrap">
            <table class="table" role="table">
                <caption class=hide_caption.then_some("sr-only")>{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">{heads}</tr>
                </thead>
                <tbody role="rowgroup">{children()}</tbody>
            </table>
        </div>
    }
}
