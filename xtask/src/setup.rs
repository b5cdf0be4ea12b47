//! Set-up of the tests' requirements besides the tools: browsers, a domain controller, npm
//! packages. They are installed if this runs as root; else an error lists the packages to install.

use crate::run::{Outcome, Step, root};
use crate::{clock, tools};
use std::path::Path;

/// The path of Debian's driver for Chromium.
pub const CHROMEDRIVER: &str = "/usr/bin/chromedriver";

/// The Debian packages that the tests need, each with a file that shows that it is installed.
const DEBIAN: [(&str, &str); 14] = [
    ("chromium", "/usr/bin/chromium"),
    (
        "chromium-headless-shell",
        "/usr/bin/chromium-headless-shell",
    ),
    ("chromium-driver", CHROMEDRIVER),
    ("firefox-esr", "/usr/bin/firefox-esr"),
    ("webkit2gtk-driver", "/usr/bin/WebKitWebDriver"),
    ("xvfb", "/usr/bin/Xvfb"),
    ("samba", "/usr/sbin/samba"),
    ("samba-ad-dc", "/usr/share/doc/samba-ad-dc"),
    ("samba-ad-provision", "/usr/share/samba/setup"),
    ("samba-dsdb-modules", "/usr/share/doc/samba-dsdb-modules"),
    ("ldb-tools", "/usr/bin/ldbmodify"),
    ("ldap-utils", "/usr/bin/ldapsearch"),
    ("libfaketime", clock::LIBRARY),
    ("python3-venv", "/usr/share/doc/python3-venv"),
];

/// Installs everything that `cargo xtask test` needs.
pub fn everything() -> Outcome {
    debian()?;
    tools::wasm_target()?;
    npm()
}

/// Installs the npm packages of the browser tests.
pub fn npm() -> Outcome {
    let e2e = root().join("e2e");
    let lock = std::fs::read(e2e.join("package-lock.json")).map_err(|error| error.to_string())?;
    let stamp = e2e.join("node_modules/.postern-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    tools::require_npm()?;
    Step::new("npm", &["ci", "--no-audit", "--no-fund"])
        .directory(&e2e)
        .variable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .run()?;
    std::fs::write(&stamp, lock).map_err(|error| error.to_string())
}

fn debian() -> Outcome {
    let missing: Vec<&str> = DEBIAN
        .iter()
        .filter(|(_, shows)| !Path::new(shows).exists())
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let instructions = format!(
        "these Debian packages are missing; install them with\n  apt-get install {}",
        missing.join(" ")
    );
    if !tools::is_installed("apt-get") || !is_root()? {
        return Err(instructions);
    }
    let apt = |arguments: &[&str]| {
        Step::new("apt-get", arguments).variable("DEBIAN_FRONTEND", "noninteractive")
    };
    apt(&["update", "-qq"])
        .run()
        .and_then(|()| {
            apt(&["install", "-y", "-qq", "--no-install-recommends"])
                .arguments(&missing)
                .run()
        })
        .map_err(|error| format!("{error}\n{instructions}"))
}

fn is_root() -> Result<bool, String> {
    Ok(Step::new("id", &["-u"]).output()?.trim() == "0")
}
