//! Where the page is read: what `config.json` says, and the reader that follows from it.

use std::rc::Rc;

use super::archive::Archive;
use super::kept::Kept;
use super::later::Later;
use crate::api::error::ApiError;
use crate::api::http;
use crate::api::public_page::{Glance, PublicPage};
use crate::config::{Links, PageSource, PublicConfig};
use crate::platform::{first, json};

const CONFIG: &str = "config.json";

/// What the pages say about the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub organisation: String,
    /// Where readers write to.
    pub support: String,
    /// Whether what is shown is kept in this browser, and seen by nobody else.
    pub this_browser_only: bool,
    /// Where readers subscribe, as far as the configuration says.
    pub links: Links,
}

/// Why there is no page to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSource {
    /// The configuration could not be fetched; it may work in a while.
    #[error("its configuration could not be loaded: {0}")]
    NotLoaded(#[from] ApiError),
    /// The configuration is broken: every problem, in words.
    #[error("its configuration is broken")]
    Broken(Vec<String>),
}

/// The source of the page.
#[derive(Clone)]
pub enum Source {
    /// Kept in this browser.
    Embedded(Rc<dyn Kept>),
    /// A page in the Statuspage v2 format.
    Hosted(PublicPage),
}

/// Reads the configuration. There is no other source to fall back to: a page that is not configured
/// knows nothing, and says so.
pub async fn configured(later: Later) -> Result<(Site, Source), NoSource> {
    // The page itself asks for it before the app is there.
    let text = match first::take(first::Asked::Config, "").await {
        Some(text) => text,
        None => http::get_text(CONFIG).await?,
    };
    let config = match json::parse(&text).and_then(|file| PublicConfig::quick(&text, &file)) {
        Some(config) => config,
        None => later
            .checked(&text)
            .await
            .ok_or_else(gone)?
            .map_err(NoSource::Broken)?,
    };
    let site = Site {
        organisation: config.organisation,
        support: config.support,
        this_browser_only: config.source == PageSource::Embedded,
        links: config.links,
    };
    let source = match config.source {
        PageSource::Embedded => Source::Embedded(later.kept().await.ok_or_else(gone)?),
        PageSource::Statuspage { url } => Source::Hosted(PublicPage::new(url)),
    };
    Ok((site, source))
}

impl Source {
    /// Where it is read; empty for the page of this browser.
    pub fn address(&self) -> &str {
        match self {
            Self::Embedded(_) => "",
            Self::Hosted(page) => page.address(),
        }
    }

    /// What the home page shows, as far as one answer tells it.
    pub async fn glance(&self) -> Result<Glance, ApiError> {
        match self {
            Self::Embedded(kept) => Ok(Glance {
                page: Some(kept.whole().await?.0),
                kept_since: None,
                more: false,
                dated: None,
            }),
            Self::Hosted(page) => page.glance().await,
        }
    }

    /// What reads the past.
    pub async fn archive(&self, later: Later) -> Result<Rc<dyn Archive>, ApiError> {
        match self {
            Self::Embedded(kept) => Ok(Rc::clone(kept) as Rc<dyn Archive>),
            Self::Hosted(page) => later.archive(page.clone()).await.ok_or_else(gone),
        }
    }

    /// Whether a glance tells that something has changed.
    pub fn tells_changes(&self) -> bool {
        match self {
            Self::Embedded(_) => false,
            Self::Hosted(_) => true,
        }
    }
}

fn gone() -> ApiError {
    ApiError::NotSent("a part of this page could not be fetched".to_owned())
}
