//! The methods of accounts: authenticators, issued codes and passkeys, each a sealed value in the
//! store, so that they change in one transaction with the data that depends on them.

use crate::gates::issued::Issued;
use crate::gates::passkey::StoredPasskey;
use crate::{Store, StoreError, StoreKey};
use core::fmt;
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::GateKind;
use postern_store::store::{AUTHENTICATORS, ISSUED, Import, PASSKEYS, Table, Tables};

/// The methods of accounts, in a store, sealed under the agent's store key.
#[derive(Clone)]
pub struct Methods {
    store: Store,
    key: StoreKey,
}

impl Methods {
    /// Returns the methods in a store.
    #[must_use]
    pub fn new(store: Store, key: StoreKey) -> Self {
        Self { store, key }
    }

    /// Returns the secret of an account's authenticator, if it has one.
    ///
    /// # Errors
    /// The store failed, or holds a value that was not sealed for this account.
    pub async fn authenticator(&self, anchor: Anchor) -> Result<Option<Secret>, StoreError> {
        self.load(Value::authenticator(anchor)).await
    }

    /// Returns the recovery codes or the pass that were last issued to an account.
    ///
    /// # Errors
    /// As [`Self::authenticator`].
    pub async fn issued(
        &self,
        kind: GateKind,
        anchor: Anchor,
    ) -> Result<Option<Issued>, StoreError> {
        let opened = self.load(Value::issued(kind, anchor)).await?;
        opened.as_ref().map(decode_issued).transpose()
    }

    /// Returns the passkeys of an account, in the order in which they were added.
    ///
    /// # Errors
    /// As [`Self::authenticator`].
    pub async fn passkeys(&self, anchor: Anchor) -> Result<Vec<StoredPasskey>, StoreError> {
        let opened = self.load(Value::passkeys(anchor)).await?;
        let passkeys = opened.as_ref().map(decode_passkeys).transpose()?;
        Ok(passkeys.unwrap_or_default())
    }

    /// Adds a passkey to those of an account.
    ///
    /// # Errors
    /// As [`Self::authenticator`].
    pub async fn add_passkey(
        &self,
        anchor: Anchor,
        passkey: StoredPasskey,
    ) -> Result<(), StoreError> {
        let methods = self.clone();
        let add = move |tables: &_| methods.put_passkey(tables, anchor, passkey);
        self.store.write(add).await
    }

    /// Removes the method of a kind from an account; returns `false` if it had none.
    ///
    /// # Errors
    /// As [`Self::authenticator`].
    pub async fn remove(&self, kind: GateKind, anchor: Anchor) -> Result<bool, StoreError> {
        let methods = self.clone();
        let remove = move |tables: &_| methods.remove_in(tables, kind, anchor);
        self.store.write(remove).await
    }

    /// [`Self::authenticator`] within a transaction.
    pub(crate) fn authenticator_in(
        &self,
        tables: &Tables,
        anchor: Anchor,
    ) -> Result<Option<Secret>, StoreError> {
        self.read(tables, Value::authenticator(anchor))
    }

    /// [`Self::issued`] within a transaction.
    pub(crate) fn issued_in(
        &self,
        tables: &Tables,
        kind: GateKind,
        anchor: Anchor,
    ) -> Result<Option<Issued>, StoreError> {
        let opened = self.read(tables, Value::issued(kind, anchor))?;
        opened.as_ref().map(decode_issued).transpose()
    }

    /// [`Self::passkeys`] within a transaction.
    pub(crate) fn passkeys_in(
        &self,
        tables: &Tables,
        anchor: Anchor,
    ) -> Result<Vec<StoredPasskey>, StoreError> {
        let opened = self.read(tables, Value::passkeys(anchor))?;
        let passkeys = opened.as_ref().map(decode_passkeys).transpose()?;
        Ok(passkeys.unwrap_or_default())
    }

    /// Stores an account's authenticator; returns `false` if it has another one, which it then
    /// keeps.
    pub(crate) fn put_authenticator(
        &self,
        tables: &Tables,
        anchor: Anchor,
        secret: &Secret,
    ) -> Result<bool, StoreError> {
        match self.authenticator_in(tables, anchor)? {
            Some(present) => Ok(present == *secret),
            None => {
                self.write(tables, Value::authenticator(anchor), secret)?;
                Ok(true)
            }
        }
    }

    /// Stores issued codes in place of those issued before.
    pub(crate) fn put_issued(
        &self,
        tables: &Tables,
        kind: GateKind,
        anchor: Anchor,
        issued: &Issued,
    ) -> Result<(), StoreError> {
        let bytes = minicbor::to_vec(issued).map_err(StoreError::new)?;
        self.write(tables, Value::issued(kind, anchor), &Secret::new(bytes))
    }

    /// [`Self::add_passkey`] within a transaction.
    pub(crate) fn put_passkey(
        &self,
        tables: &Tables,
        anchor: Anchor,
        passkey: StoredPasskey,
    ) -> Result<(), StoreError> {
        let mut passkeys = self.passkeys_in(tables, anchor)?;
        passkeys.push(passkey);
        self.write_passkeys(tables, anchor, &passkeys)
    }

