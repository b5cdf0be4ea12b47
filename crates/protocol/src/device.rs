//! The device of a browser, for the mails.

use crate::fields::encode_as_number;
use minicbor::Decode;

/// The kind of device that a browser reports. It is too coarse to identify a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A small touch screen.
    Phone = 0,
    /// A larger touch screen.
    Tablet = 1,
    /// Any other device.
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
    /// Returns the stable name, used for Fluent keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Computer => "computer",
        }
    }
}
