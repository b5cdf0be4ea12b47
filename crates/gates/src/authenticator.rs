//! The authenticator gate: time-based codes (RFC 6238).

use crate::code::{Code, constant_time_eq};
use crate::methods::{Place, SealedMethods};
use crate::{
    AccountMethod, Attempt, Checked, Checker, Confirmation, Gate, GateError, NewMethod, Record,
    Registration, TryLimit, Verdict,
};
use async_trait::async_trait;
use postern_directory::{Account, Anchor};
use postern_envelope::Secret;
use postern_protocol::{AUTHENTICATOR_DIGITS, GateKind};
use postern_store::store::{AUTHENTICATORS, STEPS, StoreError, Tables};
use postern_store::{Memory, NoRandom, StoreKey};
use totp_rs::{Algorithm, TOTP};

pub(crate) const PLACE: Place = Place {
    table: AUTHENTICATORS,
    label: "authenticator",
};

/// The length of a time step, in seconds (RFC 6238 section 5.2).
pub const STEP_SECONDS: u64 = 30;

/// The length of a new secret: that of the hash (RFC 4226 section 4, R6).
const SECRET_BYTES: usize = 20;

/// The authenticator gate.
#[derive(Clone)]
pub struct AuthenticatorGate {
    methods: SealedMethods,
    /// The name by which the app shows the account's organisation.
    tenant_name: String,
}

impl AuthenticatorGate {
    /// Creates the gate of a tenant.
    #[must_use]
    pub fn new(memory: Memory, tenant_name: &str) -> Self {
        let place = PLACE;
        Self {
            methods: SealedMethods { memory, place },
            tenant_name: tenant_name.to_owned(),
        }
    }

    /// Returns the secret of an account's authenticator, if it has one.
    ///
    /// # Errors
    /// The store failed, or holds a value that was not sealed for this account.
    pub async fn secret(&self, anchor: Anchor) -> Result<Option<Secret>, StoreError> {
        self.methods.load(anchor).await
    }

    /// Stores an account's authenticator; returns `false` if it has another one, which it then
    /// keeps.
    ///
    /// # Errors
    /// As [`Self::secret`].
    pub fn put(
        &self,
        tables: &Tables,
        anchor: Anchor,
        secret: &Secret,
    ) -> Result<bool, StoreError> {
        match self.methods.read(tables, anchor)? {
            Some(present) => Ok(present == *secret),
            None => {
                self.methods.write(tables, anchor, secret)?;
                Ok(true)
            }
        }
    }

    fn check(
        &self,
        tables: &Tables,
        attempt: &Attempt,
        random: Secret,
        now: u64,
    ) -> Result<Checked, StoreError> {
        let Some(typed) = Code::parse(&attempt.typed, AUTHENTICATOR_DIGITS) else {
            return Ok(Checked::new(Verdict::NoCode));
        };
        let stored = self.methods.read(tables, attempt.anchor)?;
        let exists = stored.is_some();
        let secret = stored.unwrap_or(random);
        let name = step_name(&self.methods.memory.key, attempt.anchor);
        let (verdict, step) = check(&secret, &typed, tables.get(STEPS, &name)?, now);
        let record = step
            .map(|step| Record::new(STEPS, name, &step))
            .transpose()?;
        Ok(Checked {
            verdict: match verdict {
                // An account cannot pass a gate that it does not have, whatever is guessed.
                Verdict::Right | Verdict::Used if !exists => Verdict::Wrong,
                verdict => verdict,
            },
            method: Some(secret),
            record,
            ..Checked::new(verdict)
        })
    }
}

#[async_trait]
impl Gate for AuthenticatorGate {
    fn kind(&self) -> GateKind {
        GateKind::Authenticator
    }

    fn try_limit(&self) -> TryLimit {
        TryLimit::PerAccount
    }

    async fn methods(&self, account: &Account) -> Result<Vec<AccountMethod>, StoreError> {
        let secret = self.secret(account.anchor).await?;
        Ok(secret.map(AccountMethod::registered).into_iter().collect())
    }

