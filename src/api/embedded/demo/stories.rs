//! What goes wrong in the demonstration: short stories that could be anybody's, in plain words.

use crate::domain::component::ComponentState;
use crate::domain::impact::Impact;
use crate::domain::incident::IncidentStatus::{self, Identified, Investigating, Monitoring};

/// How bad a story is, and with that its rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Down: an update every 15 minutes.
    Critical,
    /// Partly down: an update every hour.
    Major,
    /// Slower or less than usual: updates as there is news.
    Minor,
    /// Hardly anything.
    Notice,
}

impl Weight {
    /// The minutes between two updates, where they are promised.
    pub(super) fn cadence(self) -> Option<i64> {
        match self {
            Self::Critical => Some(15),
            Self::Major => Some(60),
            Self::Minor | Self::Notice => None,
        }
    }

    /// The words of the first message for it.
    pub(super) fn cadence_words(self) -> &'static str {
        match self {
            Self::Critical => "every 15 minutes",
            Self::Major => "every hour",
            Self::Minor | Self::Notice => "as we learn more",
        }
    }

    /// The shortest and the longest that it lasts, in minutes from the start of the impact.
    pub(super) fn lasts(self) -> (i64, i64) {
        match self {
            Self::Critical => (38, 130),
            Self::Major => (70, 290),
            Self::Minor => (55, 420),
            Self::Notice => (180, 1_200),
        }
    }

    /// The most minutes between the start of the impact and the first message.
    pub(super) fn noticed(self) -> i64 {
        match self {
            Self::Critical => 14,
            Self::Major => 40,
            Self::Minor => 50,
            Self::Notice => 150,
        }
    }

    pub(super) fn impact(self) -> Impact {
        match self {
            Self::Critical => Impact::Critical,
            Self::Major => Impact::Major,
            Self::Minor => Impact::Minor,
            Self::Notice => Impact::None,
        }
    }

    pub(super) fn state(self) -> ComponentState {
        match self {
            Self::Critical => ComponentState::MajorOutage,
            Self::Major => ComponentState::PartialOutage,
            Self::Minor => ComponentState::DegradedPerformance,
            Self::Notice => ComponentState::Operational,
        }
    }
}

/// One story: what readers feel, what is found on the way, and what it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story {
    pub(super) weight: Weight,
    pub(super) symptom: &'static str,
    pub(super) impact: &'static str,
    /// What there is to tell between the first message and the last, in order.
    pub(super) steps: &'static [(IncidentStatus, &'static str)],
    /// Cause and resolution, without a full stop.
    pub(super) cause: &'static str,
    /// What was learned, where it was big.
    pub(super) learned: Option<Learned>,
}

/// The parts of a postmortem.
#[derive(Debug, Clone, Copy)]
pub(super) struct Learned {
    pub(super) root_cause: &'static str,
    pub(super) prevention: &'static str,
}

