//! The agent: a sealed message comes in, a sealed reply goes out.

use crate::config::Rules;
use crate::flow::user_name::LookUps;
use crate::flow::{held, ledger};
use crate::gates::pace::Pace;
use crate::gates::tries::{self, Limits};
use crate::gates::{networks, sends};
use crate::locks::Locks;
use crate::mail::Mailer;
use crate::phone::Phones;
use crate::replay;
use crate::{Clock, Methods, Passkeys, Quality, Random, SandboxCodes, Store, StoreKey, Wording};
use async_trait::async_trait;
use core::fmt;
use postern_directory::{Directory, Failure};
use postern_envelope::PublicKey;
use postern_envelope::open::EnvelopeKey;
use postern_protocol::Reason;
use postern_relay::{Answer, Ask, Handler};
use postern_store::store::StoreError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// The maximum number of messages processed at the same time.
const MAX_CONCURRENT_MESSAGES: u32 = 256;

/// The time limit for one operation of the directory.
pub(crate) const DIRECTORY_TIMEOUT: Duration = Duration::from_secs(20);

/// The time limit for the check that the directory is reachable: less than the relay waits for its
/// result.
const CHECK_TIMEOUT: Duration = Duration::from_millis(1500);

/// The time after a heartbeat for which `status` reports "connected": as long as a portal waits for
/// the next heartbeat.
const HEARTBEAT_LIFETIME_SECONDS: u64 = 12;

/// The parts of an agent.
pub struct Parts {
    /// The tenant that the agent serves.
    pub tenant: Tenant,
    /// The rules of the tenant.
    pub rules: Rules,
    /// The key that browsers seal to.
    pub key: EnvelopeKey,
    /// The key for the agent's own disk.
    pub store_key: StoreKey,
    /// The agent's store.
    pub store: Store,
    /// The directory of the accounts.
    pub directory: Arc<dyn Directory>,
    /// The checks of new passwords.
    pub quality: Quality,
    /// The relying party for passkeys, if the tenant uses them.
    pub passkeys: Option<Passkeys>,
    /// The mailer.
    pub mailer: Mailer,
    /// The texts of mails.
    pub wording: Wording,
    /// The gateways to phones.
    pub phones: Phones,
    /// The directory is the sandbox, whose accounts and mails may be shown.
    pub sandbox: bool,
    /// The issued codes that the sandbox's page shows.
    pub sandbox_codes: SandboxCodes,
    /// The minimum time that an answer to a name takes in a `decoy` tenant, so that it does not
    /// reveal whether there is an account.
    pub decoy_floor: Duration,
    /// The clock.
    pub clock: Clock,
    /// The random source of codes, flows and tokens.
    pub random: Random,
}

/// The tenant that the agent serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// The tenant's name, as in addresses and envelopes.
    pub name: String,
    /// The name by which people know the tenant.
    pub display_name: String,
    /// The contact details of the helpdesk.
    pub helpdesk: String,
}

/// The agent.
#[derive(Clone)]
pub struct Agent(pub(crate) Arc<AgentContext>);

/// The context of every step of a flow.
pub(crate) struct AgentContext {
    pub parts: Parts,
    pub methods: Methods,
    pub requests: Locks,
    pub flows: Locks,
    pub look_ups: LookUps,
    pub pace: Pace,
    pub running: Semaphore,
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
        Self(Arc::new(AgentContext {
            methods: Methods::new(parts.store.clone(), parts.store_key.clone()),
            parts,
            requests: Locks::default(),
            flows: Locks::default(),
            look_ups: LookUps::default(),
            pace: Pace::default(),
            running: Semaphore::new(MAX_CONCURRENT_MESSAGES as usize),
            directory_up: AtomicBool::new(true),
            alarmed: AtomicBool::new(false),
            heartbeat_at: AtomicU64::new(0),
        }))
    }

    /// The key that browsers seal to.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        self.0.parts.key.public()
    }

    /// Deletes expired data. To be called every minute or so.
    ///
    /// # Errors
    /// The store failed.
    pub async fn purge(&self) -> Result<(), StoreError> {
        let (now, limits) = (self.0.now(), self.0.limits());
        let purge = move |tables: &_| {
            replay::purge(tables, now)?;
            ledger::purge(tables, now)?;
            held::purge(tables, now)?;
            tries::purge(tables, limits, now)?;
            networks::purge(tables, limits, now)?;
            sends::purge(tables, limits, now)?;
            networks::is_alarmed(tables, limits, now)
        };
        let alarmed = self.0.parts.store.write(purge).await?;
        self.0.alarmed.store(alarmed, Ordering::Relaxed);
        Ok(())
    }

    /// Sends queued codes that are due. To be called every second or so.
    pub fn send_waiting(&self) {
        self.0.send_waiting();
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
        let context = Arc::clone(&self.0);
        // In a task of its own, so that a caller that stops waiting does not stop the work
        // half-way.
        let work = tokio::spawn(async move {
            let Ok(_running) = context.running.acquire().await else {
                return Answer::NotAccepted;
            };
            match ask {
                Ask::Message { metadata, message } => context.message(metadata, message).await,
                Ask::Sandbox { .. } => context.sandbox().await,
            }
        });
        work.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a message was given up");
            Answer::NotAccepted
        })
    }

    async fn directory_up(&self) -> bool {
        self.0.heartbeat_at.store(self.0.now(), Ordering::Relaxed);
        let checked = self.0.check_directory().await;
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
        self.0.parts.mailer.is_up()
    }

    fn is_alarmed(&self) -> bool {
        self.0.alarmed.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Agent({})", self.0.parts.tenant.name)
    }
}

impl AgentContext {
    pub(crate) fn now(&self) -> u64 {
        (self.parts.clock)()
    }

    pub(crate) fn limits(&self) -> Limits {
        let rules = &self.parts.rules;
        Limits {
            tries: rules.tries.get(),
            window_seconds: u64::from(rules.lock_hours.get()) * 60 * 60,
            pause_seconds: rules.pause_seconds.get().into(),
            codes_per_address: rules.codes_per_address.get(),
            codes_per_minute: rules.codes_per_minute.get(),
            network_tries: rules.network_tries.get(),
            network_codes: rules.network_codes.get(),
            network_names: rules.network_names.get(),
            alarm: rules.alarm_wrong_answers.get(),
        }
    }

    /// Reports whether the relay has a connection to the portal, which asks for a heartbeat every
    /// few seconds.
    pub(crate) fn is_connected(&self) -> bool {
        let heartbeat_at = self.heartbeat_at.load(Ordering::Relaxed);
        heartbeat_at.saturating_add(HEARTBEAT_LIFETIME_SECONDS) > self.now()
    }

    /// Checks that the directory is reachable.
    pub(crate) async fn check_directory(&self) -> Result<(), Failure> {
        let checked = self.parts.directory.check();
        let checked = tokio::time::timeout(CHECK_TIMEOUT, checked).await;
        checked.unwrap_or_else(|_| Err(no_answer()))
    }

    /// Runs an operation of the directory with a time limit, [`DIRECTORY_TIMEOUT`].
    pub(crate) async fn with_directory_timeout<T>(
        &self,
        question: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        tokio::time::timeout(DIRECTORY_TIMEOUT, question)
            .await
            .unwrap_or_else(|_| Err(no_answer()))
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

fn no_answer() -> Failure {
    Failure::new(Reason::DirectoryUnreachable, "no answer in time")
}
