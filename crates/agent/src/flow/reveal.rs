//! The facts that a `decoy` tenant shows only to the owner of an account: its own gates, the number
//! required, and whether the account may be used at all.

use super::identify::{concerns_account, with_ids};
use super::outcome::Outcome;
use super::{Flow, Proving, State};
use crate::agent::AgentContext;
use crate::request::RequestContext;
use postern_directory::Anchor;
use postern_protocol::Reason;

impl AgentContext {
    /// Continues with the account's own gates after a first gate was passed, as a `tell` tenant
    /// does from the beginning. If they cannot be read now, the next message of the flow tries
    /// again.
    pub(crate) async fn reveal(
        &self,
        call: &RequestContext,
        mut flow: Flow,
        proving: Proving,
    ) -> Outcome {
        let state = match self.own_gates(proving.clone()).await {
            Ok(state) => state,
            Err(reason) if concerns_account(&reason) => return Outcome::flow_ended(flow, reason),
            Err(reason) => {
                flow.state = State::Proving(proving);
                return Outcome::flow_continues(flow, Some(reason), self.now());
            }
        };
        match state {
            State::Proven(proven) => self.continue_after_gates(call, flow, proven).await,
            state => {
                flow.state = state;
                Outcome::flow_continues(flow, None, self.now())
            }
        }
    }

    async fn own_gates(&self, proving: Proving) -> Result<State, Reason> {
        // A decoy never passes a gate.
        let anchor = proving.anchor.ok_or(Reason::UserNotFound)?;
        let account = self.account(Anchor(*anchor)).await?;
        let own = self.gates_for_reset(&account, &proving.passed).await?;
        Ok(proving.with_own_gates(with_ids(own.gates), own.needed, own.always))
    }
}