    async fn checker(&self, attempt: Attempt) -> Result<Checker, GateError> {
        // Compared with if there is no authenticator, so that the check takes as long.
        let random = self.methods.memory.random_bytes::<SECRET_BYTES>()?;
        let (gate, random) = (self.clone(), Secret::new(random.to_vec()));
        Ok(Box::new(move |tables, now| {
            gate.check(tables, &attempt, random, now)
        }))
    }

    fn registration(&self) -> Option<&dyn Registration> {
        Some(self)
    }

    async fn sandbox_answer(&self, account: &Account) -> Option<String> {
        let secret = self.secret(account.anchor).await.ok().flatten()?;
        Some(current_code(&secret, self.methods.memory.now()))
    }
}

#[async_trait]
impl Registration for AuthenticatorGate {
    fn has_room(&self, methods: &[AccountMethod]) -> bool {
        methods.is_empty()
    }

    async fn begin(&self, account: &Account) -> Result<NewMethod, GateError> {
        let made = make(&self.methods.memory, &self.tenant_name, &account.login_name);
        let (secret, address) = made?;
        Ok(NewMethod::new(address, secret))
    }

    fn confirm(
        &self,
        method: NewMethod,
        anchor: Anchor,
        answer: &Secret,
        now: u64,
    ) -> Result<Confirmation, GateError> {
        let Some(code) = Code::parse(answer, AUTHENTICATOR_DIGITS) else {
            return Ok(Confirmation::NoCode);
        };
        let (Verdict::Right, Some(step)) = check(&method.kept, &code, None, now) else {
            return Ok(Confirmation::Wrong);
        };
        let name = step_name(&self.methods.memory.key, anchor);
        Ok(Confirmation::Right(NewMethod {
            id: method.kept.clone(),
            record: Some(Record::new(STEPS, name, &step)?),
            ..method
        }))
    }

    fn add(&self, tables: &Tables, anchor: Anchor, method: &NewMethod) -> Result<bool, StoreError> {
        self.put(tables, anchor, &method.kept)
    }

    fn remove(
        &self,
        tables: &Tables,
        anchor: Anchor,
        id: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        if let Some(id) = id {
            let present = self.methods.read(tables, anchor)?;
            if present.is_none_or(|present| present.expose() != id) {
                return Ok(false);
            }
        }
        self.methods.remove(tables, anchor)
    }
}

/// Makes a new authenticator's secret, and the `otpauth://` address from which an app imports it.
fn make(
    memory: &Memory,
    tenant_name: &str,
    login_name: &str,
) -> Result<(Secret, Secret), NoRandom> {
    let secret = Secret::new(memory.random_bytes::<SECRET_BYTES>()?.to_vec());
    let address = address(&secret, tenant_name, login_name);
    Ok((secret, address))
}

/// Returns the key of an account in the `steps` table, which holds its last used time step.
fn step_name(key: &StoreKey, anchor: Anchor) -> [u8; 32] {
    key.hash("step", &[&anchor.0])
}

/// Returns the code that an authenticator shows at a time, for the sandbox's page.
#[must_use]
pub fn current_code(secret: &Secret, now: u64) -> String {
    totp(secret, None, String::new()).generate(now)
}

/// Checks an answer. A right one is returned with its time step, which is then used up.
///
/// The steps before and after the current one are accepted too (RFC 6238 section 5.2).
fn check(
    secret: &Secret,
    answer: &Code,
    last_used: Option<u64>,
    now: u64,
) -> (Verdict, Option<u64>) {
    let totp = totp(secret, None, String::new());
    let current = now / STEP_SECONDS;
    let mut found = None;
    // All steps are compared, whichever is right.
    for step in current.saturating_sub(1)..=current.saturating_add(1) {
        let code = Secret::new(
            totp.generate(step.saturating_mul(STEP_SECONDS))
                .into_bytes(),
        );
        if constant_time_eq(code.expose(), answer.digits()) {
            found = Some(step);
        }
    }
    match (found, last_used) {
        (None, _) => (Verdict::Wrong, None),
        (Some(step), Some(last)) if step <= last => (Verdict::Used, None),
        (Some(step), _) => (Verdict::Right, Some(step)),
    }
}

