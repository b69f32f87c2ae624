//! How much is read: bounds on depth and length, checked in one pass before anything is parsed.

/// How deep brackets, scripts and prefixes may nest.
pub(super) const DEEPEST: usize = 256;
/// The message where they nest deeper.
pub(super) const TOO_DEEP: &str = "nested more than 256 deep";
/// The longest statement that is read, in bytes.
pub(super) const LONGEST_STATEMENT: usize = 200_000;
/// The message where one is longer.
pub(super) const TOO_LONG: &str = "a statement of more than 200,000 bytes is not read";
/// The longest piece of text that is looked at, in bytes.
const LONGEST_PIECE: usize = 2_000_000;
/// From this depth on, or in a text of more than `SHORT` bytes, in which signs alone may nest, the
/// parser gets a stack of its own.
const DEEP: usize = 40;
/// See [`DEEP`].
const SHORT: usize = 320;
/// How large that is, in bytes.
const STACK: usize = 64 << 20;

/// How deep `text` may nest; or the bytes and the message of what is too much.
pub(super) fn depth(text: &str) -> Result<usize, (usize, usize, &'static str)> {
    let too_long = Err((0, text.len(), TOO_LONG));
    if text.len() > LONGEST_PIECE {
        return too_long;
    }
    let (mut depth, mut deepest, mut since, mut bars) = (0_usize, 0_usize, 0_usize, 0_usize);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
                if depth > DEEPEST {
                    return Err((at, at + 1, TOO_DEEP));
                }
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'|' => bars += 1,
            b',' | b';' | b'\\' => since = at,
            _ if at - since > LONGEST_STATEMENT => return too_long,
            _ => {}
        }
    }
    Ok(deepest
        .max(bars / 2)
        .max(if text.len() > SHORT { DEEP + 1 } else { 0 }))
}

/// Runs `read`, on a stack of its own where brackets nest deep.
pub(super) fn with_room<T: Send>(depth: usize, read: impl Fn() -> T + Sync) -> T {
    if depth <= DEEP {
        return read();
    }
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, &read)
            .ok()
            .and_then(|handle| handle.join().ok())
    })
    .unwrap_or_else(&read)
}
