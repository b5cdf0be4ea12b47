//! Running other programs: prints each command, and names it in its errors.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Success, or an error message.
pub type Outcome = Result<(), String>;

/// One program to run.
#[derive(Debug)]
pub struct Step {
    command: Command,
}

impl Step {
    /// Creates a step: a program with its first arguments, run in the project's folder.
    pub fn new(program: impl AsRef<OsStr>, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(root());
        Self { command }
    }

    /// Adds an argument.
    pub fn argument(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets the folder to run in, and creates it.
    pub fn directory(mut self, directory: &Path) -> Self {
        // If the folder cannot be created, starting the program in it reports the error.
        let _reported_later = std::fs::create_dir_all(directory);
        self.command.current_dir(directory);
        self
    }

    /// Sets a variable of its environment.
    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets variables of its environment.
    pub fn variables(mut self, variables: &[(String, String)]) -> Self {
        self.command.envs(variables.iter().cloned());
        self
    }

    /// Prints the command that is about to be run.
    pub fn announce(&self) {
        eprintln!("\x1b[2m$ {}\x1b[0m", self.command_line());
    }

    /// Runs it to completion. Fails if it cannot be started or exits with an error.
    pub fn run(mut self) -> Outcome {
        self.announce();
        let status = self.command.status().map_err(|error| self.failed(&error))?;
        if status.success() {
            Ok(())
        } else {
            Err(self.failed(&status))
        }
    }

    /// Runs it to completion and returns its standard output.
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

    /// Starts it and leaves it running; its output goes into a file.
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

    /// Returns the command itself, for settings that this type does not have.
    pub fn command(&mut self) -> &mut Command {
        &mut self.command
    }

    fn command_line(&self) -> String {
        let words: Vec<_> = std::iter::once(self.command.get_program())
            .chain(self.command.get_args())
            .map(OsStr::to_string_lossy)
            .collect();
        words.join(" ")
    }

    fn failed(&self, why: &dyn std::fmt::Display) -> String {
        format!("{}: {why}", self.command_line())
    }
}

/// Returns the project's folder.
pub fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// Returns cargo's target folder: the one that this program was built into, whatever the settings.
pub fn target() -> PathBuf {
    let own = std::env::current_exe().ok();
    let target = own.as_deref().and_then(|own| own.ancestors().nth(2));
    target.map_or_else(|| root().join("target"), Path::to_owned)
}

/// Returns the path of one of the workspace's programs, built by cargo.
pub fn program(name: &str) -> PathBuf {
    target().join("debug").join(name)
}

/// Returns the cargo that runs this program.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"))
}
