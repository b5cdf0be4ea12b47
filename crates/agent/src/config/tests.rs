//! Tests of reading configurations and of their error messages.

use super::*;
use postern_gates::OwnDomain;
use std::collections::BTreeSet;

const SANDBOX: &str = r#"
tenant = "contoso"
tenant_name = "Contoso"
helpdesk = "+370 5 000 0000"
portal = "http://127.0.0.1:3000"
data_directory = "data"

[directory]
type = "sandbox"

[mail]
type = "sandbox"
"#;

const LDAP: &str = r#"
tenant = "contoso"
tenant_name = "Contoso"
helpdesk = "+370 5 000 0000"
portal = "https://reset.contoso.example/"

[directory]
type = "ldap"
url = "ldaps://dc1.corp.example"
ca_file = "/etc/postern/ca.pem"
bind_name = "svc-postern@corp.example"
bind_password_file = "/etc/postern/bind-password"

[mail]
type = "smtp"
host = "mail.contoso.example"
from = "Contoso <reset@contoso.example>"

[policy]
unknown_names = "decoy"
gates = ["authenticator", "mail"]
gates_required = 2
"#;

fn load(text: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agent.toml");
    std::fs::write(&file, text).unwrap();
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::load(&file, environment).map_err(|error| {
        let error = error.to_string();
        error.replace(file.to_str().unwrap(), "FILE")
    })
}

#[test]
fn the_sandbox_needs_five_keys_and_two_types() {
    let config = load(SANDBOX, &[]).unwrap();
    assert_eq!(config.agent.portal.as_str(), "ws://127.0.0.1:3000");
    assert_eq!(config.rules.tries.get(), 5);
}

#[test]
fn active_directory_is_read_with_its_keys() {
    let config = load(LDAP, &[]).unwrap();
    assert_eq!(config.agent.portal.as_str(), "wss://reset.contoso.example");
    assert!(matches!(config.directory, DirectoryConfig::Ldap(_)));
    assert_eq!(config.rules.unknown_names, UnknownNames::Decoy);
}

#[test]
fn variables_stand_over_the_file() {
    let variables = [
        ("POSTERN_AGENT_TENANT", "fabrikam"),
        ("POSTERN_AGENT_KEY_BITS", "4096"),
        ("POSTERN_AGENT_POLICY_TRIES", "3"),
        ("POSTERN_ELSE", "x"),
    ];
    let config = load(SANDBOX, &variables).unwrap();
    assert_eq!(config.agent.tenant.as_str(), "fabrikam");
    assert_eq!(
        config.agent.key_bits,
        Bits(postern_envelope::open::KeyBits::Rsa4096)
    );
    assert_eq!(config.rules.tries.get(), 3);
}

/// Returns the keys that the example shows.
fn example_keys() -> BTreeSet<String> {
    let mut shown = postern_config::example::keys(include_str!("../../agent.example.toml"));
    // A second gateway has the keys of the first.
    let sms: Vec<_> = shown
        .iter()
        .filter_map(|key| key.strip_prefix("sms."))
        .collect();
    let voice: Vec<_> = sms.iter().map(|key| ["voice.", key].concat()).collect();
    shown.extend(voice);
    shown
}

#[test]
fn the_example_shows_every_key_and_no_other() {
    let keys = environment::keys();
    let keys: BTreeSet<_> = keys.iter().map(|key| key.path().to_owned()).collect();
    assert_eq!(example_keys(), keys);
}

#[test]
fn every_variable_is_understood() {
    let mut names = BTreeSet::new();
    for key in environment::keys() {
        let path = key.path();
        let variable = key.variable("POSTERN_AGENT_");
        let Some(variable) = variable.filter(|_| key.kind() != postern_config::Kind::Texts) else {
            continue;
        };
        assert!(names.insert(variable.clone()), "{variable} is there twice");
        let understood = ["1", "true"].into_iter().any(|value| {
            let loaded = load(LDAP, &[(&variable, value)]);
            loaded.err().is_none_or(|error| {
                let wrong = [
                    "unknown field",
                    "invalid type",
                    "a whole number",
                    "true or false",
                ];
                !wrong.iter().any(|wrong| error.contains(wrong))
            })
        });
        assert!(understood, "{path}");
    }
    assert!(names.len() > 50, "{}", names.len());
}

