//! The intranet of an invented organisation, for the demo: pages of another origin that show the
//! portal in a frame and as `<postern-reset>`. The files are in `demo/intranet`.

use crate::assets::Asset;
use crate::run::{Outcome, root};
use crate::site;
use crate::stack::{body, get};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// The tenant that the pages embed.
pub const TENANT: &str = "fabrikam";

/// The addresses with their files and types.
const FILES: [(&str, &str, &str); 6] = [
    ("/", "index.html", "text/html; charset=utf-8"),
    ("/password", "password.html", "text/html; charset=utf-8"),
    (
        "/password-element",
        "password-element.html",
        "text/html; charset=utf-8",
    ),
    ("/intranet.css", "intranet.css", "text/css; charset=utf-8"),
    (
        "/intranet.js",
        "intranet.js",
        "text/javascript; charset=utf-8",
    ),
    ("/logo.svg", "logo.svg", "image/svg+xml"),
];

/// The maximum length of the head of a request, in bytes.
const MAX_HEAD: u64 = 16 * 1024;

/// The time limit for a request.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Returns the origins of the intranet on a port, which the portal has to allow.
pub fn origins(port: u16) -> Vec<String> {
    ["127.0.0.1", "localhost"]
        .map(|host| format!("http://{host}:{port}"))
        .to_vec()
}

/// Serves the intranet on a port of 127.0.0.1 until the process ends, beside a portal on another
/// port.
pub fn serve(port: u16, portal: u16) -> Outcome {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|error| {
        format!("the intranet: expected a free port, but 127.0.0.1:{port} cannot be used: {error}")
    })?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || {
                // The browser has gone away.
                let _not_sent = respond(stream, portal);
            });
        }
    });
    Ok(())
}

/// Requests every file of the intranet. Fails if one is not served.
pub fn check(port: u16) -> Outcome {
    for (path, _, _) in FILES {
        get(port, path).ok_or_else(|| format!("the intranet: {path}: expected status 200"))?;
    }
    Ok(())
}

fn respond(mut stream: TcpStream, portal: u16) -> std::io::Result<()> {
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    let mut lines = BufReader::new((&stream).take(MAX_HEAD)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // A connection that is closed before its request is read is reset.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let path = match (words.next(), words.next()) {
        (Some("GET"), Some(target)) => target.split('?').next().unwrap_or_default(),
        _ => "",
    };
    let file = FILES.iter().find(|(address, _, _)| *address == path);
    let content = file.map(|(_, name, media_type)| (page(name, portal), *media_type));
    let (status, media_type, body) = match content {
        Some((Ok(body), media_type)) => ("200 OK", media_type, body),
        Some((Err(error), _)) => ("503 Service Unavailable", "text/plain", error),
        None => ("404 Not Found", "text/plain", String::from("not found")),
    };
    let length = body.len();
    let policy = policy(portal);
    let head = format!(
        "HTTP/1.0 {status}\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n\
         content-security-policy: {policy}\r\nx-content-type-options: nosniff\r\n\
         cache-control: no-store\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}

/// Returns the Content-Security-Policy: as strict as `docs/EMBEDDING.md` allows.
fn policy(portal: u16) -> String {
    let portal = address(portal);
    format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; \
         script-src 'self' {portal} 'wasm-unsafe-eval'; connect-src {portal}; frame-src {portal}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

fn address(portal: u16) -> String {
    format!("http://127.0.0.1:{portal}")
}

/// Returns a file with the current address and pins of the portal.
fn page(name: &str, portal: u16) -> Result<String, String> {
    let file = root().join("demo/intranet").join(name);
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    if !name.ends_with(".html") {
        return Ok(text);
    }
    let manifest = fs::read(site::manifest_file()).map_err(|error| error.to_string())?;
    let manifest: Value = serde_json::from_slice(&manifest).map_err(|error| error.to_string())?;
    let pin = |asset: Asset| {
        let integrity = &manifest[asset.name()]["integrity"];
        integrity.as_str().unwrap_or_default().to_owned()
    };
    let mut text = text.replace("PORTAL", &address(portal));
    for (place, value) in [
        ("EMBED_INTEGRITY", pin(Asset::Embed)),
        ("ELEMENT_INTEGRITY", pin(Asset::Element)),
        ("SCRIPT_INTEGRITY", pin(Asset::Script)),
        ("WASM_INTEGRITY", pin(Asset::Wasm)),
    ] {
        text = text.replace(place, &value);
    }
    if text.contains("KEY_THUMBPRINT") {
        text = text.replace("KEY_THUMBPRINT", &thumbprint(portal)?);
    }
    Ok(text)
}

/// Returns the thumbprint of the agent's key. A real site takes it from the people who run the
/// agent.
fn thumbprint(portal: u16) -> Result<String, String> {
    let path = ["/api/", TENANT, "/keys"].concat();
    let keys = body(portal, &path)?;
    let keys: Value = serde_json::from_str(&keys).map_err(|error| error.to_string())?;
    let id = keys["keys"][0]["kid"].as_str();
    id.map(str::to_owned)
        .ok_or(String::from("the agent has no key"))
}
