//! Cuts a file into the elements of one of its lists while it arrives, so that a list of any length is read
//! piece by piece, and only as far as it is needed. It looks at brackets, strings and commas only: what an
//! element says is read by whoever gets it.

use serde_json::Value;

/// How deep the list lies: below the file's one object.
const LIST: u32 = 2;

/// A file that is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strange;

/// Where in a string the last byte was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    Outside,
    Within,
    /// Behind a backslash: the next byte is no end.
    Escaped,
}

/// Where the last byte was, seen from the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Within,
    Behind,
}

/// Takes the bytes of a file as they come, and gives the elements of the list that it looks for.
#[derive(Debug)]
pub struct Cutter {
    name: &'static str,
    waiting: Vec<u8>,
    /// How much of `waiting` has been looked at.
    seen: usize,
    depth: u32,
    text: Text,
    /// The last string of the outermost object, and the key that is being read, both as they are written.
    word: Vec<u8>,
    key: Vec<u8>,
    place: Place,
    ended: bool,
    element: Vec<u8>,
    after_comma: bool,
}

impl Cutter {
    /// Looks for the list of a name in the file's one object.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            waiting: Vec::new(),
            seen: 0,
            depth: 0,
            text: Text::Outside,
            word: Vec::new(),
            key: Vec::new(),
            place: Place::Before,
            ended: false,
            element: Vec::new(),
            after_comma: false,
        }
    }

    /// Takes the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.waiting.drain(..self.seen.min(self.waiting.len()));
        self.seen = 0;
        self.waiting.extend_from_slice(bytes);
    }

    /// The next element that is there in full, as it is written; `None` where more bytes are needed.
    pub fn take(&mut self) -> Result<Option<Vec<u8>>, Strange> {
        while let Some(byte) = self.waiting.get(self.seen).copied() {
            self.seen += 1;
            if let Some(element) = self.meet(byte)? {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// Whether the file has been given to its end, and had the list.
    pub fn is_whole(&self) -> bool {
        self.ended && self.place == Place::Behind
    }

    fn meet(&mut self, byte: u8) -> Result<Option<Vec<u8>>, Strange> {
        if self.text != Text::Outside {
            self.keep(byte);
            self.text = match (self.text, byte) {
                (Text::Within, b'\\') => Text::Escaped,
                (Text::Within, b'"') => Text::Outside,
                (Text::Within | Text::Escaped | Text::Outside, _) => Text::Within,
            };
            return Ok(None);
        }
        let in_list = self.place == Place::Within;
        match byte {
            // A mark of the byte order may stand before everything.
            0xEF | 0xBB | 0xBF if self.depth == 0 && !self.ended => Ok(None),
            b' ' | b'\t' | b'\r' | b'\n' => {
                self.keep(byte);
                Ok(None)
            }
            // What is no object, and what stands behind its end, is another kind of file.
            _ if self.ended || self.depth == 0 && byte != b'{' => Err(Strange),
            b'"' => {
                self.text = Text::Within;
                self.word.clear();
                self.keep(byte);
                Ok(None)
            }
            b'{' | b'[' => {
                self.keep(byte);
                self.depth += 1;
                if byte == b'[' && self.depth == LIST && self.is_named() {
                    self.place = Place::Within;
                    self.element.clear();
                    self.after_comma = false;
                }
                Ok(None)
            }
            b'}' | b']' => {
                self.depth -= 1;
                let closes = in_list && self.depth < LIST;
                if !closes {
                    self.keep(byte);
                    self.ended = self.depth == 0;
                    return Ok(None);
                }
                self.place = Place::Behind;
                if byte == b'}' {
                    return Err(Strange);
                }
                self.cut(false)
            }
            b',' if in_list && self.depth == LIST => self.cut(true),
            b':' if self.depth == 1 => {
                self.key = std::mem::take(&mut self.word);
                Ok(None)
            }
            _ => {
                self.keep(byte);
                Ok(None)
            }
        }
    }

    /// Ends an element; `comma` tells whether another must follow. Only an empty list has an empty element.
    fn cut(&mut self, comma: bool) -> Result<Option<Vec<u8>>, Strange> {
        let element = std::mem::take(&mut self.element);
        let empty = element.iter().all(u8::is_ascii_whitespace);
        if empty && (comma || self.after_comma) {
            return Err(Strange);
        }
        self.after_comma = comma;
        Ok((!empty).then_some(element))
    }

    fn keep(&mut self, byte: u8) {
        if self.place == Place::Within {
            self.element.push(byte);
        } else if self.depth == 1 && self.text != Text::Outside {
            self.word.push(byte);
        }
    }

    /// Whether the key that is being read is the list's: it may be written with escapes.
    fn is_named(&self) -> bool {
        let key: Option<Value> = serde_json::from_slice(&self.key).ok();
        key.is_some_and(|key| key.as_str() == Some(self.name))
    }
}
