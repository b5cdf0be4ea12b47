//! The protected header of a request: written by the browser, parsed strictly by the agent.

/// The `typ` of a request. Its number is the version of the envelope.
pub const REQUEST_TYPE: &str = "postern-1";

/// The `typ` of a reply.
pub const REPLY_TYPE: &str = "postern-reply-1";

/// The protected header of every reply; a reply with any other is refused.
pub const REPLY_HEADER: &str = r#"{"alg":"dir","enc":"A256GCM","typ":"postern-reply-1"}"#;

/// Reports whether a text can be a tenant's name: 1 to 32 of `a-z`, `0-9` and `-`.
#[must_use]
pub fn is_tenant_name(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// Writes the header of a request. `kid` is base64url and `tenant` has been checked to be
/// `[a-z0-9-]`, so nothing needs escaping.
#[cfg(feature = "seal")]
pub(crate) fn request(kid: &str, tenant: &str, expires: u64) -> String {
    [
        r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":""#,
        kid,
        r#"","typ":"postern-1","tenant":""#,
        tenant,
        r#"","exp":"#,
        &expires.to_string(),
        "}",
    ]
    .concat()
}

/// The header that the agent accepts: exactly these members, each once.
#[cfg(feature = "open")]
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestHeader<'a> {
    pub alg: &'a str,
    pub enc: &'a str,
    pub kid: &'a str,
    pub typ: &'a str,
    pub tenant: &'a str,
    /// Seconds since the Unix epoch.
    pub exp: u64,
}

#[cfg(feature = "open")]
impl<'a> RequestHeader<'a> {
    /// Parses a JSON object. serde would also accept an array of the members' values for a struct;
    /// RFC 7515 section 4 requires an object.
    pub(crate) fn read(json: &'a [u8]) -> Option<Self> {
        json.starts_with(b"{")
            .then(|| serde_json::from_slice(json).ok())
            .flatten()
    }
}