    /// Removes one passkey; returns `false` if the account does not have it.
    pub(crate) fn remove_passkey(
        &self,
        tables: &Tables,
        anchor: Anchor,
        id: &[u8],
    ) -> Result<bool, StoreError> {
        let mut passkeys = self.passkeys_in(tables, anchor)?;
        let before = passkeys.len();
        passkeys.retain(|one| one.passkey.cred_id().as_slice() != id);
        if passkeys.len() == before {
            return Ok(false);
        }
        if passkeys.is_empty() {
            return self.remove_in(tables, GateKind::Passkey, anchor);
        }
        self.write_passkeys(tables, anchor, &passkeys)?;
        Ok(true)
    }

    /// [`Self::remove`] within a transaction.
    pub(crate) fn remove_in(
        &self,
        tables: &Tables,
        kind: GateKind,
        anchor: Anchor,
    ) -> Result<bool, StoreError> {
        let value = match kind {
            GateKind::Authenticator => Value::authenticator(anchor),
            GateKind::Passkey => Value::passkeys(anchor),
            _ => Value::issued(kind, anchor),
        };
        let name = value.name(&self.key);
        let present = tables.get_bytes(value.table, &name)?.is_some();
        tables.remove(value.table, &name)?;
        Ok(present)
    }

    fn write_passkeys(
        &self,
        tables: &Tables,
        anchor: Anchor,
        passkeys: &[StoredPasskey],
    ) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(passkeys).map_err(StoreError::new)?;
        self.write(tables, Value::passkeys(anchor), &Secret::new(bytes))
    }

    async fn load(&self, value: Value) -> Result<Option<Secret>, StoreError> {
        let name = value.name(&self.key).to_vec();
        let sealed = self.store.read(value.table, name).await?;
        sealed
            .map(|sealed| value.open(&self.key, &sealed))
            .transpose()
    }

    fn read(&self, tables: &Tables, value: Value) -> Result<Option<Secret>, StoreError> {
        let sealed = tables.get_bytes(value.table, &value.name(&self.key))?;
        sealed
            .map(|sealed| value.open(&self.key, &sealed))
            .transpose()
    }

    fn write(&self, tables: &Tables, value: Value, secret: &Secret) -> Result<(), StoreError> {
        let sealed = self.key.seal(value.kind, &value.anchor.0, secret.expose());
        let sealed = sealed.map_err(StoreError::new)?;
        tables.put_bytes(value.table, &value.name(&self.key), &sealed)
    }
}

impl fmt::Debug for Methods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Methods")
    }
}

/// Returns a sealed value from a separate file ([`crate::method_files`]), to be imported into the
/// store as it is. Fails if it cannot be opened or decoded.
pub(crate) fn import(
    key: &StoreKey,
    kind: GateKind,
    anchor: Anchor,
    sealed: Vec<u8>,
) -> Result<Import, StoreError> {
    let value = match kind {
        GateKind::Authenticator => Value::authenticator(anchor),
        GateKind::Passkey => Value::passkeys(anchor),
        _ => Value::issued(kind, anchor),
    };
    let opened = value.open(key, &sealed)?;
    match kind {
        GateKind::Authenticator => {}
        GateKind::Passkey => drop(decode_passkeys(&opened)?),
        _ => drop(decode_issued(&opened)?),
    }
    Ok((value.table, value.name(key).to_vec(), sealed))
}

/// One account's value of a kind: its table, and the kind as which it is sealed.
#[derive(Clone, Copy)]
struct Value {
    table: Table,
    kind: &'static str,
    anchor: Anchor,
}

impl Value {
    const fn authenticator(anchor: Anchor) -> Self {
        Self {
            table: AUTHENTICATORS,
            kind: "authenticator",
            anchor,
        }
    }

    const fn issued(kind: GateKind, anchor: Anchor) -> Self {
        Self {
            table: ISSUED,
            kind: kind.name(),
            anchor,
        }
    }

    const fn passkeys(anchor: Anchor) -> Self {
        Self {
            table: PASSKEYS,
            kind: "passkeys",
            anchor,
        }
    }

    fn name(&self, key: &StoreKey) -> [u8; 32] {
        key.hash("method", &[self.kind.as_bytes(), &self.anchor.0])
    }

    fn open(&self, key: &StoreKey, sealed: &[u8]) -> Result<Secret, StoreError> {
        let opened = key.open(self.kind, &self.anchor.0, sealed);
        opened.map_err(|_| StoreError::new(NOT_SEALED))
    }
}

const NOT_SEALED: &str = "a method was not sealed by this agent for this account";

fn decode_issued(opened: &Secret) -> Result<Issued, StoreError> {
    minicbor::decode(opened.expose()).map_err(|_| StoreError::new("expected issued codes in CBOR"))
}

