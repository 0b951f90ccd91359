//! Reads a list row by row, so that a long one never holds up the page.

use std::collections::BTreeSet;
use std::io::Cursor;

use csv::{ReaderBuilder, StringRecord};

use super::cell::{Shape, is_domain, not_an_address, says_no, shown, titles};
use super::columns::Columns;
use super::person::{BESIDE, angled, bare, is_address, no_name, recipient, row};
use super::{BadLine, List, Picked, Recipient, Table, UNNAMED, delimiter, key};

/// A list that is being read.
pub struct Reader {
    rows: csv::Reader<Cursor<Vec<u8>>>,
    /// What stands between its fields.
    delimiter: char,
    length: u64,
    record: StringRecord,
    begun: bool,
    columns: Option<Columns>,
    /// What somebody chose.
    picked: Option<Picked>,
    /// Whether it is a list of those who are never mailed.
    for_never: bool,
    /// The last row before the first person: its headings, where it has as many fields.
    above: Vec<String>,
    /// Whether it is a table by such headings, of which none was known: each row has its own address, or none, and what else
    /// looks like one is listed.
    titled: bool,
    seen: BTreeSet<String>,
    list: List,
}

impl Reader {
    /// Begins to read a text: commas, semicolons, tabs or bars between its fields, in quotation marks or
    /// not, with or without a byte order mark and headings.
    pub fn new(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let text = if text.contains('\r') {
            // Lines are counted by their feeds.
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.to_owned()
        };
        let length = text.len() as u64;
        // "sep=;" on the first line is for the spreadsheet that wrote it.
        let said = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("sep="));
        let said = said.and_then(|said| said.bytes().next());
        let delimiter = said.unwrap_or_else(|| delimiter::sniffed(&text));
        let rows = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Cursor::new(text.into_bytes()));
        Self {
            picked: None,
            for_never: false,
            above: Vec::new(),
            titled: false,
            rows,
            delimiter: char::from(delimiter),
            length,
            record: StringRecord::new(),
            begun: false,
            columns: None,
            seen: BTreeSet::new(),
            list: List::default(),
        }
    }

    /// Goes by these columns, whatever the headings say.
    #[must_use]
    pub fn by(self, picked: Option<Picked>) -> Self {
        Self { picked, ..self }
    }

    /// Reads those who are never mailed: nobody is greeted, so that names are no matter; a whole domain (`@example.com`)
    /// stands for everybody there; and whoever a column of the table tells to be mailed still is left out.
    #[must_use]
    pub fn for_never(self) -> Self {
        Self {
            for_never: true,
            ..self
        }
    }

    /// Reads at most so many rows; whether there may be more.
    pub fn step(&mut self, rows: usize) -> bool {
        for _ in 0..rows {
            match self.rows.read_record(&mut self.record) {
                Ok(true) => {
                    let record = std::mem::take(&mut self.record);
                    self.row(&record);
                    self.record = record;
                }
                Ok(false) => return false,
                // It reads from memory, and the text was a text: there is nothing left to go wrong.
                Err(error) => {
                    self.bad(self.rows.position().line(), error.to_string());
                    return false;
                }
            }
        }
        true
    }

    /// How much was read, in hundredths.
    pub fn percent(&self) -> u64 {
        (self.rows.position().byte() * 100)
            .checked_div(self.length)
            .unwrap_or(100)
            .min(100)
    }

    /// Writes at most so many of the addresses that were read in normal form and order, one a line; whether
    /// there may be more. Of the whole of it the list's fingerprint is taken: the same people in another
    /// order or spelling are the same list.
    pub fn normalise(&mut self, addresses: usize, into: &mut String) -> bool {
        for _ in 0..addresses {
            let Some(address) = self.seen.pop_first() else {
                return false;
            };
            into.push_str(&address);
            into.push('\n');
        }
        true
    }

    /// The table that it begins with, where it is one; nothing more is read.
    pub(super) fn table(mut self) -> Option<Table> {
        while !self.begun && self.step(1) {}
        self.list.table
    }

    /// What was read.
    pub fn into_list(self) -> List {
        self.list
    }

    fn row(&mut self, record: &StringRecord) {
        let fields: Vec<&str> = record.iter().collect();
        if fields.iter().all(|field| bare(field).is_empty()) {
            return;
        }
        let line = self.line_of(record);
        if self.is_cut_short(record) {
            let wrong = "a quotation mark is opened and never closed: this line and all after it are left out";
            return self.bad(line, wrong.to_owned());
        }
        // What stands before the first person is a title, a date, a heading: no mistake of anybody's.
        if !self.begun && !fields.iter().any(|field| field.contains('@')) {
            if let Some(columns) = Columns::of(&fields) {
                self.headed(&fields, columns);
            } else {
                self.above = titles(&fields);
            }
            return;
        }
        if !self.begun {
            self.begun = true;
            self.unheaded(&fields);
        }
        match self.columns {
            Some(columns) => self.by_columns(line, &fields, columns),
            None if fields.iter().any(|field| field.contains('\n')) => {
                self.bad(line, "a quotation mark runs over several lines".to_owned());
            }
            None => self.as_pasted(line, &fields),
        }
    }

    /// A table whose headings are known.
    fn headed(&mut self, fields: &[&str], found: Columns) {
        self.begun = true;
        self.list.has_services = found.services.is_some();
        let columns = self.picked.map_or(found, |picked| found.but(picked));
        self.columns = Some(columns);
        self.list.table = Some(Table {
            titles: titles(fields),
            picked: columns.picked(),
        });
    }

    /// The first row with an address, under no headings that are known: a table where it holds one address and more, or as
    /// many fields as the row above it.
    fn unheaded(&mut self, fields: &[&str]) {
        let is_address = |field: &&str| field.contains('@');
        let one = fields.iter().filter(|field| is_address(field)).count() == 1;
        let angled = fields.iter().any(|field| field.contains('<'));
        let whole = fields
            .iter()
            .position(|field| recipient(field, None).is_some());
        let Some(address) = whole.or_else(|| fields.iter().position(is_address)) else {
            return;
        };
        // A row of nothing but addresses is a line that somebody pasted. Of those who are never mailed, every address is meant.
        let has_words = fields
            .iter()
            .any(|field| !bare(field).is_empty() && !field.contains('@'));
        self.titled = !self.for_never && has_words && self.above.len() == fields.len();
        let table = self.titled || (one && !angled && fields.len() > 1);
        if !table && self.picked.is_none() {
            return;
        }
        let name = fields
            .iter()
            .position(|field| !is_address(field) && !bare(field).is_empty());
        let titles = if self.titled {
            std::mem::take(&mut self.above)
        } else {
            let numbered = (1..).zip(titles(fields));
            numbered
                .map(|(number, cell)| format!("{UNNAMED}{number} ({cell})"))
                .collect()
        };
        let picked = self.picked.unwrap_or(Picked { address, name });
        let known = self.picked.is_some() || self.titled;
        self.columns = known.then(|| Columns::only(picked));
        self.list.table = Some(Table { titles, picked });
    }

    fn as_pasted(&mut self, line: u64, fields: &[&str]) {
        let alike = |table: &&Table| table.titles.len() == fields.len();
        let table = self.list.table.as_ref().filter(alike);
        let theirs = table.map(|table| table.picked.address);
        let found = row(fields, theirs.filter(|_| !self.for_never));
        if found.people.is_empty() && found.broken.is_empty() && found.left.is_empty() {
            self.bad(line, "no valid address in this line".to_owned());
        }
        for person in found.people {
            self.add(line, person);
        }
        for address in found.broken {
            self.refuse(line, &address);
        }
        for nameless in found.nameless {
            self.no_name(line, nameless);
        }
        for (text, why) in found.left {
            self.bad(line, format!("“{}” {why}", shown(&text)));
        }
    }

    /// The person gets the mail all the same, which says "Hi there,".
    fn no_name(&mut self, line: u64, (text, wrong): (String, &'static str)) {
        if self.for_never {
            return;
        }
        let shown = shown(&text);
        self.list.nameless += 1;
        self.bad(
            line,
            format!("“{shown}” is no name ({wrong}): the mail says “Hi there,”"),
        );
    }

    fn by_columns(&mut self, line: u64, fields: &[&str], columns: Columns) {
        let cell = |place: usize| fields.get(place).map_or("", |field| bare(field));
        let cell_if = |place: Option<usize>| place.map(cell).filter(|cell| !cell.is_empty());
        let address = cell(columns.address);
        let mut said = fields.iter().filter(|field| !bare(field).is_empty());
        let alone = matches!((said.next(), said.next()), (Some(only), None)
            if only.contains('@') && (fields.len() == 1 || bare(only) == address));
        if alone || (self.titled && fields.len() > self.width()) {
            // Pasted below an export: it is no row of it.
            return self.as_pasted(line, fields);
        }
        let shape = Shape {
            delimiter: self.delimiter,
            width: self.width(),
            address: columns.address,
        };
        let mut places = fields.iter().enumerate();
        if places.any(|(place, field)| shape.takes_rows(field, place)) {
            let wrong = "a field of this line runs over several lines and holds whole rows, as if a quotation mark stood wrong: they are left out";
            return self.bad(line, wrong.to_owned());
        }
        // A line of a cell that is nothing but somebody else's address may be a row that was swallowed, or a note.
        let lines = fields.iter().filter(|field| field.contains('\n'));
        let lines = lines.flat_map(|field| field.split('\n').map(bare));
        for other in lines.filter(|line| is_address(line) && key(line) != key(address)) {
            self.bad(line, format!("“{}” {BESIDE}", shown(other)));
        }
        let own = recipient(address, None);
        if self.titled && own.is_some() {
            let others = fields.iter().map(|field| bare(field));
            for other in others.filter(|other| *other != address) {
                if recipient(other, None).is_some() {
                    self.bad(line, format!("“{}” {BESIDE}", shown(other)));
                }
            }
        }
        // As one would greet: the name at the address, else the first name, where the list tells it apart.
        let beside = angled(address).map(|(name, _)| bare(name));
        let name = beside
            .filter(|name| !name.is_empty())
            .or_else(|| cell_if(columns.first))
            .or_else(|| cell_if(columns.name))
            .or_else(|| cell_if(columns.last));
        // Several addresses of one person stand in one cell: the first is theirs.
        let address = address.split(" ::: ").next().unwrap_or(address);
        let still_mailed =
            cell_if(columns.suppressed).filter(|cell| self.for_never && says_no(cell));
        match (recipient(address, name), still_mailed) {
            (Some(person), Some(cell)) => {
                let wrong = format!("{} is not suppressed there (“{cell}”)", person.address);
                self.bad(line, wrong);
            }
            (Some(person), None) => {
                if let Some(nameless) = name.and_then(no_name) {
                    self.no_name(line, nameless);
                }
                let services = cell_if(columns.services).map(str::to_owned);
                self.add(line, Recipient { services, ..person });
            }
            (None, _) if address.is_empty() => self.bad(line, "there is no address".to_owned()),
            (None, _) => self.refuse(line, address),
        }
    }

    /// How many columns the table has.
    fn width(&self) -> usize {
        let table = self.list.table.as_ref();
        table.map_or(0, |table| table.titles.len())
    }

    /// A text that is no address; of those who are never mailed, a whole domain is one of them.
    fn refuse(&mut self, line: u64, text: &str) {
        if self.for_never && is_domain(text) {
            self.take(
                line,
                Recipient {
                    address: text.to_owned(),
                    name: None,
                    services: None,
                },
            );
        } else {
            self.bad(line, not_an_address(text));
        }
    }

    fn add(&mut self, line: u64, person: Recipient) {
        debug_assert!(is_address(&person.address));
        self.take(line, person);
    }

    fn take(&mut self, line: u64, person: Recipient) {
        if self.seen.insert(key(&person.address)) {
            self.list.people.push(person);
        } else {
            self.bad(line, format!("{} is in the list already", person.address));
        }
    }

    fn bad(&mut self, line: u64, wrong: String) {
        self.list.bad.push(BadLine { line, wrong });
    }

    /// The line on which a record begins: the empty ones before it are passed over.
    fn line_of(&self, record: &StringRecord) -> u64 {
        let Some(position) = record.position() else {
            return 0;
        };
        let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let text = self.rows.get_ref().get_ref();
        let empty = text
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| **byte == b'\n');
        position.line() + empty.count() as u64
    }

    /// Whether the record took the rest of the text with it, because a quotation mark stands open.
    fn is_cut_short(&self, record: &StringRecord) -> bool {
        let from = record.position().map_or(0, csv::Position::byte);
        if self.rows.position().byte() < self.length || !record.iter().any(|f| f.contains('\n')) {
            return false;
        }
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let rest = self.rows.get_ref().get_ref().get(from..);
        let marks = rest
            .unwrap_or_default()
            .iter()
            .filter(|byte| **byte == b'"');
        marks.count() % 2 == 1
    }
}
