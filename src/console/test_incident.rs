//! The test incident of a hosted page: created, updated and resolved. One that may still be open there is not forgotten
//! before the page was looked through and none was found, or all were closed.

use std::future::Future;

use crate::api::error::ApiError;
use crate::api::page::PostReceipt;
use crate::domain::incident::{IncidentId, IncidentStatus};

/// What it is called on the page, where readers see it: its title tells it from every other incident.
pub const NAME: &str = "[Test] Allclear test: please ignore";
const CREATED: &str =
    "This is a test of our status page. Nothing is wrong, and it is closed in a few seconds.";
const UPDATED: &str = "This is a test update. Nothing is wrong.";
const RESOLVED: &str = "The test is over. Nothing was wrong.";

/// What is said where the answer to the update was lost.
const LATE: &str = "The answer to the update was lost. If the update arrives late, it reopens the test incident: press “Close open test incidents” in a minute.";

/// What is said where the answer to its creation was lost.
const MAY_BE_THERE: &str = "It may be on the page all the same: press “Close open test incidents”.";

/// What is said of one that was begun before.
pub const MAY_BE_OPEN: &str = "A test incident was begun in this browser, and its end was never heard of: it may still be open on the page. Press “Close open test incidents”.";
const STILL_OPEN: &str = "A test incident is still open on the page: it could not be resolved. Press “Close open test incidents” again, or resolve it in the service’s own console.";

/// A step of the test: a post to an incident of the page, or one that opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is called on screen.
    pub name: &'static str,
    /// The incident; `None` for one that is to be opened.
    pub incident: Option<IncidentId>,
    pub status: IncidentStatus,
    pub body: &'static str,
}

