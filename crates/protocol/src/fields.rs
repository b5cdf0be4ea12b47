//! Decodes the output of the derived encoders: a message as an array of its fields. The derived
//! decoders need several times the code, which the browser would have to load.

use minicbor::data::Type;
use minicbor::decode::{Decode, Decoder, Error};

/// Encodes an enum without fields as the number of its variant.
macro_rules! encode_as_number {
    ($name:ty) => {
        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.u8(*self as u8)?.ok()
            }
        }
    };
}
pub(crate) use encode_as_number;

/// The fields of one message, read in order. Fields that a newer program has added at the end are
/// skipped.
pub struct Fields<'d, 'b> {
    decoder: &'d mut Decoder<'b>,
    left: u64,
}

impl<'d, 'b> Fields<'d, 'b> {
    /// Opens an array of fields.
    pub fn open(decoder: &'d mut Decoder<'b>) -> Result<Self, Error> {
        let left = decoder.array()?.ok_or(Error::message("an endless array"))?;
        Ok(Self { decoder, left })
    }

    /// Opens a variant: an array of its number and its fields.
    pub fn open_variant(decoder: &'d mut Decoder<'b>) -> Result<(u64, Self), Error> {
        if decoder.array()? != Some(2) {
            return Err(Error::message("not a variant"));
        }
        Ok((decoder.u64()?, Self::open(decoder)?))
    }

    /// Reads the next field.
    pub fn next<T: Decode<'b, ()>>(&mut self) -> Result<T, Error> {
        self.take()?.decode()
    }

    /// Reads the next field as a number.
    pub fn number<T: TryFrom<u64>>(&mut self) -> Result<T, Error> {
        let number = self.take()?.u64()?;
        T::try_from(number).map_err(|_| Error::message("a number out of range"))
    }

    /// Reads the next field; `None` if it is absent or null.
    pub fn optional<T: Decode<'b, ()>>(&mut self) -> Result<Option<T>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        let decoder = self.take()?;
        if decoder.datatype()? == Type::Null {
            decoder.null()?;
            return Ok(None);
        }
        decoder.decode().map(Some)
    }

    /// Reads the next field as an array.
    pub fn list<T: Decode<'b, ()>>(&mut self) -> Result<Vec<T>, Error> {
        let mut items = Fields::open(self.take()?)?;
        // Grown item by item: the length may be larger than the number of items that follow.
        let mut list = Vec::new();
        while items.left > 0 {
            list.push(items.next()?);
        }
        Ok(list)
    }

    /// Skips the fields that a newer program may have added.
    pub fn close(mut self) -> Result<(), Error> {
        while self.left > 0 {
            self.take()?.skip()?;
        }
        Ok(())
    }

    fn take(&mut self) -> Result<&mut Decoder<'b>, Error> {
        self.left = self
            .left
            .checked_sub(1)
            .ok_or(Error::message("a field is missing"))?;
        Ok(self.decoder)
    }
}
