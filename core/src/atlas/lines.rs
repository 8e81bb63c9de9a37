//! The text files of `static/atlas`, read line by line: the first says what they are.

/// Gives each line to `read`, with whether it is the first. Gives how many lines there are.
///
/// # Errors
/// The number, from 1, of the first line that is no text or that `read` does not know; 1 of a file without any.
pub(super) fn lines<'a>(
    bytes: &'a [u8],
    mut read: impl FnMut(&'a str, bool) -> Option<()>,
) -> Result<u32, u32> {
    let text = text(bytes)?;
    let mut count = 0;
    for line in text.lines() {
        count += 1;
        read(line, count == 1).ok_or(count)?;
    }
    if count == 0 { Err(1) } else { Ok(count) }
}

/// A file's text, or the number, from 1, of its first line that is none.
fn text(bytes: &[u8]) -> Result<&str, u32> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let lines = before.iter().filter(|&&byte| byte == b'\n').count();
        u32::try_from(lines + 1).unwrap_or(u32::MAX)
    })
}