/// Returns the `otpauth://` address. Colons in the names are replaced, since they would end a name.
fn address(secret: &Secret, tenant_name: &str, login_name: &str) -> Secret {
    let issuer = tenant_name.replace(':', " ");
    let account = login_name.replace(':', " ");
    let url = totp(secret, Some(issuer), account).get_url();
    Secret::new(url.into_bytes())
}

fn totp(secret: &Secret, issuer: Option<String>, account: String) -> TOTP {
    // Unchecked, since other systems have issued secrets of 80 bits, which the library refuses.
    TOTP::new_unchecked(
        Algorithm::SHA1,
        AUTHENTICATOR_DIGITS,
        1,
        STEP_SECONDS,
        secret.expose().to_vec(),
        issuer,
        account,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{ALICE, BOB, memory};

    /// RFC 6238 appendix B, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::from("12345678901234567890");
        for (now, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(current_code(&secret, now), code);
        }
    }

    #[test]
    fn one_step_to_either_side_is_good_and_none_is_good_twice() {
        let secret = Secret::from("12345678901234567890");
        let answer = Code::parse(&Secret::from("287 082"), AUTHENTICATOR_DIGITS).unwrap();
        let check = |last, now| check(&secret, &answer, last, now);
        for (now, verdict) in [
            (29, Verdict::Right),
            (59, Verdict::Right),
            (89, Verdict::Right),
            (90, Verdict::Wrong),
            (0, Verdict::Right),
        ] {
            assert_eq!(check(None, now).0, verdict, "{now}");
        }
        assert_eq!(check(None, 59), (Verdict::Right, Some(1)));
        assert_eq!(check(Some(0), 59), (Verdict::Right, Some(1)));
        assert_eq!(check(Some(1), 59), (Verdict::Used, None));
        assert_eq!(check(Some(2), 59), (Verdict::Used, None));
    }

    #[test]
    fn a_new_one_is_as_long_as_its_hash_and_has_an_address_for_an_app() {
        let (secret, address) = make(&memory(1), "Contoso: Ltd", "alice").unwrap();
        assert_eq!(secret.expose().len(), 20);
        let address = address.expose_str().unwrap();
        let begins = "otpauth://totp/Contoso%20%20Ltd:alice?secret=";
        assert!(address.starts_with(begins), "{address}");
    }

    #[tokio::test]
    async fn an_authenticator_is_good_for_its_account_and_its_agent() {
        let gate = AuthenticatorGate::new(memory(1), "Contoso");
        let memory_of_gate = gate.methods.memory.clone();
        let store = &memory_of_gate.store;
        assert!(gate.secret(ALICE).await.unwrap().is_none());
        let put = |secret: &'static str| {
            let gate = gate.clone();
            let put = move |tables: &_| gate.put(tables, ALICE, &Secret::from(secret));
            async { store.write(put).await.unwrap() }
        };
        assert!(put("one").await);
        assert!(put("one").await, "the same changes nothing");
        assert!(!put("another").await);
        assert_eq!(gate.secret(ALICE).await.unwrap(), Some(Secret::from("one")));
        let other_key = Memory {
            key: memory(2).key,
            ..memory_of_gate.clone()
        };
        let other = AuthenticatorGate::new(other_key, "Contoso");
        assert!(other.secret(ALICE).await.unwrap().is_none());
        crate::tests::copy(&memory_of_gate, (PLACE, ALICE), (PLACE, BOB)).await;
        assert!(gate.secret(BOB).await.is_err());
        let remove = || {
            let gate = gate.clone();
            let remove = move |tables: &_| gate.remove(tables, BOB, None);
            async { store.write(remove).await.unwrap() }
        };
        assert!(remove().await);
        assert!(!remove().await);
    }
}
