//! The end of an unlock: the account is unlocked and keeps its password.

use super::outcome::{After, Outcome};
use super::password::{self, NewPassword};
use super::{Flow, Proven, State};
use crate::accounts::Accounts;
use crate::config::Rules;
use crate::context::RequestContext;
use crate::notices::Notices;
use postern_notify::wording::NoticeKind;
use postern_protocol::{FlowKind, Reason, Step};
use std::sync::Arc;

/// The unlocking of accounts.
pub(crate) struct Unlock {
    pub accounts: Accounts,
    pub notices: Notices,
    pub rules: Arc<Rules>,
    pub new_password: Arc<NewPassword>,
}

impl Unlock {
    /// Unlocks the account, after all gates were passed. A failure may be retried: unlocking twice
    /// is harmless. If the account is not locked, the flow continues with a new password by the
    /// same gates, where the tenant offers that.
    pub(crate) async fn run(
        &self,
        call: &RequestContext,
        mut flow: Flow,
        proven: Proven,
    ) -> Outcome {
        match self.accounts.unlock(proven.anchor()).await {
            Ok((account, true)) => {
                let (notices, kind) = (&self.notices, NoticeKind::Unlocked);
                notices.send(call, flow.device, &account, kind).await;
                flow.state = State::Unlocked;
                Outcome {
                    after: After::Completed(flow),
                    step: Step::Unlocked,
                    reason: None,
                    codes_left: None,
                    next: None,
                }
            }
            Ok((_, false)) if !self.rules.offers(FlowKind::Reset) => {
                Outcome::flow_ended(flow, Reason::NotLocked)
            }
            Ok((_, false)) => {
                flow.kind = None;
                let reason = Some(Reason::NotLocked);
                self.new_password.ask(flow, proven, reason).await
            }
            Err(reason) => {
                let now = (self.notices.clock)();
                password::refuse(flow, proven, reason, now)
            }
        }
    }
}
