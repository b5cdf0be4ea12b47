//! The agent: a sealed message comes in, a sealed reply goes out.

use crate::accounts::Accounts;
use crate::config::Rules;
use crate::flow::codes::Codes;
use crate::flow::wiring::Wiring;
use crate::flow::{holds, ledger};
use crate::limits::{Limits, networks, sends, tries};
use crate::locks::Locks;
use crate::notices::Notices;
use crate::quality::Quality;
use crate::replay;
use crate::request::Requests;
use crate::sandbox::SandboxPage;
use crate::scripted::ScriptedAnswers;
use async_trait::async_trait;
use core::fmt;
use postern_directory::{Directory, Failure};
use postern_envelope::PublicKey;
use postern_envelope::open::EnvelopeKey;
use postern_gates::Gates;
use postern_notify::Wording;
use postern_notify::mail::Mailer;
use postern_protocol::Reason;
use postern_relay::{Answer, Ask, Handler};
use postern_store::Memory;
use postern_store::store::StoreError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// The maximum number of messages processed at the same time.
const MAX_CONCURRENT_MESSAGES: u32 = 256;

/// The time after a heartbeat for which `status` reports "connected": as long as a portal waits for
/// the next heartbeat.
const HEARTBEAT_LIFETIME_SECONDS: u64 = 12;

/// The parts of an agent.
pub struct Parts {
    /// The rules of the tenant.
    pub rules: Rules,
    /// The key that browsers seal to.
    pub key: EnvelopeKey,
    /// The agent's memory.
    pub memory: Memory,
    /// The directory of the accounts.
    pub directory: Arc<dyn Directory>,
    /// The gates.
    pub gates: Gates,
    /// The checks of new passwords.
    pub quality: Quality,
    /// The mailer of notices.
    pub mailer: Mailer,
    /// The texts of notices.
    pub wording: Wording,
    /// The directory is the sandbox, whose accounts and mails may be shown.
    pub sandbox: bool,
    /// The minimum time that an answer to a name takes in a `decoy` tenant, so that it does not
    /// reveal whether there is an account.
    pub decoy_floor: Duration,
}

/// The agent.
#[derive(Clone)]
pub struct Agent(pub(crate) Arc<Services>);

/// The services of the agent, each with what it needs and no more.
pub(crate) struct Services {
    pub requests: Requests,
    pub memory: Memory,
    pub rules: Arc<Rules>,
    pub gates: Gates,
    pub accounts: Accounts,
    pub running: Semaphore,
    limits: Limits,
    /// The contents of the sandbox's page; `None` for a real directory.
    sandbox: Option<SandboxPage>,
    codes: Arc<Codes>,
    mailer: Mailer,
    directory_up: AtomicBool,
    /// Very many answers were wrong within the last hour; updated by [`Agent::purge`].
    alarmed: AtomicBool,
    /// The time of the last heartbeat that the relay asked for, in seconds since the Unix epoch.
    heartbeat_at: AtomicU64,
}

