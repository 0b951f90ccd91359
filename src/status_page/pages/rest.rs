//! What is fetched after the home page's first state, behind one door (`status_page::later`).

use leptos::prelude::*;

use super::history::History;
use super::home::bars::bars;
use super::home::work::work;
use super::incident::Incident;
use super::not_found::NotFound;
use super::rule::Rule;
use crate::status_page::later::Piece;
use crate::status_page::route::Route;
use crate::status_page::store::{PageState, PageStore};
use crate::ui::reactive;

pub fn draw_rest(piece: Piece, store: PageStore) -> AnyView {
    match piece {
        Piece::Page(route, router) => {
            let focus = router.arrived();
            match route {
                Route::History => {
                    view! { <History store=store router=router focus=focus /> }.into_any()
                }
                Route::Incident(id) => {
                    view! { <Incident store=store router=router focus=focus id=id /> }.into_any()
                }
                Route::Rule => view! { <Rule store=store router=router focus=focus /> }.into_any(),
                // The home page stands elsewhere.
                Route::Home | Route::Unknown => {
                    view! { <NotFound store=store router=router focus=focus /> }.into_any()
                }
            }
        }
        Piece::Bars(component) => bars(store, component),
        Piece::Work => told(store, work),
    }
}

/// What follows what is told.
fn told(store: PageStore, draw: fn(&PageState, PageStore) -> AnyView) -> AnyView {
    reactive(move || {
        store.told().track();
        store.shown().with_untracked(|shown| draw(shown, store))
    })
}
