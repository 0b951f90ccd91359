//! What the checks before an incident come to.

use super::{counted, lower_first};

/// What they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Ready,
    /// An answer is still on its way: nobody knows yet.
    Asking,
    NotReady,
}

/// What they come to, and that in words: by the names of the checks that fail, of those that have no answer yet, and by how
/// many problems the settings have.
pub fn verdict(failing: &[&str], asking: &[&str], problems: usize) -> (Verdict, String) {
    let mut said = Vec::new();
    if !failing.is_empty() {
        said.push(format!("Not ready: {}.", listed(failing)));
    }
    if problems > 0 {
        let problems = counted(problems, "problem", "problems");
        said.push(format!("The settings have {problems}."));
    }
    if !said.is_empty() {
        return (Verdict::NotReady, said.join(" "));
    }
    if asking.is_empty() {
        let ready = "The console can run the SOP.".to_owned();
        (Verdict::Ready, ready)
    } else {
        (
            Verdict::Asking,
            format!("Still checking: {}.", listed(asking)),
        )
    }
}

/// What the browser answers to whether it keeps what is stored in it; `None` while it is being asked.
pub fn lasting(answer: Option<&Result<bool, String>>) -> String {
    match answer {
        None => "Asking the browser".to_owned(),
        Some(Ok(true)) => "The browser has promised to keep what is stored here".to_owned(),
        Some(Ok(false)) => "The browser has not promised to keep what is stored here: it may clear it when it runs \
            short of room, and Safari does after seven days without a visit"
            .to_owned(),
        Some(Err(error)) => {
            format!("The browser does not say whether it keeps what is stored here: {error}")
        }
    }
}

fn listed(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| lower_first(name)).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_ready_before_everything_has_answered() {
        let ready = "The console can run the SOP.";
        assert_eq!(verdict(&[], &[], 0), (Verdict::Ready, ready.to_owned()));
        let asking = "Still checking: status page, email service.";
        assert_eq!(
            verdict(&[], &["Status page", "Email service"], 0),
            (Verdict::Asking, asking.to_owned())
        );
        let failing = "Not ready: approver. The settings have 2 problems.";
        assert_eq!(
            verdict(&["Approver"], &["Status page"], 2),
            (Verdict::NotReady, failing.to_owned())
        );
        assert_eq!(
            verdict(&["Review of the SOP", "Approver"], &[], 0).1,
            "Not ready: review of the SOP, approver."
        );
        let problem = "The settings have 1 problem.";
        assert_eq!(
            verdict(&[], &["Status page"], 1),
            (Verdict::NotReady, problem.to_owned())
        );
    }
}
