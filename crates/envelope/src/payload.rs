//! The plaintext of both directions: one CBOR array, padded with zeros to the size of a bucket, so
//! that the size of a message does not reveal its content.
//!
//! Request: `[version, request id (16 bytes), body]`. Reply: `[version, body]`.

#[cfg(any(feature = "open", feature = "seal"))]
use crate::Secret;
use core::fmt;
#[cfg(any(feature = "open", feature = "seal"))]
use minicbor::{Decoder, Encoder, data::Type};

/// The sizes a plaintext may have, in bytes.
pub const BUCKETS: [usize; 3] = [256, 512, 1024];

/// The maximum size of a body, in bytes: the largest bucket minus the array's own 19 bytes.
pub const MAX_BODY: usize = 1024 - 19;

/// The smallest bucket of a reply, in bytes, so that the answers of all steps have the same size.
pub const REPLY_MINIMUM: usize = 512;

/// The version of the payload.
const VERSION: u8 = 1;

/// A random 128-bit id of a request: a request whose id was seen before is a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub [u8; 16]);

/// The reason why a plaintext is not a payload. It occurs only after authentication, when the
/// sender sealed a wrong plaintext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadError {
    /// The length is not one of [`BUCKETS`].
    Bucket,
    /// Not the CBOR array of this version.
    Cbor,
    /// Another version than this program's.
    Version(u8),
    /// Something other than zeros follows the array.
    Padding,
    /// The body does not fit the largest bucket.
    TooLong,
}

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bucket => f.write_str("the payload is not 256, 512 or 1024 bytes"),
            Self::Cbor => f.write_str("the payload is not the CBOR array of this version"),
            Self::Version(seen) => write!(f, "payload version {seen}, expected {VERSION}"),
            Self::Padding => f.write_str("the padding is not zero"),
            Self::TooLong => f.write_str("the body is longer than 1005 bytes"),
        }
    }
}

impl core::error::Error for PayloadError {}

/// Builds a padded plaintext around a body that is one CBOR item.
#[cfg(any(feature = "open", feature = "seal"))]
pub(crate) fn pad(
    id: Option<RequestId>,
    body: &Secret,
    minimum: usize,
) -> Result<Secret, PayloadError> {
    // Allocated at full capacity: growing would leave an unwiped copy behind.
    let mut bytes = Vec::with_capacity(BUCKETS[2] + 64);
    let mut encoder = Encoder::new(&mut bytes);
    let written = match id {
        Some(id) => encoder
            .array(3)
            .and_then(|e| e.u8(VERSION))
            .and_then(|e| e.bytes(&id.0)),
        None => encoder.array(2).and_then(|e| e.u8(VERSION)),
    };
    written.map_err(|_| PayloadError::Cbor)?;
    if body.expose().len() > MAX_BODY {
        return Err(PayloadError::TooLong);
    }
    bytes.extend_from_slice(body.expose());
    let bucket = BUCKETS
        .into_iter()
        .find(|bucket| *bucket >= minimum && *bucket >= bytes.len())
        .ok_or(PayloadError::TooLong)?;
    bytes.resize(bucket, 0);
    Ok(Secret::new(bytes))
}

/// Splits a request's plaintext into its id and body, and checks that the body is one CBOR item.
#[cfg(feature = "open")]
pub(crate) fn unpad_request(plaintext: &Secret) -> Result<(RequestId, Secret), PayloadError> {
    let bytes = plaintext.expose();
    let mut decoder = open_array(bytes, 3)?;
    let id = decoder.bytes().map_err(|_| PayloadError::Cbor)?;
    let id = RequestId(id.try_into().map_err(|_| PayloadError::Cbor)?);
    Ok((id, body(bytes, decoder)?))
}

/// Returns the body of a reply's plaintext, and checks that it is one CBOR item.
#[cfg(feature = "seal")]
pub(crate) fn unpad_reply(plaintext: &Secret) -> Result<Secret, PayloadError> {
    let bytes = plaintext.expose();
    let decoder = open_array(bytes, 2)?;
    body(bytes, decoder)
}

#[cfg(any(feature = "open", feature = "seal"))]
fn open_array(bytes: &[u8], length: u64) -> Result<Decoder<'_>, PayloadError> {
    if !BUCKETS.contains(&bytes.len()) {
        return Err(PayloadError::Bucket);
    }
    let mut decoder = Decoder::new(bytes);
    if decoder.array().map_err(|_| PayloadError::Cbor)? != Some(length) {
        return Err(PayloadError::Cbor);
    }
    match decoder.u8().map_err(|_| PayloadError::Cbor)? {
        VERSION => Ok(decoder),
        other => Err(PayloadError::Version(other)),
    }
}

#[cfg(any(feature = "open", feature = "seal"))]
fn body(bytes: &[u8], mut decoder: Decoder<'_>) -> Result<Secret, PayloadError> {
    let start = decoder.position();
    // `skip` would accept a lone break as an item.
    if decoder.datatype().map_err(|_| PayloadError::Cbor)? == Type::Break {
        return Err(PayloadError::Cbor);
    }
    decoder.skip().map_err(|_| PayloadError::Cbor)?;
    let end = decoder.position();
    if bytes[end..].iter().any(|byte| *byte != 0) {
        return Err(PayloadError::Padding);
    }
    Ok(Secret::new(bytes[start..end].to_vec()))
}
