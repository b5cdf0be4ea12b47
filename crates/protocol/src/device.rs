//! What a browser runs on, for the mails.

use crate::fields::encode_as_number;
use minicbor::Decode;

/// The kind of device that a browser says it runs on. So coarse that it tells people apart from
/// nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A small screen that is touched.
    Phone = 0,
    /// A larger screen that is touched.
    Tablet = 1,
    /// Any other.
    Computer = 2,
}

encode_as_number!(Device);

impl<'b, C> Decode<'b, C> for Device {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.u8()? {
            0 => Ok(Self::Phone),
            1 => Ok(Self::Tablet),
            2 => Ok(Self::Computer),
            _ => Err(minicbor::decode::Error::message("an unknown device")),
        }
    }
}

impl Device {
    /// The stable name, used for Fluent keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Computer => "computer",
        }
    }
}
