//! The `rsa` crate, whose private operations can be timed (RUSTSEC-2023-0071), is not in the
//! agent: it opens with `aws-lc-rs`.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

#[test]
fn rsa_is_not_in_the_agents_release_tree() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "postern-agent",
            "--edges",
            "normal,build",
        ])
        .args([
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--offline",
            "--locked",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    let tree = String::from_utf8(tree.stdout).unwrap();
    let names: Vec<_> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(names.contains(&"aws-lc-rs"), "{tree}");
    for absent in ["rsa", "axum", "leptos", "openssl", "native-tls", "ring"] {
        assert!(!names.contains(&absent), "{absent} is in the tree");
    }
}