#[test]
fn keys_that_had_no_variable_have_one() {
    for (path, value, bad) in [
        ("policy.pause_seconds", "30", "601"),
        ("policy.codes_per_address", "20", "0"),
        ("policy.codes_per_minute", "60", "1001"),
        ("policy.reconfirm_days", "0", "3651"),
    ] {
        let variable = ["POSTERN_AGENT_", &path.replace('.', "_").to_uppercase()].concat();
        assert!(load(SANDBOX, &[(&variable, value)]).is_ok(), "{path}");
        let error = load(SANDBOX, &[(&variable, bad)]).unwrap_err();
        assert!(
            error.starts_with(&format!("FILE: {path}: expected a number from"))
                && error.ends_with(&format!("found {bad}")),
            "{error}"
        );
    }
    let variables = [("POSTERN_AGENT_POLICY_PAUSE_SECONDS", "30")];
    assert_eq!(
        load(SANDBOX, &variables).unwrap().rules.pause_seconds.get(),
        30
    );
}

#[test]
fn what_is_wrong_is_named_with_what_is_allowed() {
    for (text, from, to, says) in [
        (
            SANDBOX,
            "tenant = \"contoso\"",
            "",
            "FILE: missing field `tenant`",
        ),
        (
            SANDBOX,
            "\"contoso\"",
            "\"Con toso\"",
            "FILE: tenant: expected 1 to 32 characters of a-z, 0-9 and -, found \"Con toso\"",
        ),
        (
            SANDBOX,
            "\"contoso\"",
            "7",
            "FILE: tenant: invalid type: integer `7`, expected a string",
        ),
        (
            SANDBOX,
            "helpdesk",
            "helpdesc",
            "FILE: helpdesc: unknown field `helpdesc`, expected one of",
        ),
        (
            SANDBOX,
            "127.0.0.1",
            "portal.example",
            "FILE: portal: expected https:// unless the portal is on this machine",
        ),
        (
            SANDBOX,
            "http://127.0.0.1:3000",
            "reset",
            "FILE: portal: expected an address",
        ),
        (
            SANDBOX,
            "data_dir",
            "key_bits = 1024\ndata_dir",
            "FILE: key_bits: expected 2048, 3072 or 4096, found 1024",
        ),
        (
            SANDBOX,
            "[directory]",
            "[directories]",
            "FILE: directory: expected the section [directory]",
        ),
        (
            SANDBOX,
            "[mail]\ntype = \"sandbox\"",
            "[mail]\ntype = \"post\"",
            "FILE: mail.type: expected \"sandbox\" or \"smtp\", found \"post\"",
        ),
        (
            SANDBOX,
            "[mail]\n",
            "url = \"x\"\n[mail]\n",
            "FILE: directory.url: expected no other key",
        ),
        (
            SANDBOX,
            "[mail]\n",
            "[mail",
            "FILE: TOML parse error at line 11",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\ntries = 0\n[mail]",
            "FILE: policy.tries: expected a number from 1 to 100, found 0",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\ncode_minutes = 11\n[mail]",
            "FILE: policy.code_minutes: expected a number from 1 to 10, found 11",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\ngates = [\"smoke\"]\n[mail]",
            "FILE: policy.gates: expected at least one of \"mail\"",
        ),
        (
            LDAP,
            "\"mail\"]",
            "\"sms\"]",
            "FILE: policy.gates: \"sms\" needs the section [sms]",
        ),
        (
            LDAP,
            "gates = [\"authenticator\", \"mail\"]\ngates_required = 2",
            "gates = [\"mail\"]\ntwo_gates_groups = [\"CN=Staff\"]",
            "FILE: policy.two_gates_groups: expected no groups unless",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\ngates = [\"mail\"]\ngates_always = [\"authenticator\"]\n[mail]",
            "FILE: policy.gates_always: expected kinds that are in",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\ngates = [\"mail\"]\ngates_required = 2\n[mail]",
            "FILE: policy.gates_required: expected at most 1, the number of kinds",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\nunknown_names = \"lie\"\n[mail]",
            "FILE: policy.unknown_names: unknown variant `lie`, expected `tell` or `decoy`",
        ),
        (
            LDAP,
            "gates_required = 2",
            "decoy_domain = \"contoso.example\"",
            "FILE: policy.decoy_domain: unknown field",
        ),
        (
            LDAP,
            "ldaps://",
            "ldap://",
            "FILE: directory.url: expected ldaps://",
        ),
        (
            LDAP,
            "bind_name",
            "bind_nam",
            "FILE: directory.bind_nam: unknown field",
        ),
        (
            LDAP,
            "host = ",
            "security = \"none\"\nhost = ",
            "FILE: mail.security: expected \"starttls\" or \"tls\" unless",
        ),
        (
            LDAP,
            "host = ",
            "user = \"x\"\nhost = ",
            "FILE: mail.user: expected mail.user and",
        ),
        (
            LDAP,
            "<reset@contoso.example>",
            "<reset>",
            "FILE: mail.from: expected an address",
        ),
        (
            LDAP,
            "host = ",
            "own_domains = [\"a.example\", \"@contoso.example\"]\nhost = ",
            "FILE: mail.own_domains[1]: expected a domain such as contoso.example, of at most 32 \
             bytes, found \"@contoso.example\"",
        ),
        (
            LDAP,
            "host = ",
            "own_domains = \"contoso.example\"\nhost = ",
            "FILE: mail.own_domains: invalid type: string \"contoso.example\", expected a sequence",
        ),
        (
            SANDBOX,
            "[mail]\n",
            "[mail]\nown_domains = [\"contoso.example\"]\n",
            "FILE: mail.own_domains: expected no other key",
        ),
        (
            LDAP,
            "type = \"smtp\"",
            "type = \"sandbox\"",
            "FILE: mail.from: expected no other key",
        ),
    ] {
        let text = text.replacen(from, to, 1);
        let error = load(&text, &[]).err().unwrap_or_default();
        assert!(error.starts_with(says), "{to}: {error}");
    }
    let mail = LDAP.find("[mail]").unwrap();
    let text = format!("{}[mail]\ntype = \"sandbox\"\n", &LDAP[..mail]);
    let error = load(&text, &[]).unwrap_err();
    assert!(
        error.starts_with("FILE: mail.type: expected \"smtp\" unless directory.type is"),
        "{error}"
    );
}

#[test]
fn the_own_mail_domains_are_those_that_are_named_or_else_the_senders() {
    let own = |from: &str, to: &str| {
        let text = LDAP.replacen(from, to, 1);
        match load(&text, &[]).unwrap().mail {
            MailConfig::Smtp(smtp) => smtp.own_domains(),
            MailConfig::Sandbox => panic!("not by SMTP"),
        }
    };
    let domains = |names: &[&str]| -> Vec<_> {
        let domains = names.iter().map(|name| OwnDomain::new(name));
        domains.map(Option::unwrap).collect()
    };
    assert_eq!(own("", ""), domains(&["contoso.example"]));
    let two = "own_domains = [\"Corp.example\", \"dílna.example\"]\nhost = ";
    assert_eq!(
        own("host = ", two),
        domains(&["corp.example", "dílna.example"])
    );
    assert!(own("host = ", "own_domains = []\nhost = ").is_empty());
    // Too long to be shown.
    let long = "reset@mail.password-resets.contoso.example";
    assert!(own("reset@contoso.example", long).is_empty());
}

/// A gateway's section in which no key has its default value.
const GATEWAY: &str = r#"
[sms]
method = "PUT"
url = "https://gateway.example/send?from=Contoso"
headers = { Authorization = "Bearer {secret}", Content-Type = "application/json; charset=utf-8" }
body = '{"to": "{number}", "text": "{text}", "options": {}}'
secret_file = "/etc/postern/sms-secret"
expect = [202]
timeout_seconds = 5
"#;

#[test]
fn a_gateway_is_read_and_what_is_wrong_with_it_is_named() {
    let with = |gateway: &str| load(&[SANDBOX, gateway].concat(), &[]);
    let config = with(GATEWAY).unwrap();
    let gateway = config.sms.unwrap();
    assert!(gateway.https_only && gateway.expects(202) && !gateway.expects(200));
    assert!(config.voice.is_none());
    let local = "[voice]\nurl = \"http://127.0.0.1:1/{digits}?c={code}\"\n";
    let gateway = with(local).unwrap().voice.unwrap();
    assert!(!gateway.https_only && gateway.expects(204) && !gateway.expects(302));
    for (from, to, says) in [
        ("\"PUT\"", "\"HEAD\"", "sms.method: unknown variant `HEAD`"),
        ("url = ", "uri = ", "sms.uri: unknown field"),
        ("https:", "http:", "sms.url: expected https:// unless"),
        ("https:", "ftp:", "sms.url: expected an address"),
        (
            "gateway.example",
            "{digits}.example",
            "sms.url: expected an address",
        ),
        (
            "gateway.example",
            "me:pw@gateway.example",
            "sms.url: expected an address",
        ),
        ("https://gateway", "gateway", "sms.url: expected an address"),
        ("{number}", "{numbr}", "sms.body: expected one of {number}"),
        (
            "{number}",
            "420",
            "sms.url: expected {number} or {digits} in url or body",
        ),
        (
            "{text}",
            "hello",
            "sms.url: expected {text} or {code} in url or body",
        ),
        ("\"{text}\"", "{text}", "sms.body: expected a JSON text"),
        ("{}}'", "{}'", "sms.body: expected a JSON text"),
        (
            "application/json",
            "text/plain",
            "sms.headers: expected Content-Type",
        ),
        (
            "Bearer {secret}",
            "Bearer {text}",
            "sms.headers.Authorization: expected no {text} in a header",
        ),
        (
            "Bearer {secret}",
            "Bearer ž",
            "sms.headers.Authorization: expected visible",
        ),
        (
            "Bearer {secret}",
            "Bearer",
            "sms.secret_file: expected {secret} and secret_file together",
        ),
        (
            "secret_file",
            "# secret_file",
            "sms.secret_file: expected {secret} and secret_file together",
        ),
        (
            "[202]",
            "[100]",
            "sms.expect[0]: expected a status from 200 to 599, found 100",
        ),
        (
            "timeout_seconds = 5",
            "timeout_seconds = 0",
            "sms.timeout_seconds: expected a number from 1 to 60, found 0",
        ),
    ] {
        let changed = GATEWAY.replacen(from, to, 1);
        assert_ne!(changed, GATEWAY, "{from}");
        let error = with(&changed).err().unwrap_or_default();
        assert!(
            error.starts_with(&["FILE: ", says].concat()),
            "{to}: {error}"
        );
    }
}

#[test]
fn a_phone_offers_codes_to_a_portal_that_has_a_name() {
    for (portal, host) in [
        (
            "https://reset.contoso.example/x",
            Some("reset.contoso.example"),
        ),
        (
            "https://reset.contoso.example:8443",
            Some("reset.contoso.example"),
        ),
        ("http://127.0.0.1:3000", None),
        ("http://localhost", None),
    ] {
        let portal = PortalUrl::try_from(portal.to_owned()).unwrap();
        assert_eq!(portal.host(), host);
    }
}

#[test]
fn a_wrong_variable_is_named_too() {
    for (variable, value, says) in [
        (
            "POSTERN_AGENT_TENNANT",
            "x",
            "POSTERN_AGENT_TENNANT: unknown variable, expected one of POSTERN_AGENT_TENANT,",
        ),
        (
            "POSTERN_AGENT_POLICY_TRIES",
            "many",
            "POSTERN_AGENT_POLICY_TRIES: expected a whole number",
        ),
        (
            "POSTERN_AGENT_POLICY_TRIES",
            "0",
            "FILE: policy.tries: expected a number from 1 to 100, found 0",
        ),
    ] {
        let error = load(SANDBOX, &[(variable, value)]).unwrap_err();
        assert!(error.starts_with(says), "{error}");
    }
    let missing = Config::load(Path::new("/nowhere/agent.toml"), []).unwrap_err();
    assert!(
        missing.to_string().starts_with("/nowhere/agent.toml: "),
        "{missing}"
    );
}

#[test]
fn the_example_is_read_and_shows_every_default() {
    let example = include_str!("../../agent.example.toml");
    let config = load(example, &[]).unwrap();
    assert_eq!(config.rules.gates, Rules::default().gates);
    let rules = "unknown_names|flows|reconfirm_days|gates|gates_required|tries|lock_hours|flow_minutes|code_minutes";
    let mut shown = example.to_owned();
    for key in rules
        .split('|')
        .chain(["data_directory", "key_bits", "security"])
    {
        let line = format!("# {key} = ");
        assert!(shown.contains(&line), "{key}");
        shown = shown.replacen(&line, &format!("{key} = "), 1);
    }
    let all = load(&shown, &[]).unwrap();
    assert_eq!(all.rules, config.rules);
    assert_eq!(all.agent.key_bits, config.agent.key_bits);
    assert_eq!(all.agent.data_directory, config.agent.data_directory);
}

#[test]
fn passkeys_are_for_origins_with_names() {
    let with = |section: &str| load(&[LDAP, section].concat(), &[]);
    assert_eq!(with("").unwrap().passkeys, None);
    let one = "[passkeys]\norigins = [\"https://reset.contoso.example\"]";
    let config = with(one).unwrap().passkeys.unwrap();
    assert_eq!(config.rp_id(), "reset.contoso.example");
    let several = "[passkeys]\nrp_id = \"contoso.example\"\norigins = \
                   [\"https://reset.contoso.example/\", \"https://help.contoso.example:8443\"]";
    let config = with(several).unwrap().passkeys.unwrap();
    assert_eq!(config.rp_id(), "contoso.example");
    let here = "[passkeys]\norigins = [\"http://localhost:3000\"]";
    assert_eq!(with(here).unwrap().passkeys.unwrap().rp_id(), "localhost");
    const ORIGIN: &str = "expected an origin such as https://reset.contoso.example";
    for (keys, says) in [
        ("", "passkeys: missing field `origins`"),
        ("origins = []", "passkeys.origins: expected at least one"),
        ("origins = [\"reset.contoso.example\"]", ORIGIN),
        (
            "origins = [\"https://reset.contoso.example/contoso/\"]",
            ORIGIN,
        ),
        ("origins = [\"https://reset.contoso.example?a\"]", ORIGIN),
        (
            "origins = [\"https://somebody@reset.contoso.example\"]",
            ORIGIN,
        ),
        ("origins = [\"ftp://reset.contoso.example\"]", ORIGIN),
        (
            "origins = [\"http://reset.contoso.example\"]",
            "expected https:// unless the host is localhost, found http://",
        ),
        (
            "origins = [\"http://127.0.0.1:3000\"]",
            "found an IP address: passkeys are bound to names; on this machine use \
             http://localhost",
        ),
        (
            "origins = [\"https://[2001:db8::1]\"]",
            "found an IP address",
        ),
        (
            "origins = [\"https://a.example\", \"https://b.example\"]",
            "FILE: passkeys.origins: expected a.example or hosts within it, found b.example; set \
             passkeys.rp_id",
        ),
        (
            "rp_id = \"other.example\"\norigins = [\"https://a.example\"]",
            "FILE: passkeys.origins: expected other.example or hosts within it, found a.example",
        ),
        (
            "rp_id = \"example\"\norigins = [\"https://a.example\"]",
            "FILE: passkeys.rp_id: expected a domain in lower case",
        ),
        (
            "rp_id = \"A.example\"\norigins = [\"https://a.example\"]",
            "FILE: passkeys.rp_id: expected a domain",
        ),
        (
            "origins = [\"https://a.example\"]\nname = \"x\"",
            "passkeys.name: unknown field `name`",
        ),
    ] {
        let error = with(&["[passkeys]\n", keys].concat())
            .err()
            .unwrap_or_default();
        assert!(error.contains(says), "{keys}: {error}");
    }
    let gate = LDAP.replace("[\"authenticator\", \"mail\"]", "[\"passkey\", \"mail\"]");
    let error = load(&gate, &[]).unwrap_err();
    let says = "FILE: policy.gates: \"passkey\" needs the section [passkeys]";
    assert!(error.starts_with(says), "{error}");
    assert!(load(&[&gate, "\n", one].concat(), &[]).is_ok());
}
