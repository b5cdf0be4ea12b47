//! The keys that an example of a configuration file shows, for the tests that hold the two together.

use std::collections::BTreeSet;

/// Every key that stands in an example, whether it is commented out or not: `policy.tries`.
#[must_use]
pub fn keys(example: &str) -> BTreeSet<String> {
    let mut section = "";
    let mut keys = BTreeSet::new();
    for line in example.lines() {
        let line = line.strip_prefix("# ").unwrap_or(line);
        if let Some(name) = header(line) {
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

/// The name in `[name]` or `[[name]]`.
fn header(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let list = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    Some(list.unwrap_or(name)).filter(|name| name.split('.').all(is_name))
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
