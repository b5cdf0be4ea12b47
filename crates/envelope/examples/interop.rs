//! Offers both halves of the envelope to programs in other languages (`e2e/interop`): reads one
//! JSON object per line, and writes one JSON object per line.
//!
//! | `do` | input | output |
//! |---|---|---|
//! | `key` | `bits` | `jwk`, the public half of a new agent's key |
//! | `seal` | `jwk`, `tenant`, `expires`, `body` | `message`, and `request`, its number |
//! | `open` | `kid`, `tenant`, `now`, `message`, `answer` | `id`, `body`, `expires`, `reply` |
//! | `open_reply` | `request`, `message` | `body` |
//!
//! `body`, `answer` and `id` are base64url. The output of a failure is `error`.

use base64ct::{Base64UrlUnpadded, Encoding};
use postern_envelope::open::{EnvelopeKey, KeyBits};
use postern_envelope::seal::{ReplyOpener, Wrapped};
use postern_envelope::{Compact, PublicKey, Secret};
use rand_core::OsRng;
use serde_json::{Value, json};
use std::error::Error;
use std::io::{self, BufRead, Write};

type Answer = Result<Value, Box<dyn Error>>;

fn main() -> io::Result<()> {
    let mut session = Session::default();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = serde_json::from_str(&line?)
            .map_err(Into::into)
            .and_then(|command: Value| session.run(&command))
            .unwrap_or_else(|error| json!({ "error": error.to_string() }));
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

/// The keys generated and the requests sealed so far.
#[derive(Default)]
struct Session {
    agents: Vec<EnvelopeKey>,
    requests: Vec<ReplyOpener>,
}

impl Session {
    fn run(&mut self, command: &Value) -> Answer {
        match text(command, "do")? {
            "key" => self.key(command),
            "seal" => self.seal(command),
            "open" => self.open(command),
            "open_reply" => self.open_reply(command),
            other => Err(format!("expected key, seal, open or open_reply, found {other:?}").into()),
        }
    }

    fn key(&mut self, command: &Value) -> Answer {
        let bits = match number(command, "bits")? {
            2048 => KeyBits::Rsa2048,
            3072 => KeyBits::Rsa3072,
            4096 => KeyBits::Rsa4096,
            other => return Err(format!("expected 2048, 3072 or 4096 bits, found {other}").into()),
        };
        let key = EnvelopeKey::from_pkcs8(&EnvelopeKey::generate(bits)?)?;
        let jwk: Value = serde_json::from_str(&key.public().to_jwk())?;
        self.agents.push(key);
        Ok(json!({ "jwk": jwk }))
    }

    fn seal(&mut self, command: &Value) -> Answer {
        let n = command["jwk"]["n"].as_str().ok_or("no jwk.n")?;
        let key = PublicKey::from_n(n).ok_or("not a modulus")?;
        let (message, opener) = Wrapped::new(&mut OsRng, &key)?.seal(
            &mut OsRng,
            text(command, "tenant")?,
            number(command, "expires")?,
            &bytes(command, "body")?,
        )?;
        self.requests.push(opener);
        Ok(json!({ "message": message.to_string(), "request": self.requests.len() - 1 }))
    }

    fn open(&self, command: &Value) -> Answer {
        let kid = text(command, "kid")?;
        let agent = self.agents.iter().find(|agent| agent.kid() == kid);
        let opened = agent.ok_or("no such key")?.open(
            text(command, "tenant")?,
            number(command, "now")?,
            &Compact::parse(text(command, "message")?.as_bytes())?,
        )?;
        let reply = opened.replier.seal(&bytes(command, "answer")?)?;
        Ok(json!({
            "id": Base64UrlUnpadded::encode_string(&opened.id.0),
            "body": Base64UrlUnpadded::encode_string(opened.body.expose()),
            "expires": opened.expires,
            "reply": reply.to_string(),
        }))
    }

    fn open_reply(&self, command: &Value) -> Answer {
        let request = usize::try_from(number(command, "request")?)?;
        let opener = self.requests.get(request).ok_or("no such request")?;
        let body = opener.open(&Compact::parse(text(command, "message")?.as_bytes())?)?;
        Ok(json!({ "body": Base64UrlUnpadded::encode_string(body.expose()) }))
    }
}

fn text<'a>(command: &'a Value, name: &str) -> Result<&'a str, Box<dyn Error>> {
    let value = command[name].as_str();
    value.ok_or_else(|| format!("{name}: expected a text").into())
}

fn number(command: &Value, name: &str) -> Result<u64, Box<dyn Error>> {
    let value = command[name].as_u64();
    value.ok_or_else(|| format!("{name}: expected a number").into())
}

fn bytes(command: &Value, name: &str) -> Result<Secret, Box<dyn Error>> {
    let value = Base64UrlUnpadded::decode_vec(text(command, name)?);
    Ok(Secret::new(value.map_err(|error| error.to_string())?))
}
