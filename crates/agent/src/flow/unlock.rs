//! The end of an unlock: the account is unlocked and keeps its password.

use super::outcome::{After, Outcome};
use super::{Flow, Proven, State};
use crate::agent::AgentContext;
use crate::request::RequestContext;
use crate::words::NoticeKind;
use postern_protocol::{FlowKind, Reason, Step};

impl AgentContext {
    /// Unlocks the account, after all gates were passed. A failure may be retried: unlocking twice
    /// is harmless. If the account is not locked, the flow continues with a new password by the
    /// same gates, where the tenant offers that.
    pub(crate) async fn unlock(
        &self,
        call: &RequestContext,
        mut flow: Flow,
        proven: Proven,
    ) -> Outcome {
        let directory = &self.parts.directory;
        let unlocked = self.with_directory_timeout(async {
            let account = directory.account(proven.anchor()).await?;
            let unlocked = directory.unlock(&account).await?;
            Ok((account, unlocked))
        });
        match unlocked.await.inspect_err(super::password::log_failure) {
            Ok((account, true)) => {
                self.mail_notice(call, flow.device, &account, NoticeKind::Unlocked)
                    .await;
                flow.state = State::Unlocked;
                Outcome {
                    after: After::Completed(flow),
                    step: Step::Unlocked,
                    reason: None,
                    codes_left: None,
                    next: None,
                }
            }
            Ok((_, false)) if !self.offers(FlowKind::Reset) => {
                Outcome::flow_ended(flow, Reason::NotLocked)
            }
            Ok((_, false)) => {
                flow.kind = None;
                self.new_password(flow, proven, Some(Reason::NotLocked))
                    .await
            }
            Err(failure) => self.refuse_proven(flow, proven, failure.reason),
        }
    }
}
