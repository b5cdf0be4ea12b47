//! A forgotten user name: mailed to the address in the directory. The requester learns nothing.

use super::outcome::{After, Fault, Outcome};
use crate::accounts::{Accounts, log_failure};
use crate::config::{Rules, UnknownNames};
use crate::context::RequestContext;
use crate::limits::Limits;
use crate::limits::budget::{Budget, Requester};
use crate::limits::pace::Pace;
use crate::limits::sends::{self, Destination, fold_address};
use crate::notices::Notices;
use postern_directory::Account;
use postern_envelope::Secret;
use postern_notify::mail::NOTICE_LIFETIME_SECONDS;
use postern_protocol::{Device, GateKind, Reason, Step};
use postern_store::Memory;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The maximum number of user names in one mail: accounts may share a mailbox.
const MAX_NAMES: usize = 10;

/// The maximum length of an address: RFC 5321 section 4.5.3.1.3, without the brackets.
const MAX_ADDRESS_BYTES: usize = 254;

/// The maximum number of look-ups that run at the same time: not every attribute with addresses has
/// an index, and a directory that scans every account must stay available for everything else.
const MAX_RUNNING: usize = 4;

/// The maximum number of look-ups that wait in addition.
const MAX_WAITING: usize = 64;

/// The look-ups of addresses in the directory.
pub(crate) struct LookUps {
    places: Arc<Semaphore>,
    running: Semaphore,
    /// The warning about too many look-ups has been logged.
    warned: AtomicBool,
}

impl Default for LookUps {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(MAX_RUNNING + MAX_WAITING)),
            running: Semaphore::new(MAX_RUNNING),
            warned: AtomicBool::new(false),
        }
    }
}

impl LookUps {
    /// Reserves a place for one more look-up; `None` if there are too many. That is logged once,
    /// and again only after more than `MAX_WAITING / 2` places were free.
    fn try_reserve(&self) -> Option<OwnedSemaphorePermit> {
        if self.places.available_permits() > MAX_WAITING / 2 {
            self.warned.store(false, Ordering::Relaxed);
        }
        let place = Arc::clone(&self.places).try_acquire_owned().ok();
        if place.is_none() && !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!("forgotten user names are asked for too fast: some are not mailed");
        }
        place
    }
}

/// The decision on a mail with user names, by the counters.
enum MailDecision {
    /// The mail is sent.
    Now,
    /// Nothing is sent, and the answer is as if it were: a mail was sent a moment ago, or the
    /// mailbox has had its share in a `decoy` tenant.
    Already,
    /// Too many mails were requested.
    Refused(Reason),
}

/// The mailing of forgotten user names.
pub(crate) struct UserNames {
    pub memory: Memory,
    pub rules: Arc<Rules>,
    pub limits: Limits,
    pub accounts: Accounts,
    pub notices: Notices,
    pub pace: Arc<Pace>,
    pub look_ups: LookUps,
}

impl UserNames {
    /// Answers at once and in the same way, whether the address is known or not. The directory is
    /// asked and the mail is sent afterwards.
    pub(crate) async fn send(
        self: &Arc<Self>,
        call: &RequestContext,
        typed: &Secret,
        device: Option<Device>,
    ) -> Result<Outcome, Fault> {
        let Some(address) = typed.expose_str().and_then(parse_address) else {
            return Ok(user_name_sent());
        };
        match self.count(call, address).await? {
            MailDecision::Refused(reason) => return Ok(Outcome::refused(reason)),
            // The mail requested a moment ago is on its way.
            MailDecision::Already => return Ok(user_name_sent()),
            MailDecision::Now => {}
        }
        if let Some(place) = self.look_ups.try_reserve() {
            let (names, call, address) = (Arc::clone(self), call.clone(), address.to_owned());
            tokio::spawn(async move {
                names.look_up(&call, device, &address).await;
                drop(place);
            });
        }
        Ok(user_name_sent())
    }

    /// Counts a mail like a code to this address; it goes to no other.
    async fn count(&self, call: &RequestContext, address: &str) -> Result<MailDecision, Fault> {
        let (now, limits) = (self.memory.now(), self.limits);
        let decoys = self.rules.unknown_names == UnknownNames::Decoy;
        let key = &self.memory.key;
        let subject = key.short_hash("address", &[fold_address(address).as_bytes()]);
        let to = Destination::of(key, GateKind::Mail, Some(address), &subject);
        let requester = Requester::of(key, subject, &call.networks);
        let counted = self.memory.store.write(move |tables| {
            let mut budget = Budget::read(tables, &requester, limits, now)?;
            match budget.code_refusal()? {
                Some(Reason::SentTooRecently { .. }) => return Ok(MailDecision::Already),
                Some(reason) => return Ok(MailDecision::Refused(reason)),
                None => {}
            }
            let full = sends::full_until(tables, &to, 1, limits, now)?;
            // Reporting a full mailbox would reveal that there is one.
            if let Some(until) = full.filter(|_| !decoys) {
                let until = until.next_multiple_of(60);
                return Ok(MailDecision::Refused(Reason::TooManyCodes { until }));
            }
            budget.record_sent(&[to])?;
            budget.write()?;
            sends::count(tables, &to, limits, now)?;
            Ok(if full.is_some() {
                MailDecision::Already
            } else {
                MailDecision::Now
            })
        });
        Ok(counted.await?)
    }

