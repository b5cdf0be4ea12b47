//! The package between portal and agent: one CBOR array around content sealed under the tenant's
//! package key.
//!
//! `[version, kind, message id (16), expires, sealed]`, where `sealed` is AES-256-GCM with the
//! associated data `[version, tenant, direction, kind, message id, expires]`. Both arrays are
//! CBOR with definite lengths and shortest integers, and no other encoding is accepted: a package
//! has exactly one form. In every version, past and future, the first item is the version of the
//! writer, so that two programs that understand nothing else of each other can still report the
//! mismatch.

use crate::{Answer, Ask, Heartbeat, Hello, VERSION};
use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode, Encoder};
use postern_envelope::PublicKey;
use postern_envelope::package::{PackageKey, random};

/// The maximum size in bytes of a frame that is written or read. An ordinary reset needs at most
/// 1,024 bytes; only the sandbox's view may be longer.
pub const MAX_FRAME: usize = 64 * 1024;

/// The direction of a package. It is part of the associated data, so that nothing that the portal
/// wrote can be sent back to it as an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Portal to agent.
    ToAgent,
    /// Agent to portal.
    ToPortal,
}

/// The identifier that matches an answer to its ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MessageId(pub [u8; 16]);

impl MessageId {
    /// Generates a random id.
    ///
    /// # Errors
    /// The system's random source failed.
    pub fn generate() -> Result<Self, PackageError> {
        let bytes = random(16).map_err(|_| PackageError::Random)?;
        let id = bytes.expose().try_into();
        id.map(Self).map_err(|_| PackageError::Random)
    }
}

/// The reason for closing a connection, sent in the last frame by the side that closes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Goodbye {
    /// Portal: the hello was of another version than this frame's.
    #[n(0)]
    Version,
    /// Portal: the first frame was not a hello under the tenant's package key.
    #[n(1)]
    NotAccepted,
    /// Portal: another agent of the same tenant has connected.
    #[n(2)]
    Replaced,
    /// Agent: it is stopping. It still answers the pending asks.
    #[n(3)]
    Leaving,
}

/// The content of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The agent's first message.
    Hello(Hello),
    /// The agent's heartbeat; the portal echoes it.
    Heartbeat(Heartbeat),
    /// A request of the portal.
    Ask(Ask),
    /// The agent's answer, under the ask's message id and expiry.
    Answer(Answer),
    /// The last message of either side.
    Goodbye(Goodbye),
}

/// One package, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The message it belongs to.
    pub id: MessageId,
    /// The time at which it expires, in seconds since the Unix epoch; 0 if it never expires.
    pub expires: u64,
    /// Its content.
    pub content: Content,
}

/// One tenant's packages in one direction.
#[derive(Clone, Debug)]
pub struct Channel {
    /// The tenant.
    pub tenant: String,
    /// The direction.
    pub direction: Direction,
    /// The tenant's package key.
    pub key: PackageKey,
}

/// The reason why a frame is not a package of this channel, or a package could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// Longer than [`MAX_FRAME`].
    #[error("the frame is longer than {MAX_FRAME} bytes")]
    TooLarge,
    /// The writer uses another version.
    #[error("expected a frame of version {VERSION}, found version {0}")]
    Version(u8),
    /// Not in the canonical encoding of a frame.
    #[error("the frame is not [version, kind, message id, expires, sealed] in CBOR")]
    Malformed,
    /// Sealed under another key, for another tenant or direction, or changed on the way.
    #[error("the package was not sealed under this tenant's key for this direction")]
    NotOpened,
    /// Opened, but its content does not match its kind.
    #[error("the package's content is not of its kind")]
    Content,
    /// Opened, but of a kind that is not expected here.
    #[error("the package is of a kind that does not belong here")]
    Unexpected,
    /// The system's random source failed.
    #[error("the system's random source failed")]
    Random,
}

impl Package {
    /// Creates a package that belongs to no ask: with a new id and without an expiry.
    ///
    /// # Errors
    /// [`PackageError::Random`].
    pub fn new(content: Content) -> Result<Self, PackageError> {
        let id = MessageId::generate()?;
        Ok(Self {
            id,
            expires: 0,
            content,
        })
    }