/// The hosted page, and what this browser knows of the tests on it.
pub trait TestPage {
    /// Does a step, and shows what came of it.
    fn step(&self, step: Step) -> impl Future<Output = Result<PostReceipt, ApiError>>;
    /// The test incidents that are open on the page, this console's or another's; `None` where that could not be read, which
    /// is shown.
    fn open(&self) -> impl Future<Output = Option<Vec<IncidentId>>>;
    /// Whether one may be open that was begun in this browser, also by another tab of it.
    fn may_be_open(&self) -> bool;
    /// One is begun: also a reload must not forget it.
    fn begun(&self);
    /// What may still be open and how to close it, or that nothing is. Also a reload knows it.
    fn left(&self, left: Option<String>);
    /// Tells the responder.
    fn say(&self, words: &'static str);
}

/// Creates, updates and resolves it. Where an earlier one may be open, that one comes first: the success of another says
/// nothing of it.
pub async fn run(page: &impl TestPage) {
    if page.may_be_open() {
        return page.left(Some(MAY_BE_OPEN.to_owned()));
    }
    page.begun();
    let step = |name, incident, status, body| {
        page.step(Step {
            name,
            incident,
            status,
            body,
        })
    };
    let created = step("Create", None, IncidentStatus::Investigating, CREATED).await;
    let receipt = match created {
        Ok(receipt) => receipt,
        Err(error) => {
            let may_be = error.may_have_happened();
            return page.left(may_be.then(|| MAY_BE_THERE.to_owned()));
        }
    };
    let id = Some(receipt.incident);
    // A failed update is shown; closing is tried in any case.
    let updated = step("Update", id.clone(), IncidentStatus::Monitoring, UPDATED).await;
    let resolved = step("Resolve", id, IncidentStatus::Resolved, RESOLVED).await;
    page.left(if resolved.is_err() {
        Some(format!(
            "The test incident “{NAME}” may still be open on the page{}. Press “Close open test incidents”, or resolve it in the service’s own console.",
            receipt.link.map(|link| format!(" ({link})")).unwrap_or_default()
        ))
    } else {
        let late = updated.is_err_and(|error| error.may_have_happened());
        late.then(|| LATE.to_owned())
    });
}

/// Resolves every test incident that is open on the page. Where the page cannot be read, what may be open stays so.
pub async fn close(page: &impl TestPage) {
    let Some(open) = page.open().await else {
        return;
    };
    if open.is_empty() {
        page.left(None);
        return page.say("No test incident is open on the page.");
    }
    let mut all = true;
    for id in open {
        let closing = page.step(Step {
            name: "Resolve",
            incident: Some(id),
            status: IncidentStatus::Resolved,
            body: RESOLVED,
        });
        all &= closing.await.is_ok();
    }
    page.left((!all).then(|| STILL_OPEN.to_owned()));
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use chrono::DateTime;

    use super::*;

    /// How a step fails.
    type Failure = fn(String) -> ApiError;

    /// A page that does as it is told: the steps that fail, and how.
    #[derive(Default)]
    struct Scripted {
        fails: Cell<Option<(&'static str, Failure)>>,
        unreadable: Cell<bool>,
        open: RefCell<Vec<IncidentId>>,
        made: Cell<u32>,
        begun: Cell<bool>,
        left: RefCell<Option<String>>,
        steps: RefCell<Vec<&'static str>>,
        said: Cell<&'static str>,
    }

    /// Nothing here is waited for.
    fn at_once(work: impl Future<Output = ()>) {
        let polled = pin!(work).poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(polled, Poll::Ready(()));
    }

    impl Scripted {
        /// What came of the test, in this state of the page.
        fn run(&self) -> Option<String> {
            self.steps.take();
            at_once(run(self));
            self.left.borrow().clone()
        }

        fn close(&self) -> Option<String> {
            self.steps.take();
            at_once(close(self));
            self.left.borrow().clone()
        }

        fn failing(&self, step: &'static str, how: Failure) -> &Self {
            self.fails.set(Some((step, how)));
            self
        }

        fn well(&self) -> &Self {
            self.fails.set(None);
            self
        }
    }

    impl TestPage for Scripted {
        async fn step(&self, step: Step) -> Result<PostReceipt, ApiError> {
            self.steps.borrow_mut().push(step.name);
            if let Some((fails, how)) = self.fails.get()
                && fails == step.name
            {
                return Err(how("no".to_owned()));
            }
            let incident = step.incident.unwrap_or_else(|| {
                self.made.set(self.made.get() + 1);
                IncidentId(self.made.get().to_string())
            });
            self.open.borrow_mut().retain(|open| *open != incident);
            if step.status != IncidentStatus::Resolved {
                self.open.borrow_mut().push(incident.clone());
            }
            Ok(PostReceipt {
                incident,
                update: "u".to_owned(),
                at: DateTime::default(),
                link: None,
            })
        }

        async fn open(&self) -> Option<Vec<IncidentId>> {
            (!self.unreadable.get()).then(|| self.open.borrow().clone())
        }

        fn may_be_open(&self) -> bool {
            self.begun.get() || self.left.borrow().is_some()
        }

        fn begun(&self) {
            self.begun.set(true);
        }

        fn left(&self, left: Option<String>) {
            self.begun.set(left.is_some());
            self.left.replace(left);
        }

        fn say(&self, words: &'static str) {
            self.said.set(words);
        }
    }

    #[test]
    fn a_test_that_ends_leaves_nothing() {
        let page = Scripted::default();
        assert_eq!(page.run(), None);
        assert_eq!(*page.steps.borrow(), ["Create", "Update", "Resolve"]);
        assert!(!page.begun.get() && page.open.borrow().is_empty());
        assert_eq!(page.failing("Create", ApiError::Refused).run(), None);
        assert!(!page.begun.get(), "nothing was made");
    }

    #[test]
    fn one_that_is_still_open_is_not_forgotten_by_the_next_press() {
        let page = Scripted::default();
        let left = page.failing("Resolve", ApiError::NotSent).run().unwrap();
        assert!(left.contains("may still be open on the page"));
        // Another would succeed, or be refused, and says nothing of the first.
        for next in [
            page.well().run(),
            page.failing("Create", ApiError::Refused).run(),
        ] {
            assert_eq!(next.as_deref(), Some(MAY_BE_OPEN));
            assert!(page.steps.borrow().is_empty() && page.begun.get());
        }
        assert_eq!(page.open.borrow().len(), 1);
        assert_eq!(page.well().close(), None);
        assert!(!page.begun.get() && page.open.borrow().is_empty());
        assert_eq!(page.run(), None);
    }

    #[test]
    fn one_that_another_tab_or_an_earlier_visit_has_begun_comes_first() {
        let page = Scripted::default();
        page.begun();
        assert_eq!(page.run().as_deref(), Some(MAY_BE_OPEN));
        assert!(page.begun.get());
        assert_eq!(page.close(), None);
        assert_eq!(page.said.get(), "No test incident is open on the page.");
        assert!(!page.begun.get());
    }

    #[test]
    fn closing_them_forgets_none_that_may_be_open() {
        let page = Scripted::default();
        let left = page.failing("Create", ApiError::Unanswered).run();
        assert!(left.is_some());
        page.unreadable.set(true);
        assert_eq!(page.close(), left, "nobody has looked");
        page.unreadable.set(false);
        page.open
            .replace(["1", "2"].map(|id| IncidentId(id.to_owned())).to_vec());
        let left = page.failing("Resolve", ApiError::Refused).close();
        assert_eq!(left.as_deref(), Some(STILL_OPEN));
        assert!(page.begun.get());
        assert_eq!(page.well().close(), None);
        assert!(!page.begun.get());
    }
}
