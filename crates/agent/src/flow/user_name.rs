//! A forgotten user name: mailed to the address that the directory has. Who asks learns nothing.

use super::outcome::{After, Fault, Outcome};
use crate::agent::AgentContext;
use crate::config::UnknownNames;
use crate::gates::budget::{Budget, Who};
use crate::gates::sends::{self, Destination, folded};
use crate::mail::{Mail, NOTICE_LIFE};
use crate::request::RequestContext;
use postern_directory::Account;
use postern_envelope::Secret;
use postern_protocol::{Device, GateKind, Reason, Step};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many user names one mail tells at most: accounts may share a mailbox.
const NAMES: usize = 10;

/// The longest address: RFC 5321 section 4.5.3.1.3, without the brackets.
const LONGEST_ADDRESS: usize = 254;

/// How many look-ups are under way at the same time: not every attribute with addresses has an
/// index, and a directory that reads every account must not be kept from all else.
const AT_ONCE: usize = 4;

/// How many may wait besides.
const WAITING: usize = 64;

/// The look-ups of addresses in the directory.
pub(crate) struct LookUps {
    places: Arc<Semaphore>,
    under_way: Semaphore,
    /// It was said that there are too many.
    said: AtomicBool,
}

impl Default for LookUps {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            under_way: Semaphore::new(AT_ONCE),
            said: AtomicBool::new(false),
        }
    }
}

impl LookUps {
    /// A place for one more; none if there are too many. That is said once, until few are left.
    fn place(&self) -> Option<OwnedSemaphorePermit> {
        if self.places.available_permits() > WAITING / 2 {
            self.said.store(false, Ordering::Relaxed);
        }
        let place = Arc::clone(&self.places).try_acquire_owned().ok();
        if place.is_none() && !self.said.swap(true, Ordering::Relaxed) {
            tracing::warn!("forgotten user names are asked for too fast: some are not mailed");
        }
        place
    }
}

/// What the counters say of a mail with user names.
enum Counted {
    /// It is sent.
    Now,
    /// Nothing is sent, and the answer is as if it were: one was sent a moment ago, or the mailbox has
    /// had its share in a `decoy` tenant.
    Already,
    /// Too much was asked for.
    Refused(Reason),
}

impl AgentContext {
    /// Answers at once and alike, whether the address is known or not. The directory is asked and
    /// the mail is sent afterwards.
    pub(crate) async fn send_user_name(
        self: &Arc<Self>,
        call: &RequestContext,
        typed: &Secret,
        device: Option<Device>,
    ) -> Result<Outcome, Fault> {
        let Some(address) = typed.expose_str().and_then(plausible) else {
            return Ok(told());
        };
        let (now, limits) = (self.now(), self.limits());
        let decoys = self.parts.rules.unknown_names == UnknownNames::Decoy;
        let key = &self.parts.store_key;
        let subject = key.short_hash("address", &[folded(address).as_bytes()]);
        // Counted as codes to this address are. Mails go to no other.
        let to = Destination::of(key, GateKind::Mail, Some(address), &subject);
        let who = Who::of(key, subject, &call.networks);
        let counted = self.parts.store.write(move |tables| {
            let mut budget = Budget::read(tables, &who, limits, now)?;
            match budget.waits()? {
                Some(Reason::SentTooRecently { .. }) => return Ok(Counted::Already),
                Some(reason) => return Ok(Counted::Refused(reason)),
                None => {}
            }
            let full = sends::full_until(tables, &to, 1, limits, now)?;
            // That a mailbox is full would tell that there is one.
            if let Some(until) = full.filter(|_| !decoys) {
                let until = until.next_multiple_of(60);
                return Ok(Counted::Refused(Reason::TooManyCodes { until }));
            }
            budget.sent(&[to])?;
            budget.write()?;
            sends::count(tables, &to, limits, now)?;
            Ok(if full.is_some() {
                Counted::Already
            } else {
                Counted::Now
            })
        });
        match counted.await? {
            Counted::Refused(reason) => return Ok(Outcome::refused(reason)),
            // The mail that was asked for a moment ago is on its way.
            Counted::Already => return Ok(told()),
            Counted::Now => {}
        }
        if let Some(place) = self.look_ups.place() {
            let (inner, call, address) = (Arc::clone(self), call.clone(), address.to_owned());
            tokio::spawn(async move {
                inner.look_up_names(&call, device, &address).await;
                drop(place);
            });
        }
        Ok(told())
    }