    /// Seals the package for `channel`; returns the frame.
    ///
    /// # Errors
    /// [`PackageError::TooLarge`] or [`PackageError::Random`].
    pub fn seal(&self, channel: &Channel) -> Result<Vec<u8>, PackageError> {
        let kind = self.content.kind();
        let sealed = channel
            .key
            .seal(
                &channel.associated_data(kind, self.id, self.expires),
                &self.content.encode(),
            )
            .map_err(|_| PackageError::Random)?;
        let frame = frame(kind, self.id, self.expires, &sealed);
        if frame.len() > MAX_FRAME {
            return Err(PackageError::TooLarge);
        }
        Ok(frame)
    }

    /// Opens a frame received through `channel`.
    ///
    /// # Errors
    /// [`PackageError`] names the defect.
    pub fn open(channel: &Channel, bytes: &[u8]) -> Result<Self, PackageError> {
        if bytes.len() > MAX_FRAME {
            return Err(PackageError::TooLarge);
        }
        let (kind, id, expires, sealed) = parse(bytes)?;
        let opened = channel
            .key
            .open(&channel.associated_data(kind, id, expires), sealed)
            .map_err(|_| PackageError::NotOpened)?;
        let content = Content::decode(kind, opened.expose()).ok_or(PackageError::Content)?;
        Ok(Self {
            id,
            expires,
            content,
        })
    }
}

impl Channel {
    fn associated_data(&self, kind: u8, id: MessageId, expires: u64) -> Vec<u8> {
        let direction = match self.direction {
            Direction::ToAgent => 0,
            Direction::ToPortal => 1,
        };
        cbor(|e| {
            e.array(6)?.u8(VERSION)?.str(&self.tenant)?.u8(direction)?;
            e.u8(kind)?.bytes(&id.0)?.u64(expires)?.ok()
        })
    }
}

impl Content {
    const fn kind(&self) -> u8 {
        match self {
            Self::Hello(_) => 1,
            Self::Heartbeat(_) => 2,
            Self::Ask(_) => 3,
            Self::Answer(_) => 4,
            Self::Goodbye(_) => 5,
        }
    }

    fn encode(&self) -> Vec<u8> {
        cbor(|e| match self {
            Self::Hello(hello) => e.encode(hello)?.ok(),
            Self::Heartbeat(beat) if *beat == Heartbeat::plain(beat.directory_up) => {
                e.bool(beat.directory_up)?.ok()
            }
            Self::Heartbeat(beat) => e.encode(beat)?.ok(),
            Self::Ask(ask) => e.encode(ask)?.ok(),
            Self::Answer(answer) => e.encode(answer)?.ok(),
            Self::Goodbye(goodbye) => e.encode(goodbye)?.ok(),
        })
    }

    fn decode(kind: u8, bytes: &[u8]) -> Option<Self> {
        let mut d = Decoder::new(bytes);
        let content = match kind {
            1 => Self::Hello(d.decode().ok()?),
            2 => Self::Heartbeat(match d.datatype().ok()? {
                Type::Bool => Heartbeat::plain(d.bool().ok()?),
                _ => d.decode().ok()?,
            }),
            3 => Self::Ask(d.decode().ok()?),
            4 => Self::Answer(d.decode().ok()?),
            5 => Self::Goodbye(d.decode().ok()?),
            _ => return None,
        };
        // The checks that the types' own parsers would make.
        match &content {
            Self::Hello(hello) => drop(PublicKey::new(hello.key.modulus().to_vec())?),
            Self::Ask(Ask::Message { message, .. }) | Self::Answer(Answer::Reply { message }) => {
                drop(message.clone().checked().ok()?);
            }
            _ => {}
        }
        (d.position() == bytes.len()).then_some(content)
    }
}

fn frame(kind: u8, id: MessageId, expires: u64, sealed: &[u8]) -> Vec<u8> {
    cbor(|e| {
        e.array(5)?.u8(VERSION)?.u8(kind)?;
        e.bytes(&id.0)?.u64(expires)?.bytes(sealed)?.ok()
    })
}

