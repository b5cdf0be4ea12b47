//! Running other programs: what is run is shown, what fails says so.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Success, or what went wrong in words.
pub type Outcome = Result<(), String>;

/// One program to run.
#[derive(Debug)]
pub struct Step {
    command: Command,
}

impl Step {
    /// A program with its first arguments, run in the project's folder.
    pub fn new(program: impl AsRef<OsStr>, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(root());
        Self { command }
    }

    /// One more argument.
    pub fn argument(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// More arguments.
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    /// Another folder to run in; it is made.
    pub fn directory(mut self, directory: &Path) -> Self {
        // A folder that cannot be made is reported by the program that does not start in it.
        let _reported_later = std::fs::create_dir_all(directory);
        self.command.current_dir(directory);
        self
    }

    /// A variable of its environment.
    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Variables of its environment.
    pub fn variables(mut self, variables: &[(String, String)]) -> Self {
        self.command.envs(variables.iter().cloned());
        self
    }

    /// Shows what is going to be run.
    pub fn announce(&self) {
        eprintln!("\x1b[2m$ {}\x1b[0m", self.shown());
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Outcome {
        self.announce();
        let status = self.command.status().map_err(|error| self.failed(&error))?;
        if status.success() {
            Ok(())
        } else {
            Err(self.failed(&status))
        }
    }

    /// Runs it to its end and gives what it printed.
    pub fn output(mut self) -> Result<String, String> {
        let output = self
            .command
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| self.failed(&error))?;
        if !output.status.success() {
            return Err(self.failed(&output.status));
        }
        String::from_utf8(output.stdout).map_err(|_| self.failed(&"its output is not UTF-8"))
    }

    /// Starts it and lets it run; what it says goes into a file.
    pub fn log(mut self, file: &Path) -> Result<Child, String> {
        let out = File::create(file).map_err(|error| self.failed(&error))?;
        let err = out.try_clone().map_err(|error| self.failed(&error))?;
        self.command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .spawn()
            .map_err(|error| self.failed(&error))
    }

    /// The command itself, for what this type does not know.
    pub fn command(&mut self) -> &mut Command {
        &mut self.command
    }

    fn shown(&self) -> String {
        let words: Vec<_> = std::iter::once(self.command.get_program())
            .chain(self.command.get_args())
            .map(OsStr::to_string_lossy)
            .collect();
        words.join(" ")
    }

    fn failed(&self, why: &dyn std::fmt::Display) -> String {
        format!("{}: {why}", self.shown())
    }
}

/// The project's folder.
pub fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// Where cargo builds to: where this program was built, whatever cargo was told.
pub fn target() -> PathBuf {
    let own = std::env::current_exe().ok();
    let target = own.as_deref().and_then(|own| own.ancestors().nth(2));
    target.map_or_else(|| root().join("target"), Path::to_owned)
}

/// One of the workspace's programs, as cargo built it.
pub fn program(name: &str) -> PathBuf {
    target().join("debug").join(name)
}

/// The cargo that runs this.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"))
}
