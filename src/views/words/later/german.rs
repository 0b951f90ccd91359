//! What the later parts say in German: short, plain, kind; readers are "Sie".

use super::table::Words;

pub(super) static GERMAN: Words = Words {
    // Incidents and planned work.
    incident: "Störung",
    no_such_incident: "Keine solche Störung",
    no_incident_here: "Diese Seite kennt unter dieser Adresse keine Störung. Vielleicht ist die Adresse unvollständig, die Störung wurde zurückgezogen, oder sie ist älter als die, die die Quelle dieser Seite noch nennt. Sehen Sie in der {0} nach.",
    list_of_incidents: "Liste der Störungen",
    at_a_glance: "Auf einen Blick",
    started: "Begonnen",
    lasted: "Dauer",
    lasted_for: "Dauer: {0}",
    in_periods: "{0}, in {1} Abschnitten",
    affected: "Betroffen",
    updates: "Meldungen",
    copy_as_text: "Als Text kopieren",
    copied: "Kopiert.",
    pass_on: "Teilen",
    link_copied: "Der Link ist kopiert.",
    not_copied: "Dieser Browser lässt das Kopieren nicht zu. Markieren Sie den Text und kopieren Sie ihn von Hand.",
    published: "Veröffentlicht: {0}",
    // The history.
    earlier_months: "Frühere Monate anzeigen",
    later_months: "Spätere Monate anzeigen",
    search_incidents: "Störungen durchsuchen",
    component: "Komponente",
    all_components: "Alle Komponenten",
    found: ["1 Störung gefunden.", "{0} Störungen gefunden."],
    none_found: "Keine Störung gefunden.",
    still_reading: "Der Rest der Liste wird noch gelesen.",
    rest_not_read: "Der Rest der Liste konnte nicht gelesen werden ({0}).",
    no_incidents: "Keine Störungen.",
    newest_only: "Die Quelle dieser Seite nennt nur ihre neuesten Störungen: Es kann weitere gegeben haben.",
    // An address that leads nowhere.
    not_found: "Seite nicht gefunden",
    no_page_here: "Hier ist keine Seite",
    what_now: "Was nun",
    nothing_lost: "Vielleicht ist die Adresse unvollständig oder vertippt. Verloren ist nichts: Jede Störung steht in der {0}.",
    right_now: "Im Moment: {0}",
    // The ninety days.
    days_ago: "vor {0} Tagen",
    today: "Heute",
    share: ["{0} % von 1 Tag", "{0} % von {1} Tagen"],
    share_unknown: "Zu diesen Tagen ist nichts bekannt",
    no_trouble: "In diesen Tagen war nichts beeinträchtigt, soweit bekannt.",
    trouble_head: ["Tag (UTC)", "Schlimmstes", "Wie lange"],
    length_unknown: "Beginn nicht angegeben",
    unknown_days: [
        "Zu einem der Tage ist nichts bekannt.",
        "Zu {0} der Tage ist nichts bekannt.",
    ],
    rule: [
        (
            "Was zählt",
            "Die Tage werden hier berechnet, aus den Störungen, die die Quelle dieser Seite nennt; gemessen wird nichts. Sagt eine Meldung, wie es um eine Komponente steht, so gilt das bis zur nächsten Meldung, die es sagt, oder bis die Störung behoben war; vor der ersten stand es um sie so, wie diese für die Zeit bis dahin sagt. Sagt es keine Meldung, auch nach einem Rückfall, und die Störung nennt die Komponente, so steht es um die Komponente so schlecht wie um die Störung, solange sie dauert. Sagt niemand, wann eine Störung endete, so zählt sie bis zur letzten Meldung davor. Überschneiden sich Störungen, zählt die schwerste, und nur einmal. Geplante Wartung zählt nicht. Heute ist nie besser als der jetzige Zustand der Komponente. Tage sind Tage in UTC.",
        ),
        (
            "Wie es gezeichnet ist",
            "Die Länge einer Marke zeigt, wie viel des Tages etwas nicht stimmte. Voll ist ein schwerer Ausfall, halb so breit ein Teilausfall, schraffiert eine eingeschränkte Leistung, ein offener Rahmen ein Zustand, den niemand kennt. Ein ruhiger Tag ist eine niedrige Linie. Ein Tag, zu dem nichts bekannt ist, bleibt leer.",
        ),
        (
            "Der Prozentwert",
            "Wie viel der bekannten Zeit die Komponente in Betrieb war, abgerundet. Ein schwerer Ausfall zählt ganz, ein Teilausfall zu 30 %. Eingeschränkte Leistung zählt als in Betrieb. Ist die Komponente jetzt ausgefallen und sagt keine Störung, seit wann, so zählt der heutige Tag nicht.",
        ),
        (
            "Was nicht bekannt ist",
            "Die Quelle nennt ihre neuesten 50 Störungen. Ein Tag vor der ältesten davon ist unbekannt, ebenso ein Tag, bevor die Quelle die Komponente führte. Unbekannte Tage zählen nicht.",
        ),
    ],
};
