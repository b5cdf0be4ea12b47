//! `cargo xtask test --trunk`: tests the development loop of CONTRIBUTING.md. `trunk build` has to
//! give the same files as `cargo xtask site`, and `trunk serve` has to show the pages of a portal.
//! Not run in CI: Trunk takes ten minutes to compile.

use crate::run::{Outcome, Step, root, target};
use crate::stack::{self, Stack, demo_tenants, free_port, get, wait};
use crate::{site, tools};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The version of Trunk: the last one that rustc 1.95 compiles.
const TRUNK_VERSION: &str = "0.21.14";

/// Installs Trunk if it is missing, and tries both commands.
pub fn test() -> Outcome {
    let trunk = trunk()?;
    stack::build()?;
    Step::new(&trunk, &["build"]).run()?;
    let copied = root().join("target/trunk/site");
    let (ours, trunks) = (files(&site::directory())?, files(&copied)?);
    if ours != trunks {
        return Err(format!(
            "{}: expected the same files as in {}",
            copied.display(),
            site::directory().display()
        ));
    }
    let (portal, port) = (free_port()?, free_port()?);
    let stack = Stack::start(&target().join("trunk-stack"), portal, &demo_tenants()[..1])?;
    let settings =
        fs::read_to_string(root().join("Trunk.toml")).map_err(|error| error.to_string())?;
    let settings = settings.replace("127.0.0.1:3000", &format!("127.0.0.1:{portal}"));
    let own = root().join("Trunk.test.toml");
    fs::write(&own, settings).map_err(|error| error.to_string())?;
    let serving = Step::new(&trunk, &["serve", "--config"])
        .argument(&own)
        .argument("--port")
        .argument(port.to_string())
        .log(&stack.folder().join("trunk.log"));
    let shown = serving.and_then(|mut trunk| {
        let shown = wait("trunk serve", || shows_a_page(port));
        let _already_gone = trunk.kill();
        let _already_gone = trunk.wait();
        shown
    });
    let _may_be_gone = fs::remove_file(&own);
    shown?;
    println!("\n2 passed, 0 failed");
    Ok(())
}

/// Reports whether a page and its script are served through Trunk.
fn shows_a_page(port: u16) -> bool {
    let page = get(port, "/contoso/").unwrap_or_default();
    let mut addresses = page.split('"');
    let script = addresses.find(|one| one.starts_with("/assets/") && one.ends_with(".js"));
    script.is_some_and(|script| get(port, script).is_some())
}

fn trunk() -> Result<PathBuf, String> {
    let folder = tools::cache()?.join(["trunk-", TRUNK_VERSION].concat());
    let program = folder.join("bin/trunk");
    if !program.is_file() {
        Step::new(
            "cargo",
            &[
                "install",
                "--locked",
                "trunk",
                "--version",
                TRUNK_VERSION,
                "--root",
            ],
        )
        .argument(&folder)
        // Outside the workspace, so that its cargo settings do not apply to the tool.
        .directory(&tools::cache()?)
        .run()?;
    }
    Ok(program)
}

/// Returns the files of a folder by name.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::read_dir(folder)
        .map_err(failed)?
        .map(|entry| {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default();
            Ok((
                name.to_string_lossy().into_owned(),
                fs::read(&path).map_err(failed)?,
            ))
        })
        .collect()
}