/// Splits a frame into its parts. Encoding them again must give the same bytes.
fn parse(bytes: &[u8]) -> Result<(u8, MessageId, u64, &[u8]), PackageError> {
    let mut d = Decoder::new(bytes);
    let malformed = |_| PackageError::Malformed;
    let length = match d.datatype().map_err(malformed)? {
        Type::Array => d.array().map_err(malformed)?,
        _ => None,
    };
    let version = d.u8().map_err(malformed)?;
    if length.is_some() && version != VERSION {
        return Err(PackageError::Version(version));
    }
    let kind = d.u8().map_err(malformed)?;
    let id = d.bytes().map_err(malformed)?;
    let id = MessageId(id.try_into().map_err(|_| PackageError::Malformed)?);
    let expires = d.u64().map_err(malformed)?;
    let sealed = d.bytes().map_err(malformed)?;
    if frame(kind, id, expires, sealed) != bytes {
        return Err(PackageError::Malformed);
    }
    Ok((kind, id, expires, sealed))
}

type EncodeResult = Result<(), minicbor::encode::Error<core::convert::Infallible>>;

fn cbor(write: impl FnOnce(&mut Encoder<&mut Vec<u8>>) -> EncodeResult) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to a vector cannot fail, and neither can the encoders of these types.
    let _ = write(&mut Encoder::new(&mut bytes));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Metadata;
    use postern_envelope::{Compact, REPLY_HEADER, Secret};

    fn channel(tenant: &str, direction: Direction, byte: u8) -> Channel {
        Channel {
            tenant: tenant.into(),
            direction,
            key: PackageKey::new(Secret::new(vec![byte; 32])).unwrap(),
        }
    }

    fn compact(header: &str, key: usize, ciphertext: usize) -> Compact {
        Compact {
            header: header.as_bytes().to_vec().into(),
            encrypted_key: vec![1; key].into(),
            nonce: vec![2; 12].into(),
            ciphertext: vec![3; ciphertext].into(),
            tag: vec![4; 16].into(),
        }
    }

    fn ask(tenant: &str) -> Package {
        let header = format!(
            r#"{{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"{}","typ":"postern-1","tenant":"{tenant}","exp":1763622000}}"#,
            "k".repeat(43)
        );
        Package {
            id: MessageId([7; 16]),
            expires: 1_763_622_000,
            content: Content::Ask(Ask::Message {
                metadata: Metadata {
                    support_code: "ABCD-EFGH-JKLM".into(),
                    received_at: 1_763_621_940,
                    networks: vec![[5; 16].into(); 3],
                    language: "sl".into(),
                },
                message: compact(&header, 384, 256),
            }),
        }
    }

    fn answer(bucket: usize) -> Package {
        Package {
            content: Content::Answer(Answer::Reply {
                message: compact(REPLY_HEADER, 0, bucket),
            }),
            ..ask("contoso")
        }
    }

    /// RFC 6455 section 5.2: two bytes, two more of length from 126 on, four of mask from a client.
    fn websocket(frame: &[u8], mask: usize) -> usize {
        frame.len() + mask + if frame.len() < 126 { 2 } else { 4 }
    }

    #[test]
    #[expect(clippy::print_stdout, reason = "the test reports its figures")]
    fn an_ordinary_reset_fits_1024_bytes() {
        for tenant in ["contoso", &"t".repeat(32)] {
            let to_agent = channel(tenant, Direction::ToAgent, 1);
            let to_portal = channel(tenant, Direction::ToPortal, 1);
            let ask = websocket(&ask(tenant).seal(&to_agent).unwrap(), 0);
            let answer = websocket(&answer(512).seal(&to_portal).unwrap(), 4);
            println!(
                "tenant of {}: ask {ask}, answer {answer} bytes",
                tenant.len()
            );
            assert!(ask <= 1024 && answer <= 1024, "{ask} {answer}");
        }
    }

    #[test]
    fn what_was_sealed_opens() {
        let channel = channel("contoso", Direction::ToAgent, 1);
        for package in [
            ask("contoso"),
            answer(1024),
            Package::new(Content::Heartbeat(Heartbeat::plain(true))).unwrap(),
            Package::new(Content::Heartbeat(full_heartbeat())).unwrap(),
            Package::new(Content::Goodbye(Goodbye::Leaving)).unwrap(),
        ] {
            let frame = package.seal(&channel).unwrap();
            assert_eq!(Package::open(&channel, &frame), Ok(package));
        }
    }

    fn full_heartbeat() -> Heartbeat {
        Heartbeat {
            directory_up: true,
            mail_up: Some(false),
            clock_ahead: Some(-90),
            now: Some(1_763_621_940),
            alarmed: Some(true),
        }
    }

    #[test]
    fn a_heartbeat_without_clocks_is_one_that_every_version_understands() {
        let plain = Content::Heartbeat(Heartbeat::plain(true));
        assert_eq!(plain.encode(), [0xf5]);
        let full = Content::Heartbeat(full_heartbeat()).encode();
        let bytes = [
            0x85, 0xf5, 0xf4, 0x38, 0x59, 0x1a, 0x69, 0x1e, 0xbc, 0x34, 0xf5,
        ];
        assert_eq!(full, bytes);
        // Fields that later versions add are ignored.
        let later = [&[0x86], &bytes[1..], &[0xf5]].concat();
        assert_eq!(Content::decode(2, &later), Content::decode(2, &bytes));
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let channel = channel("contoso", Direction::ToAgent, 1);
        let frame = ask("contoso").seal(&channel).unwrap();
        for place in 0..frame.len() {
            for bit in 0..8 {
                let mut changed = frame.clone();
                changed[place] ^= 1 << bit;
                assert!(Package::open(&channel, &changed).is_err(), "{place}.{bit}");
            }
            assert!(Package::open(&channel, &frame[..place]).is_err(), "{place}");
        }
        let longer = [&frame[..], &[0]].concat();
        assert_eq!(
            Package::open(&channel, &longer),
            Err(PackageError::Malformed)
        );
    }

    #[test]
    fn another_key_tenant_or_direction_is_refused() {
        let frame = ask("contoso")
            .seal(&channel("contoso", Direction::ToAgent, 1))
            .unwrap();
        for other in [
            channel("contoso", Direction::ToAgent, 2),
            channel("fabrikam", Direction::ToAgent, 1),
            channel("contoso", Direction::ToPortal, 1),
        ] {
            let opened = Package::open(&other, &frame);
            assert_eq!(opened, Err(PackageError::NotOpened));
        }
    }

    #[test]
    fn another_encoding_of_the_same_frame_is_refused() {
        let channel = channel("contoso", Direction::ToAgent, 1);
        let frame = ask("contoso").seal(&channel).unwrap();
        // An indefinite array, and the version in two bytes.
        let indefinite = [&[0x9f], &frame[1..], &[0xff]].concat();
        let long_version = [&frame[..1], &[0x18, VERSION], &frame[2..]].concat();
        for other in [indefinite, long_version] {
            let opened = Package::open(&channel, &other);
            assert_eq!(opened, Err(PackageError::Malformed));
        }
    }

    #[test]
    fn content_that_cannot_be_is_refused() {
        let channel = channel("contoso", Direction::ToAgent, 1);
        let mut short = compact(REPLY_HEADER, 0, 256);
        short.tag = vec![4; 15].into();
        let id = MessageId([7; 16]);
        for (kind, content) in [
            (
                4,
                Content::Answer(Answer::Reply { message: short }).encode(),
            ),
            // A heartbeat with a trailing byte, and a kind that does not exist.
            (2, vec![0xf5, 0]),
            (9, vec![0xf5]),
        ] {
            let aad = channel.associated_data(kind, id, 0);
            let sealed = channel.key.seal(&aad, &content).unwrap();
            let opened = Package::open(&channel, &frame(kind, id, 0, &sealed));
            assert_eq!(opened, Err(PackageError::Content), "{kind}");
        }
    }

    #[test]
    fn another_version_is_named_whatever_follows() {
        let channel = channel("contoso", Direction::ToAgent, 1);
        let opened = Package::open(&channel, &[0x82, 9, 0xf6]);
        assert_eq!(opened, Err(PackageError::Version(9)));
    }

    #[test]
    fn too_large_is_neither_written_nor_read() {
        let channel = channel("contoso", Direction::ToPortal, 1);
        let sealed = answer(MAX_FRAME).seal(&channel);
        assert_eq!(sealed, Err(PackageError::TooLarge));
        let opened = Package::open(&channel, &vec![0; MAX_FRAME + 1]);
        assert_eq!(opened, Err(PackageError::TooLarge));
    }
}
