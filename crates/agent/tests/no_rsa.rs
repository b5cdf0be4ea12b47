//! The `rsa` crate, whose private-key operations leak by timing (RUSTSEC-2023-0071), decrypts
//! nothing in the agent: `aws-lc-rs` does. Only the passkey library depends on it, to verify
//! signatures (RS256 of Windows Hello) with public keys.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

#[test]
fn rsa_is_in_the_agents_release_tree_for_passkeys_alone() {
    let tree = tree(&["--edges=normal,build"]);
    let names: Vec<_> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(names.contains(&"aws-lc-rs"), "{tree}");
    for absent in ["axum", "leptos", "openssl", "native-tls", "ring"] {
        assert!(!names.contains(&absent), "{absent} is in the tree");
    }
    let mut found: Vec<_> = tree
        .lines()
        .filter_map(|line| line.strip_prefix("rsa v"))
        .filter_map(|version| version.split(' ').next())
        .collect();
    found.sort_unstable();
    found.dedup();
    let [version] = found[..] else {
        panic!("rsa in {found:?}");
    };
    // The dependents, innermost first: none of our crates comes before the passkey library, and of
    // ours only the gates use that.
    let invert = ["--invert=rsa@", version].concat();
    let users = self::tree(&["--edges=normal", &invert]);
    let users: Vec<_> = users
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    for (place, user) in users.iter().enumerate() {
        assert!(
            !user.starts_with("postern-")
                || ["webauthn-rs", "postern-gates"].contains(&users[place - 1]),
            "{user} uses rsa: {users:?}"
        );
    }
    assert_eq!(users[..2], ["rsa", "crypto-glue"]);
}

fn tree(arguments: &[&str]) -> String {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--package=postern-agent", "--prefix=none"])
        .args(["--format={p}", "--offline", "--locked"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{said}");
    String::from_utf8(tree.stdout).unwrap()
}
