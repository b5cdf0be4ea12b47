//! Reads and writes the LDAP messages that the responder understands (RFC 4511).

use ldap3::asn1::{PL, StructureTag, parse_tag};
use tokio::io::{AsyncRead, AsyncReadExt};

/// A request.
pub enum Request {
    Bind {
        name: String,
        password: String,
    },
    Search {
        base: String,
        scope: u8,
        filter: Filter,
        attributes: Vec<String>,
    },
    Modify {
        dn: String,
        replace: Vec<(String, Vec<u8>)>,
        /// The identifier and the value of each critical control.
        critical: Vec<(String, Vec<u8>)>,
    },
    Unbind,
}

/// The filters that the engine sends.
pub enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Equal(String, Vec<u8>),
    Begins(String, Vec<u8>),
    Present(String),
}

/// Reads the next message and its number; `None` at the end of the stream.
pub async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<(u32, Request)> {
    let mut bytes = vec![0; 2];
    stream.read_exact(&mut bytes).await.ok()?;
    let mut length = usize::from(bytes[1]);
    if length & 0x80 != 0 {
        let mut more = vec![0; length & 0x7f];
        stream.read_exact(&mut more).await.ok()?;
        length = more
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        bytes.extend(more);
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    bytes.extend(body);
    let (_, message) = parse_tag(&bytes).unwrap();
    let mut parts = children(message).into_iter();
    let number = number(&parts.next().unwrap());
    let operation = parts.next().unwrap();
    let controls = parts.next().map(children).unwrap_or_default();
    Some((number, request(operation, controls)))
}

/// Encodes a message with a result: `tag` is 0x61 for a bind, 0x65 for a search, 0x67 for a modify.
pub fn result(number: u32, tag: u8, code: u8, text: &str) -> Vec<u8> {
    let body = [
        element(0x0a, &[code]),
        element(0x04, b""),
        element(0x04, text.as_bytes()),
    ];
    message(number, &element(tag, &body.concat()))
}

/// Encodes a message with an entry.
pub fn entry(number: u32, dn: &str, attributes: &[(String, Vec<Vec<u8>>)]) -> Vec<u8> {
    let attributes = attributes.iter().map(|(name, values)| {
        let values: Vec<u8> = values.iter().flat_map(|v| element(0x04, v)).collect();
        let both = [element(0x04, name.as_bytes()), element(0x31, &values)];
        element(0x30, &both.concat())
    });
    let attributes: Vec<u8> = attributes.flatten().collect();
    let body = [element(0x04, dn.as_bytes()), element(0x30, &attributes)];
    message(number, &element(0x64, &body.concat()))
}

fn message(number: u32, operation: &[u8]) -> Vec<u8> {
    let number = element(0x02, &number.to_be_bytes());
    element(0x30, &[&number, operation].concat())
}

fn element(tag: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![tag, 0x84];
    out.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
    out.extend(body);
    out
}

fn request(operation: StructureTag, controls: Vec<StructureTag>) -> Request {
    let kind = operation.id;
    if kind == 2 {
        return Request::Unbind;
    }
    let mut parts = children(operation).into_iter();
    let mut next = || parts.next().unwrap();
    match kind {
        0 => {
            next();
            Request::Bind {
                name: text(next()),
                password: text(next()),
            }
        }
        3 => {
            let base = text(next());
            let scope = bytes(next())[0];
            for _ in 0..4 {
                next();
            }
            Request::Search {
                base,
                scope,
                filter: filter(next()),
                attributes: children(next()).into_iter().map(text).collect(),
            }
        }
        6 => Request::Modify {
            dn: text(next()),
            replace: children(next()).into_iter().map(replacement).collect(),
            critical: controls.into_iter().filter_map(critical).collect(),
        },
        other => panic!("the engine sends no operation {other}"),
    }
}

fn replacement(change: StructureTag) -> (String, Vec<u8>) {
    let [operation, change] = two(change);
    assert_eq!(bytes(operation), [2], "the engine only replaces");
    let [name, values] = two(change);
    let mut values = children(values);
    assert_eq!(values.len(), 1);
    (text(name), bytes(values.remove(0)))
}

fn critical(control: StructureTag) -> Option<(String, Vec<u8>)> {
    let mut parts = children(control);
    assert_eq!(parts.len(), 3, "identifier, criticality and value");
    let value = bytes(parts.pop().unwrap());
    let critical = bytes(parts.pop().unwrap()) != [0];
    critical.then(|| (text(parts.pop().unwrap()), value))
}

fn filter(tag: StructureTag) -> Filter {
    match tag.id {
        0 => Filter::And(children(tag).into_iter().map(filter).collect()),
        1 => Filter::Or(children(tag).into_iter().map(filter).collect()),
        3 => {
            let [name, value] = two(tag);
            Filter::Equal(text(name), bytes(value))
        }
        4 => {
            let [name, parts] = two(tag);
            let [initial] = children(parts).try_into().unwrap();
            assert_eq!(initial.id, 0, "expected only an initial substring");
            Filter::Begins(text(name), bytes(initial))
        }
        7 => Filter::Present(text(tag)),
        other => panic!("the engine sends no filter {other}"),
    }
}

fn two(tag: StructureTag) -> [StructureTag; 2] {
    children(tag).try_into().unwrap()
}

fn children(tag: StructureTag) -> Vec<StructureTag> {
    match tag.payload {
        PL::C(children) => children,
        PL::P(_) => panic!("expected a constructed element"),
    }
}

fn bytes(tag: StructureTag) -> Vec<u8> {
    match tag.payload {
        PL::P(bytes) => bytes,
        PL::C(_) => panic!("expected a primitive element"),
    }
}

fn text(tag: StructureTag) -> String {
    String::from_utf8(bytes(tag)).unwrap()
}

fn number(tag: &StructureTag) -> u32 {
    match &tag.payload {
        PL::P(bytes) => bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | u32::from(*byte)),
        PL::C(_) => panic!("expected a number"),
    }
}
