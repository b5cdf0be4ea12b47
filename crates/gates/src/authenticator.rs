//! The authenticator gate: time-based codes (RFC 6238).

use super::{Code, Verdict, constant_time_eq};
use crate::{NoRandom, Random, StoreKey};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::AUTHENTICATOR_DIGITS;
use postern_store::system;
use totp_rs::{Algorithm, TOTP};

/// The length of a time step, in seconds (RFC 6238 section 5.2).
const STEP_SECONDS: u64 = 30;

/// The length of a new secret: that of the hash (RFC 4226 section 4, R6).
const SECRET_BYTES: usize = 20;

/// Makes a new authenticator's secret, and the `otpauth://` address from which an app imports it.
pub(crate) fn make(
    random: &Random,
    tenant_name: &str,
    login_name: &str,
) -> Result<(Secret, Secret), NoRandom> {
    let secret = Secret::new(system::bytes::<SECRET_BYTES>(random)?.to_vec());
    let address = address(&secret, tenant_name, login_name);
    Ok((secret, address))
}

/// Returns the key of an account in the `steps` table, which holds its last used time step.
pub(crate) fn step_name(key: &StoreKey, anchor: Anchor) -> [u8; 32] {
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
pub(crate) fn check(
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
        let random = crate::system_random();
        let (secret, address) = make(&random, "Contoso: Ltd", "alice").unwrap();
        assert_eq!(secret.expose().len(), 20);
        let address = address.expose_str().unwrap();
        let begins = "otpauth://totp/Contoso%20%20Ltd:alice?secret=";
        assert!(address.starts_with(begins), "{address}");
    }
}
