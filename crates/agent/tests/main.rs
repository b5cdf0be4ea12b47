//! The tests of the agent in one program, because each program compiles and links [`kit`] once more.
//! `logs.rs` and `throttle.rs` are programs of their own: they count what one process logs.

mod answers;
mod bad_input;
mod control;
mod decoy;
mod epochs;
mod flow;
mod flow_kinds;
mod gates;
mod gateway;
mod held;
mod hostile_portal;
mod kit;
mod methods;
mod no_rsa;
mod passkey;
mod quality;
mod restart;
mod smtp;
mod strangers;

/// The tests of a file that is not named above would not run.
#[test]
fn every_file_of_tests_is_a_module() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    let mut missing = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of this file") {
        let file = entry.expect("an entry of the folder").path();
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        if !["main", "logs", "throttle"].contains(&&*name)
            && !include_str!("main.rs").contains(&format!("\nmod {name};\n"))
        {
            missing.push(name.into_owned());
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
