//! Why something may not be done, said to the person who tried: fragments that read after "Not done: ".

use crate::sop::run::Refusal;

/// The sentence for a refusal.
pub fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoReason => "a reason is needed",
        Refusal::Promised => "this update was promised in public: post it, or post “No change”",
        Refusal::PageStillOpen => "the status page still shows it as open: publish Resolved there",
        Refusal::PageNeverTold => {
            "nothing was posted to the status page: post it or skip it with a reason first"
        }
        Refusal::NeedsApproval => "an approver has to be recorded first",
        Refusal::ApproverIsSender => {
            "approver and sender are the same person: say that you are alone on duty"
        }
        Refusal::ApproveAsYourself => "approve under your own login",
        Refusal::ApprovalWasTyped => {
            "the approval is a typed name: somebody else has to log in and approve"
        }
        Refusal::NoName => "a name is needed",
        Refusal::InFuture => "that time is in the future",
        Refusal::Stale => "this text is more than a minute old: look at it again before it leaves",
        Refusal::SeverityChanged => {
            "the severity was changed after you pressed: look at it again before it leaves"
        }
        Refusal::AlreadyDeclared => "it is declared already",
        Refusal::NoSuchType => "the playbook has no such incident type",
        Refusal::NotDeclared => "declare the incident first",
        Refusal::LogIsFull => "this log can take no further entries",
        Refusal::OtherMessage => "the message is not the one that is written down",
        Refusal::NoMessage => "there is no message to send",
        Refusal::SeverityStands => "the incident is over: its severity can no longer change",
        Refusal::SameSeverity => "it has that severity already",
        Refusal::InError => "it was declared in error",
        Refusal::SameType => "it is of that type already",
        Refusal::NoBatchAccepted => "no batch of this email was accepted",
        Refusal::NoStatus => "say which status the post set",
        Refusal::NoComponents => "no component was changed",
        Refusal::NoApprovalNeeded => "this type of incident needs no approval",
        Refusal::AlreadyResolved => "it is resolved already",
        Refusal::NothingToReopen => "only a resolved incident can be reopened",
        Refusal::NotResolvedYet => "the incident is not resolved yet",
        Refusal::AlreadyOver => "it is over already",
        Refusal::PostmortemTooEarly => "the post-mortem comes after the resolution",
        Refusal::NoPostmortemOwed => "it was declared in error: no post-mortem is owed",
        Refusal::NoPostmortemText => "the post-mortem has no text",
        Refusal::NoParticipants => "say who took part in the post-mortem",
        Refusal::NotOnPage => "the incident is not on the status page",
        Refusal::NoRegulatorOwed => "no notification of the regulator is owed",
        Refusal::EmptyNote => "the note is empty",
        Refusal::StartsAfterEnd => "the impact cannot start after it ended",
        Refusal::StartsInEarlierPeriod => {
            "the impact of this period cannot start before that of the earlier one ended"
        }
        Refusal::EndsBeforeStart => "the impact cannot end before it started",
        Refusal::AboutToLeaveHere => {
            "a message is about to leave here: undo it first to send another"
        }
        Refusal::NotWaiting => "it has left already, or was taken back",
        Refusal::AlreadySent => "this message was sent already",
        Refusal::SameUnderWay => {
            "the same message is being sent already, here or elsewhere: wait until it is over"
        }
        Refusal::Over => "the incident is over: reopen it first",
        Refusal::PageSaysResolved => "the page says Resolved already",
        Refusal::NoSuchSend => "no such message was sent",
        Refusal::AlreadyAnswered => "this message was answered already",
        Refusal::NoSuchDuty => "there is no such duty",
        Refusal::DutyClosed => "this duty is closed",
        Refusal::FirstMailsOut => "its first mails are out already",
        Refusal::SkippedUpdate => "a skipped update stays skipped",
        Refusal::DutyReplaced => "this duty is over",
        Refusal::RequiredAnyway => "it is required anyway",
        Refusal::NoRandomNumbers => "this browser gives no random numbers",
        Refusal::NotHere => "this incident is not here",
        Refusal::NoPlaybook => "the playbook cannot be read",
        Refusal::SayWhoYouAre => "say who you are first, in the field “You are”",
        Refusal::LogInFirst => "log in first",
        Refusal::NoLongerOnPage => "it is no longer open on the status page",
    }
}
