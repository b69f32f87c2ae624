//! Brackets that one line opens and a later one closes: they make one line of them.

/// As many lines may be joined.
const MOST: usize = 12;

/// How many more brackets a text opens than it closes; one that closes too many opens none.
fn open(text: &str) -> usize {
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return 0,
            },
            _ => {}
        }
    }
    depth
}

/// Where the line from `start` to `end` ends if the brackets that it leaves open are closed in
/// one of the next lines, with no blank one between; else `end`.
pub fn closing_line(text: &str, start: usize, end: usize) -> usize {
    if open(text.get(start..end).unwrap_or("")) == 0 {
        return end;
    }
    let mut at = end;
    for line in text
        .get(end..)
        .unwrap_or("")
        .split_inclusive('\n')
        .take(MOST)
    {
        if at > end && line.trim().is_empty() {
            return end;
        }
        at += line.len();
        let stop = at - (line.len() - line.trim_end_matches(['\n', '\r']).len());
        if stop > end && open(text.get(start..stop).unwrap_or("")) == 0 {
            return stop;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_a_later_line_closes_join_the_lines() {
        assert_eq!(closing_line("(a +\nb)^2\nc", 0, 4), 9);
        assert_eq!(closing_line("(a +\n\nb)^2", 0, 4), 4);
        assert_eq!(closing_line("(a + b\nc", 0, 6), 6);
        assert_eq!(closing_line("a) b\nc", 0, 4), 4);
        assert_eq!(closing_line("x ∈ (0, 1]\ny", 0, 12), 12);
    }
}
