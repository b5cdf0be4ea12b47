//! The keys that an example configuration file shows, for tests that compare them with the types.

use std::collections::BTreeSet;

/// Returns the path of every key in an example, commented out or not: `policy.tries`.
#[must_use]
pub fn keys(example: &str) -> BTreeSet<String> {
    let mut section = "";
    let mut keys = BTreeSet::new();
    for line in example.lines() {
        let line = line.strip_prefix("# ").unwrap_or(line);
        if let Some(name) = section_name(line) {
            section = name;
        } else if let Some((key, _)) = line.split_once(" = ")
            && is_name(key)
        {
            let path = [section, ".", key].concat();
            keys.insert(path.trim_start_matches('.').to_owned());
        }
    }
    keys
}

/// Returns the name in `[name]` or `[[name]]`.
fn section_name(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let array = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    Some(array.unwrap_or(name)).filter(|name| name.split('.').all(is_name))
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    !text.is_empty() && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_comments_and_prose_is_not() {
        let example =
            "# What b = 3 means.\na = 1\n# b = 2\n\n# [c]\n# d = []\n[[e.f]]\ng = 'h = i'\n";
        let keys: Vec<_> = keys(example).into_iter().collect();
        assert_eq!(keys, ["a", "b", "c.d", "e.f.g"]);
    }
}
