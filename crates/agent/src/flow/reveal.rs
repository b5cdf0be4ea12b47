//! The facts that a `decoy` tenant shows only to the owner of an account: its own gates, the number
//! required, and whether the account may be used at all.

use super::account_gates::AccountGates;
use super::outcome::Outcome;
use super::{Flow, Proving, State};
use crate::accounts::{Accounts, concerns_account};
use postern_directory::Anchor;
use postern_protocol::Reason;

/// The step from the gates that are shown for every name to an account's own.
pub(crate) struct Reveal {
    pub accounts: Accounts,
    pub account_gates: AccountGates,
}

impl Reveal {
    /// Continues with the account's own gates after a first gate was passed, as a `tell` tenant
    /// does from the beginning. If they cannot be read now, the next message of the flow tries
    /// again.
    ///
    /// # Errors
    /// The outcome if the flow cannot continue now.
    pub(crate) async fn run(
        &self,
        mut flow: Flow,
        proving: Proving,
        now: u64,
    ) -> Result<Flow, Outcome> {
        match self.own_gates(proving.clone()).await {
            Ok(state) => {
                flow.state = state;
                Ok(flow)
            }
            Err(reason) if concerns_account(&reason) => Err(Outcome::flow_ended(flow, reason)),
            Err(reason) => {
                flow.state = State::Proving(proving);
                Err(Outcome::flow_continues(flow, Some(reason), now))
            }
        }
    }

    async fn own_gates(&self, proving: Proving) -> Result<State, Reason> {
        // A decoy never passes a gate.
        let anchor = proving.anchor.ok_or(Reason::UserNotFound)?;
        let account = self.accounts.load_usable(Anchor(*anchor)).await?;
        let own = self.account_gates.for_reset(&account, &proving.passed);
        let own = own.await?;
        Ok(proving.with_own_gates(own.gates, own.needed, own.always))
    }
}
