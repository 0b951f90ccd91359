//! A file as text: UTF-8, or UTF-16 where its byte order mark says so, as spreadsheets save "Unicode text". Anything else
//! is refused: letters that are guessed at would greet people by a wrong name.

/// Why a file is no list. Stands after "The file was not read: ".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// A workbook, or something else that is packed.
    #[error("it is a workbook and no text. Save the sheet as “CSV UTF-8” and choose that")]
    Workbook,
    /// Bytes that are neither.
    #[error(
        "its letters are in an old encoding. Save it as “CSV UTF-8”, or copy its lines and paste them"
    )]
    OldEncoding,
}

/// What a file says.
///
/// # Errors
/// Why it is no text that can be read for certain.
pub fn text_of(bytes: Vec<u8>) -> Result<String, NotText> {
    let text = match bytes.as_slice() {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => None,
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(NotText::Workbook),
        _ => String::from_utf8(bytes).ok(),
    };
    text.filter(|text| !text.contains('\0'))
        .ok_or(NotText::OldEncoding)
}

/// Words of two bytes each; `None` where they are no text, or one is cut off.
fn wide(bytes: &[u8], word: fn([u8; 2]) -> u16) -> Option<String> {
    let (words, rest) = bytes.as_chunks::<2>();
    let words = words.iter().map(|pair| word(*pair));
    let text: Result<String, _> = char::decode_utf16(words).collect();
    text.ok().filter(|_| rest.is_empty())
}