fn decode_passkeys(opened: &Secret) -> Result<Vec<StoredPasskey>, StoreError> {
    serde_json::from_slice(opened.expose())
        .map_err(|_| StoreError::new("expected passkeys in JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gates::Verdict;
    use crate::gates::issued::{IssuedCode, Note, SpentCodes, check};
    use crate::system_random;

    const ALICE: Anchor = Anchor([1; 16]);
    const BOB: Anchor = Anchor([2; 16]);
    const RECOVERY: GateKind = GateKind::RecoveryCode;
    const PASS: GateKind = GateKind::HelpdeskPass;

    fn key(byte: u8) -> StoreKey {
        StoreKey::new(Secret::new(vec![byte; 32])).unwrap()
    }

    async fn issue(methods: &Methods, kind: GateKind) -> (Issued, Vec<Secret>) {
        let (mut issued, shown) =
            Issued::make(&methods.key, &system_random(), kind, ALICE).unwrap();
        if kind == PASS {
            issued.expires = Some(100);
            issued.note = Some(Note {
                support_code: "SUPPORT".into(),
                issued_by: "helen".into(),
            });
        }
        let (all, one) = (methods.clone(), issued.clone());
        let put = move |tables: &Tables| all.put_issued(tables, kind, ALICE, &one);
        methods.store.write(put).await.unwrap();
        (issued, shown)
    }

    /// Copies a value to another place, as somebody who can write to the disk could.
    async fn copy(methods: &Methods, from: Value, to: Value) {
        let (from, to) = (
            (from.table, from.name(&methods.key)),
            (to.table, to.name(&methods.key)),
        );
        let copy = move |tables: &Tables| {
            let bytes = tables.get_bytes(from.0, &from.1)?.unwrap();
            tables.put_bytes(to.0, &to.1, &bytes)
        };
        methods.store.write(copy).await.unwrap();
    }

    #[tokio::test]
    async fn an_authenticator_is_good_for_its_account_and_its_agent() {
        let methods = Methods::new(Store::in_memory().unwrap(), key(1));
        assert!(methods.authenticator(ALICE).await.unwrap().is_none());
        let put = |secret: &'static str| {
            let methods = methods.clone();
            let all = methods.clone();
            async move {
                let secret = Secret::from(secret);
                let put = move |tables: &_| all.put_authenticator(tables, ALICE, &secret);
                methods.store.write(put).await.unwrap()
            }
        };
        assert!(put("one").await);
        assert!(put("one").await, "the same changes nothing");
        assert!(!put("another").await);
        let kept = methods.authenticator(ALICE).await.unwrap();
        assert_eq!(kept, Some(Secret::from("one")));
        let other = Methods::new(methods.store.clone(), key(2));
        assert!(other.authenticator(ALICE).await.unwrap().is_none());
        copy(
            &methods,
            Value::authenticator(ALICE),
            Value::authenticator(BOB),
        )
        .await;
        assert!(methods.authenticator(BOB).await.is_err());
        assert!(methods.remove(GateKind::Authenticator, BOB).await.unwrap());
        assert!(!methods.remove(GateKind::Authenticator, BOB).await.unwrap());
    }

    #[tokio::test]
    async fn issued_codes_are_good_for_their_account_and_their_kind() {
        let methods = Methods::new(Store::in_memory().unwrap(), key(1));
        assert!(methods.issued(RECOVERY, ALICE).await.unwrap().is_none());
        let (first, shown) = issue(&methods, RECOVERY).await;
        assert_eq!(
            methods.issued(RECOVERY, ALICE).await.unwrap().unwrap(),
            first
        );
        let answer = IssuedCode::parse(RECOVERY, &shown[9]).unwrap();
        let none = SpentCodes::default();
        let (verdict, _) = check(&key(1), RECOVERY, ALICE, &first, &answer, &none, 0);
        assert_eq!(verdict, Verdict::Right);
        issue(&methods, RECOVERY).await;
        assert_ne!(
            methods.issued(RECOVERY, ALICE).await.unwrap().unwrap(),
            first
        );

        let (_, shown) = issue(&methods, PASS).await;
        let pass = methods.issued(PASS, ALICE).await.unwrap().unwrap();
        let answer = IssuedCode::parse(PASS, &shown[0]).unwrap();
        let check = |now| check(&key(1), PASS, ALICE, &pass, &answer, &none, now).0;
        assert_eq!((check(99), check(100)), (Verdict::Right, Verdict::Expired));
        assert_eq!(
            (pass.unused(&none, 99).len(), pass.unused(&none, 100).len()),
            (1, 0)
        );

        copy(
            &methods,
            Value::issued(RECOVERY, ALICE),
            Value::issued(RECOVERY, BOB),
        )
        .await;
        assert!(methods.issued(RECOVERY, BOB).await.is_err());
        copy(
            &methods,
            Value::issued(RECOVERY, ALICE),
            Value::issued(PASS, ALICE),
        )
        .await;
        assert!(methods.issued(PASS, ALICE).await.is_err());
    }
}