pub(super) const STORIES: &[Story] = &[
    Story {
        weight: Weight::Critical,
        symptom: "error pages and failed sign-ins",
        impact: "All users who tried to sign in or to load a page",
        steps: &[
            (
                Investigating,
                "We see errors on every request that needs the main database and are checking it.",
            ),
            (
                Identified,
                "The main database ran out of connections after a release. We are rolling the release back.",
            ),
            (
                Monitoring,
                "The release is rolled back and requests succeed again. We are watching the error rate.",
            ),
        ],
        cause: "A release opened more database connections than the database accepts; it was rolled back",
        learned: Some(Learned {
            root_cause: "A change in connection handling kept a connection open for each request instead of returning it. The test environment has too little traffic to reach the limit.",
            prevention: "- The number of open connections is now an alert\n- Releases go to one in twenty requests first\n- The limit is part of the load test",
        }),
    },
    Story {
        weight: Weight::Critical,
        symptom: "no response at all",
        impact: "All users in every region",
        steps: &[
            (
                Investigating,
                "No request reaches our servers. We are checking the network with our hosting provider.",
            ),
            (
                Identified,
                "Our hosting provider confirms a failed router in front of our network and is replacing it.",
            ),
            (
                Identified,
                "Traffic is being moved to the second data centre while the router is replaced.",
            ),
            (
                Monitoring,
                "All traffic is served by the second data centre. We are watching response times.",
            ),
        ],
        cause: "A router of our hosting provider failed and its stand-by did not take over; traffic was moved to the second data centre",
        learned: Some(Learned {
            root_cause: "The stand-by router had been taken out of service for maintenance two days before and was not put back. Our own check only looked at the active one.",
            prevention: "- Both routers are checked every minute\n- Moving to the second data centre is practised every quarter\n- The provider tells us before it works on either router",
        }),
    },
    Story {
        weight: Weight::Critical,
        symptom: "certificate warnings in the browser and failing connections",
        impact: "All users who opened a new connection",
        steps: &[
            (
                Identified,
                "The certificate has expired. A new one is being issued.",
            ),
            (
                Monitoring,
                "The new certificate is in place everywhere. We are checking every address.",
            ),
        ],
        cause: "A certificate had not been renewed because the renewal's mail went to a mailbox that nobody reads; a new certificate was installed",
        learned: Some(Learned {
            root_cause: "One certificate was still renewed by hand. Its reminder went to the address of a colleague who had left.",
            prevention: "- Every certificate is renewed by a program\n- The days left are an alert at 21 and at 7 days",
        }),
    },
    Story {
        weight: Weight::Major,
        symptom: "requests that take very long or time out",
        impact: "About one in five requests",
        steps: &[
            (
                Investigating,
                "One of three database replicas answers late. We are taking it out of rotation.",
            ),
            (
                Identified,
                "A long-running report held a lock on the busiest table. It has been stopped and the queue is draining.",
            ),
            (
                Monitoring,
                "Response times are back to normal. We are watching them.",
            ),
        ],
        cause: "An internal report held a lock on a busy table; it was stopped and now runs on a copy of the data",
        learned: Some(Learned {
            root_cause: "The report was moved from the copy to the main database by a change of settings that nobody had asked for.",
            prevention: "- Reports have no write access and no way to the main database\n- Locks that last more than ten seconds are an alert",
        }),
    },
    Story {
        weight: Weight::Major,
        symptom: "jobs that stay in the queue and do not start",
        impact: "Users who started a job; nothing that was queued is lost",
        steps: &[
            (
                Investigating,
                "Jobs are accepted but do not start. We are checking the workers.",
            ),
            (
                Identified,
                "The workers cannot read one damaged job and stop at it. We are setting it aside.",
            ),
            (
                Monitoring,
                "Jobs start again. It will take some time until all waiting jobs have run.",
            ),
        ],
        cause: "One damaged job stopped the workers again and again; it was set aside and the queue has been worked off",
        learned: None,
    },
    Story {
        weight: Weight::Major,
        symptom: "failing calls to a partner's service",
        impact: "Everything that needs the partner's service; everything else works",
        steps: &[
            (
                Identified,
                "The partner confirms a disturbance on their side. We retry every failed call.",
            ),
            (
                Identified,
                "The partner has found the cause and expects a solution within the hour.",
            ),
            (
                Monitoring,
                "Calls succeed again. We are repeating the failed ones.",
            ),
        ],
        cause: "A partner's service was down; after it came back every failed call was repeated",
        learned: None,
    },
    Story {
        weight: Weight::Major,
        symptom: "missing or late notifications",
        impact: "Users who wait for an email from us",
        steps: &[
            (
                Investigating,
                "Emails leave us but arrive late. We are in contact with our mail provider.",
            ),
            (
                Identified,
                "Our mail provider slowed us down after a burst of messages. The limit is being raised.",
            ),
            (
                Monitoring,
                "The limit has been raised and the waiting emails are being delivered.",
            ),
        ],
        cause: "A burst of messages had reached a limit of our mail provider; the limit was raised and every waiting email was delivered",
        learned: None,
    },
    Story {
        weight: Weight::Major,
        symptom: "failed uploads",
        impact: "Users who upload files of more than 5 MB",
        steps: &[
            (
                Investigating,
                "Large uploads break off. Small ones work. We are checking the storage.",
            ),
            (
                Identified,
                "A change to the proxy's limits was too strict. It is being taken back.",
            ),
            (
                Monitoring,
                "Uploads of every size work again. We are watching them.",
            ),
        ],
        cause: "A new limit in our proxy was too low; it was taken back",
        learned: None,
    },
    Story {
        weight: Weight::Minor,
        symptom: "slower responses than usual",
        impact: "Some users between two and four seconds per page",
        steps: &[
            (
                Identified,
                "A cache was emptied by a restart and is filling up again.",
            ),
            (
                Monitoring,
                "Response times are falling towards their usual level.",
            ),
        ],
        cause: "A cache was empty after a restart; it is filled again and is now filled before a restart",
        learned: None,
    },
    Story {
        weight: Weight::Minor,
        symptom: "search results that miss the newest entries",
        impact: "Users who search for something from the last hour",
        steps: &[(
            Identified,
            "The search index is behind. It is catching up and will be complete soon.",
        )],
        cause: "The program that feeds the search index had stopped; it was started again and the index is complete",
        learned: None,
    },
    Story {
        weight: Weight::Minor,
        symptom: "charts without data for today",
        impact: "Users who look at reports; no data is lost",
        steps: &[
            (
                Investigating,
                "Today's figures are missing in some charts. The data itself is there.",
            ),
            (
                Identified,
                "Last night's calculation broke off and is running again.",
            ),
        ],
        cause: "A nightly calculation had broken off; it was repeated and the charts are complete",
        learned: None,
    },
    Story {
        weight: Weight::Minor,
        symptom: "occasional error messages when saving",
        impact: "About one in a hundred attempts to save; a second attempt works",
        steps: &[
            (
                Investigating,
                "Some attempts to save fail. Trying again helps. We are looking for the cause.",
            ),
            (
                Identified,
                "One of our servers has a faulty disk. It is being taken out of service.",
            ),
            (
                Monitoring,
                "The server has been replaced. We see no more errors.",
            ),
        ],
        cause: "A server with a faulty disk was replaced",
        learned: None,
    },
    Story {
        weight: Weight::Minor,
        symptom: "exports that take up to half an hour",
        impact: "Users who export large tables",
        steps: &[(
            Identified,
            "Very large exports hold up the others. We are giving them a lane of their own.",
        )],
        cause: "A few very large exports had held up all others; they now run separately",
        learned: None,
    },
    Story {
        weight: Weight::Minor,
        symptom: "sign-in codes that arrive late",
        impact: "Users who sign in with a code by text message",
        steps: &[
            (
                Identified,
                "One of our carriers delivers late. Codes are sent by another one for now.",
            ),
            (Monitoring, "Codes arrive within seconds again."),
        ],
        cause: "A carrier delivered text messages late; codes went out by another carrier until it had recovered",
        learned: None,
    },
    Story {
        weight: Weight::Notice,
        symptom: "a wrong time of day in the footer of exported documents",
        impact: "Exported documents; their content is right",
        steps: &[(Identified, "The correction is being tested.")],
        cause: "A time zone was missing in the export; it was added",
        learned: None,
    },
    Story {
        weight: Weight::Notice,
        symptom: "an outdated logo in emails",
        impact: "Readers of our emails; everything else in them is right",
        steps: &[],
        cause: "An old picture was still in a cache; it was removed",
        learned: None,
    },
    Story {
        weight: Weight::Notice,
        symptom: "documentation pages without pictures",
        impact: "Readers of the documentation",
        steps: &[(
            Identified,
            "The pictures were left out of the last release and are being added.",
        )],
        cause: "Pictures had been left out of a release; they are back",
        learned: None,
    },
];