impl Agent {
    /// Builds an agent from its parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let rules = Arc::new(parts.rules);
        let limits = Limits::of(&rules);
        let (memory, gates, mailer) = (parts.memory, parts.gates, parts.mailer);
        let accounts = Accounts::new(parts.directory);
        let sandbox = parts.sandbox.then(|| SandboxPage {
            accounts: accounts.clone(),
            gates: gates.clone(),
            mailer: mailer.clone(),
        });
        let scripted = parts.sandbox.then(|| ScriptedAnswers::new(&memory.key));
        let tenant = parts.wording.tenant().name.clone();
        let wiring = Wiring {
            memory: memory.clone(),
            rules: Arc::clone(&rules),
            limits,
            accounts: accounts.clone(),
            gates: gates.clone(),
            notices: Notices {
                mailer: mailer.clone(),
                wording: parts.wording,
                clock: Arc::clone(&memory.clock),
            },
            decoy_floor: parts.decoy_floor,
        };
        let steps = wiring.steps(parts.quality);
        Self(Arc::new(Services {
            codes: Arc::clone(&steps.codes),
            requests: Requests {
                memory: memory.clone(),
                tenant,
                key: parts.key,
                rules: Arc::clone(&rules),
                limits,
                requests: Locks::default(),
                flows: Locks::default(),
                steps,
                scripted,
            },
            accounts,
            rules,
            gates,
            running: Semaphore::new(MAX_CONCURRENT_MESSAGES as usize),
            memory,
            limits,
            sandbox,
            mailer,
            directory_up: AtomicBool::new(true),
            alarmed: AtomicBool::new(false),
            heartbeat_at: AtomicU64::new(0),
        }))
    }

    /// The key that browsers seal to.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        self.0.requests.key.public()
    }

    /// Deletes expired data. To be called every minute or so.
    ///
    /// # Errors
    /// The store failed.
    pub async fn purge(&self) -> Result<(), StoreError> {
        let (now, limits) = (self.0.memory.now(), self.0.limits);
        let purge = move |tables: &_| {
            replay::purge(tables, now)?;
            ledger::purge(tables, now)?;
            holds::purge(tables, now)?;
            tries::purge(tables, limits, now)?;
            networks::purge(tables, limits, now)?;
            sends::purge(tables, limits, now)?;
            networks::is_alarmed(tables, limits, now)
        };
        let alarmed = self.0.memory.store.write(purge).await?;
        self.0.alarmed.store(alarmed, Ordering::Relaxed);
        Ok(())
    }

    /// Sends queued codes that are due. To be called every second or so.
    pub fn send_waiting(&self) {
        self.0.codes.send_waiting();
    }

    /// Waits until no message is being processed, and accepts no more.
    pub async fn stop(&self) {
        let _all = self.0.running.acquire_many(MAX_CONCURRENT_MESSAGES).await;
        self.0.running.close();
    }
}

#[async_trait]
impl Handler for Agent {
    async fn answer(&self, ask: Ask) -> Answer {
        let services = Arc::clone(&self.0);
        // In a task of its own, so that a caller that stops waiting does not stop the work
        // half-way.
        let work = tokio::spawn(async move {
            let Ok(_running) = services.running.acquire().await else {
                return Answer::NotAccepted;
            };
            match ask {
                Ask::Message { metadata, message } => {
                    services.requests.answer(metadata, message).await
                }
                Ask::Sandbox { .. } => match &services.sandbox {
                    Some(page) => page.view(services.memory.now()).await,
                    None => Answer::NotAccepted,
                },
                Ask::SandboxMail { number } => match &services.sandbox {
                    Some(page) => page.mail(number),
                    None => Answer::NotAccepted,
                },
            }
        });
        work.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a message was given up");
            Answer::NotAccepted
        })
    }

    async fn directory_up(&self) -> bool {
        let now = self.0.memory.now();
        self.0.heartbeat_at.store(now, Ordering::Relaxed);
        let checked = self.0.accounts.check().await;
        let up = checked.is_ok();
        if self.0.directory_up.swap(up, Ordering::Relaxed) != up {
            match checked {
                Ok(()) => tracing::info!("the directory is reachable again"),
                Err(failure) => log_unusable(&failure),
            }
        }
        up
    }

    fn mail_up(&self) -> bool {
        self.0.mailer.is_up()
    }

    fn is_alarmed(&self) -> bool {
        self.0.alarmed.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Agent({})", self.0.requests.tenant)
    }
}

impl Services {
    /// Reports whether the relay has a connection to the portal, which asks for a heartbeat every
    /// few seconds.
    pub(crate) fn is_connected(&self) -> bool {
        let heartbeat_at = self.heartbeat_at.load(Ordering::Relaxed);
        heartbeat_at.saturating_add(HEARTBEAT_LIFETIME_SECONDS) > self.memory.now()
    }
}

/// Logs why the directory cannot be used. Only one that does not answer is called down, since a
/// wrong configuration or clock is not to be looked for there.
fn log_unusable(failure: &Failure) {
    let cause = &failure.cause;
    match failure.reason {
        Reason::DirectoryUnreachable => tracing::error!(cause, "the directory is down"),
        _ => tracing::error!(cause, "the directory cannot be used"),
    }
}
