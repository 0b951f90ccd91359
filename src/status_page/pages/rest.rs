//! What is fetched after the home page's first state, behind one door (`status_page::later`).

use leptos::prelude::*;

use super::history::History;
use super::home::bars::bars;
use super::incident::Incident;
use super::lost::Lost;
use super::rule::Rule;
use crate::status_page::board::Board;
use crate::status_page::later::Piece;
use crate::status_page::route::Route;

/// Draws one of the pieces.
pub fn draw_rest(piece: Piece, board: Board) -> AnyView {
    match piece {
        Piece::Page(route, router) => {
            let focus = router.arrived();
            match route {
                Route::History => {
                    view! { <History board=board router=router focus=focus /> }.into_any()
                }
                Route::Incident(id) => {
                    view! { <Incident board=board router=router focus=focus id=id /> }.into_any()
                }
                Route::Rule => view! { <Rule router=router focus=focus /> }.into_any(),
                // The home page stands elsewhere.
                Route::Home | Route::Unknown => {
                    view! { <Lost board=board router=router focus=focus /> }.into_any()
                }
            }
        }
        Piece::Bars(component) => bars(board, component),
    }
}