    async fn look_up(&self, call: &RequestContext, device: Option<Device>, address: &str) {
        let found = {
            // The semaphore is never closed.
            let _running = self.look_ups.running.acquire().await;
            self.accounts.find_by_mail(address).await
        };
        match found {
            Ok(accounts) => {
                for (to, names) in by_stored_address(address, &accounts) {
                    self.mail(call, device, to, &names).await;
                }
            }
            Err(failure) => log_failure(&failure),
        }
    }

    /// Mails names at the tenant's pace, after the queued codes. Only mails that are really sent
    /// count towards the pace, so that invented addresses delay nobody.
    async fn mail(&self, call: &RequestContext, device: Option<Device>, to: &str, names: &[&str]) {
        let until = self.memory.now() + NOTICE_LIFETIME_SECONDS;
        let max_per_minute = self.limits.codes_per_minute;
        while !self.pace.try_reserve(max_per_minute, self.memory.now()) {
            if self.memory.now() >= until {
                return;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let mailed = self.notices.send_user_names(call, device, to, names, until);
        mailed.await;
    }
}

/// Returns the outcome that every requester gets.
fn user_name_sent() -> Outcome {
    Outcome {
        after: After::None,
        step: Step::UserNameSent,
        reason: None,
        codes_left: None,
        next: None,
    }
}

/// Returns the trimmed address; `None` if it is malformed, which then costs no look-up.
fn parse_address(typed: &str) -> Option<&str> {
    let address = typed.trim();
    let (local, domain) = address.rsplit_once('@')?;
    let odd = |character: char| character.is_whitespace() || character.is_control();
    let label = |label: &str| {
        let allowed = |character: char| character.is_alphanumeric() || character == '-';
        !label.is_empty() && label.chars().all(allowed)
    };
    let sound = address.len() <= MAX_ADDRESS_BYTES
        && !local.is_empty()
        && !local.contains(odd)
        && !local.contains(['*', '@', '<', '>', '(', ')', '\\'])
        && domain.split('.').all(label);
    sound.then_some(address)
}

/// Returns the user names that belong to an address, by the address as stored in the directory. An
/// address that the directory takes for the same but is another, such as `contosó.example`, gets
/// nothing.
fn by_stored_address<'a>(typed: &str, accounts: &'a [Account]) -> Vec<(&'a str, Vec<&'a str>)> {
    let typed = fold_address(typed);
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    let usable = accounts.iter();
    for account in usable.filter(|account| !account.disabled && !account.expired) {
        let mut stored = account.mail_addresses.iter();
        let Some(to) = stored.find(|stored| fold_address(stored) == typed) else {
            continue;
        };
        let (to, name) = (to.trim(), account.login_name.as_str());
        match found.iter_mut().find(|(known, _)| *known == to) {
            Some((_, names)) if names.len() < MAX_NAMES => names.push(name),
            Some(_) => {}
            None => found.push((to, vec![name])),
        }
    }
    // These are spellings of one mailbox.
    found.truncate(MAX_NAMES);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_directory::Anchor;

    fn account(login_name: &str, addresses: &[&str]) -> Account {
        Account {
            anchor: Anchor([1; 16]),
            login_name: login_name.into(),
            principal_name: String::new(),
            display_name: String::new(),
            disabled: false,
            expired: false,
            protected: false,
            two_gates: false,
            mail_addresses: addresses.iter().map(|&one| one.to_owned()).collect(),
            mobile_numbers: Vec::new(),
            phone_numbers: Vec::new(),
        }
    }

    #[test]
    fn a_mail_goes_to_the_address_that_the_directory_has_and_each_gets_its_own_names() {
        let disabled = Account {
            disabled: true,
            ..account("dora", &["office@contoso.example"])
        };
        let accounts = [
            account("anna", &["anna@contoso.example", "Office@Contoso.example"]),
            account("berta", &["office@contoso.example"]),
            account("cyril", &["Office@Contoso.example"]),
            disabled,
            // Found as well by a directory that ignores accents.
            account("eva", &["office@contosó.example"]),
        ];
        let found = by_stored_address(" OFFICE@contoso.EXAMPLE ", &accounts);
        let expected = [
            ("Office@Contoso.example", vec!["anna", "cyril"]),
            ("office@contoso.example", vec!["berta"]),
        ];
        assert_eq!(found, expected);
        assert!(by_stored_address("office@cöntoso.example", &accounts).is_empty());
    }

    #[test]
    fn what_is_no_address_is_not_looked_for() {
        for typed in [
            "alice@contoso.example",
            " O'Neil+x@localhost ",
            "žaneta@č.cz",
        ] {
            assert_eq!(parse_address(typed), Some(typed.trim()));
        }
        let long = format!("{}@contoso.example", "a".repeat(254));
        for typed in [
            "",
            "alice",
            "@",
            "@a.example",
            "alice@",
            "*@*",
            "a)(mail=*@a.example",
            "a b@c.example",
            "a@b@c.example",
            "a@b..example",
            "a@.example",
            "a\u{0}@b.example",
            &long,
        ] {
            assert_eq!(parse_address(typed), None, "{typed:?}");
        }
    }
}
