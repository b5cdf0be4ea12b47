//! Configurations and what is said of them.

use super::*;
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
    assert_eq!(config.agent.key_bits, Bits(KeyBits::Rsa4096));
    assert_eq!(config.rules.tries.get(), 3);
}

/// What the example has to show of itself.
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
                    "true and false",
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
            error.starts_with(&format!("FILE: {path}: allowed is")),
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
            "FILE: tenant: allowed are 1 to 32 of",
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
            "FILE: portal: without TLS only",
        ),
        (
            SANDBOX,
            "http://127.0.0.1:3000",
            "reset",
            "FILE: portal: allowed is an address",
        ),
        (
            SANDBOX,
            "data_dir",
            "key_bits = 1024\ndata_dir",
            "FILE: key_bits: allowed are 2048",
        ),
        (
            SANDBOX,
            "[directory]",
            "[directories]",
            "FILE: directory: the section [directory]",
        ),
        (
            SANDBOX,
            "[mail]\ntype = \"sandbox\"",
            "[mail]\ntype = \"post\"",
            "FILE: mail.type: allowed are",
        ),
        (
            SANDBOX,
            "[mail]\n",
            "url = \"x\"\n[mail]\n",
            "FILE: directory.url: not allowed where",
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
            "FILE: policy.tries: allowed is 1 to 100",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\ncode_minutes = 11\n[mail]",
            "FILE: policy.code_minutes: allowed is 1 to 10",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\ngates = [\"smoke\"]\n[mail]",
            "FILE: policy.gates: allowed are \"mail\"",
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
            "FILE: policy.two_gates_groups: allowed only where",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\ngates = [\"mail\"]\ngates_always = [\"authenticator\"]\n[mail]",
            "FILE: policy.gates_always: allowed are kinds that are in",
        ),
        (
            SANDBOX,
            "[mail]",
            "[policy]\ngates = [\"mail\"]\ngates_required = 2\n[mail]",
            "FILE: policy.gates_required: allowed is no more",
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
            "FILE: directory.url: only ldaps://",
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
            "FILE: mail.security: \"none\" is allowed only",
        ),
        (
            LDAP,
            "host = ",
            "user = \"x\"\nhost = ",
            "FILE: mail.user: allowed are mail.user and",
        ),
        (
            LDAP,
            "<reset@contoso.example>",
            "<reset>",
            "FILE: mail.from: allowed is an address",
        ),
        (
            LDAP,
            "type = \"smtp\"",
            "type = \"sandbox\"",
            "FILE: mail.from: not allowed",
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
        error.starts_with("FILE: mail.type: \"sandbox\" is allowed only"),
        "{error}"
    );
}

/// A gateway's section, each key with its default changed.
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
        ("https:", "http:", "sms.url: without TLS only"),
        ("https:", "ftp:", "sms.url: allowed is an address"),
        (
            "gateway.example",
            "{digits}.example",
            "sms.url: allowed is an address",
        ),
        (
            "gateway.example",
            "me:pw@gateway.example",
            "sms.url: allowed is an address",
        ),
        (
            "https://gateway",
            "gateway",
            "sms.url: allowed is an address",
        ),
        (
            "{number}",
            "{numbr}",
            "sms.body: no value {numbr}; allowed are {number}",
        ),
        (
            "{number}",
            "420",
            "sms.url: {number} or {digits} must stand",
        ),
        ("{text}", "hello", "sms.url: {text} or {code} must stand"),
        ("\"{text}\"", "{text}", "sms.body: allowed is a JSON text"),
        ("{}}'", "{}'", "sms.body: allowed is a JSON text"),
        (
            "application/json",
            "text/plain",
            "sms.headers: a body needs Content-Type",
        ),
        (
            "Bearer {secret}",
            "Bearer {text}",
            "sms.headers.Authorization: {text} has no place",
        ),
        (
            "Bearer {secret}",
            "Bearer ž",
            "sms.headers.Authorization: allowed are visible",
        ),
        (
            "Bearer {secret}",
            "Bearer",
            "sms.secret_file: allowed are {secret} and the file",
        ),
        (
            "secret_file",
            "# secret_file",
            "sms.secret_file: allowed are {secret} and the file",
        ),
        ("[202]", "[100]", "sms.expect[0]: allowed is 200 to 599"),
        (
            "timeout_seconds = 5",
            "timeout_seconds = 0",
            "sms.timeout_seconds: allowed is 1 to 60",
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
            "POSTERN_AGENT_TENNANT: no such variable; allowed are POSTERN_AGENT_TENANT,",
        ),
        (
            "POSTERN_AGENT_POLICY_TRIES",
            "many",
            "POSTERN_AGENT_POLICY_TRIES: a whole number",
        ),
        (
            "POSTERN_AGENT_POLICY_TRIES",
            "0",
            "FILE: policy.tries: allowed is 1 to 100",
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
    const ORIGIN: &str = "allowed are origins as https://reset.contoso.example";
    for (keys, says) in [
        ("", "passkeys: missing field `origins`"),
        ("origins = []", "passkeys.origins: at least one is needed"),
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
            "without TLS only http://localhost is allowed",
        ),
        (
            "origins = [\"http://127.0.0.1:3000\"]",
            "bound to names, not to IP addresses; on this machine use http://localhost",
        ),
        (
            "origins = [\"https://[2001:db8::1]\"]",
            "not to IP addresses",
        ),
        (
            "origins = [\"https://a.example\", \"https://b.example\"]",
            "FILE: passkeys.origins: b.example is not a.example, nor in it; set passkeys.rp_id",
        ),
        (
            "rp_id = \"other.example\"\norigins = [\"https://a.example\"]",
            "FILE: passkeys.origins: a.example is not other.example",
        ),
        (
            "rp_id = \"example\"\norigins = [\"https://a.example\"]",
            "FILE: passkeys.rp_id: allowed is a domain in small letters",
        ),
        (
            "rp_id = \"A.example\"\norigins = [\"https://a.example\"]",
            "FILE: passkeys.rp_id: allowed is",
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