    async fn look_up_names(&self, call: &RequestContext, device: Option<Device>, address: &str) {
        let found = {
            // Never closed.
            let _under_way = self.look_ups.under_way.acquire().await;
            let found = self.parts.directory.find_by_mail(address);
            self.with_directory_timeout(found).await
        };
        match found {
            Ok(accounts) => {
                for (to, names) in by_stored_address(address, &accounts) {
                    self.mail_user_names(call, device, to, &names).await;
                }
            }
            Err(failure) => super::password::logged(&failure),
        }
    }

    /// Mails names at the tenant's pace, after the codes that wait. Only what is really sent takes a
    /// place in it: invented addresses are in nobody's way.
    async fn mail_user_names(
        &self,
        call: &RequestContext,
        device: Option<Device>,
        to: &str,
        names: &[&str],
    ) {
        let until = self.now() + NOTICE_LIFE;
        let most = self.limits().codes_per_minute;
        while !self.pace.takes_another(most, self.now()) {
            if self.now() >= until {
                return;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let (wording, tenant) = (&self.parts.wording, &self.parts.tenant);
        let letter = wording.user_name(tenant, self.occasion(call, device), names);
        let mail = Mail::new(to.to_owned(), &letter, &call.support_code, until);
        self.parts.mailer.send_if_room(mail).await;
    }
}

/// What everybody is told.
fn told() -> Outcome {
    Outcome {
        after: After::None,
        step: Step::UserNameSent,
        reason: None,
        codes_left: None,
        next: None,
    }
}

/// An address that may be looked for: one that is none costs nothing.
fn plausible(typed: &str) -> Option<&str> {
    let address = typed.trim();
    let (local, domain) = address.rsplit_once('@')?;
    let odd = |character: char| character.is_whitespace() || character.is_control();
    let label = |label: &str| {
        let allowed = |character: char| character.is_alphanumeric() || character == '-';
        !label.is_empty() && label.chars().all(allowed)
    };
    let sound = address.len() <= LONGEST_ADDRESS
        && !local.is_empty()
        && !local.contains(odd)
        && !local.contains(['*', '@', '<', '>', '(', ')', '\\'])
        && domain.split('.').all(label);
    sound.then_some(address)
}

/// The user names that belong to an address, by the address as the directory has it. What a
/// directory takes for the same and is another, as `contosó.example`, gets nothing.
fn by_stored_address<'a>(typed: &str, accounts: &'a [Account]) -> Vec<(&'a str, Vec<&'a str>)> {
    let typed = folded(typed);
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    let usable = accounts.iter();
    for account in usable.filter(|account| !account.disabled && !account.expired) {
        let mut stored = account.mail_addresses.iter();
        let Some(to) = stored.find(|stored| folded(stored) == typed) else {
            continue;
        };
        let (to, name) = (to.trim(), account.login_name.as_str());
        match found.iter_mut().find(|(known, _)| *known == to) {
            Some((_, names)) if names.len() < NAMES => names.push(name),
            Some(_) => {}
            None => found.push((to, vec![name])),
        }
    }
    // One mailbox, written in so many ways.
    found.truncate(NAMES);
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
            // What a directory that ignores accents finds besides.
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
            assert_eq!(plausible(typed), Some(typed.trim()));
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
            assert_eq!(plausible(typed), None, "{typed:?}");
        }
    }
}
