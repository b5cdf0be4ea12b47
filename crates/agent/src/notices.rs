//! Notices to the owner of an account: mails about what happened to it.

use crate::context::RequestContext;
use postern_directory::Account;
use postern_notify::Wording;
use postern_notify::mail::{Mail, Mailer, NOTICE_LIFETIME_SECONDS};
use postern_notify::wording::NoticeKind;
use postern_protocol::Device;
use postern_store::Clock;

/// The mails to owners that carry no code.
#[derive(Clone)]
pub(crate) struct Notices {
    pub(crate) mailer: Mailer,
    pub(crate) wording: Wording,
    pub(crate) clock: Clock,
}

impl Notices {
    /// Notifies every address of an account, not only the one that a code was sent to.
    pub(crate) async fn send(
        &self,
        call: &RequestContext,
        device: Option<Device>,
        account: &Account,
        kind: NoticeKind,
    ) {
        let now = (self.clock)();
        let occasion = call.occasion(now, device);
        let letter = self.wording.notice(occasion, kind, &account.login_name);
        let until = now + NOTICE_LIFETIME_SECONDS;
        let addresses = account.mail_addresses.iter().cloned();
        let mails = addresses.map(|to| Mail::new(to, &letter, &call.support_code, until));
        self.mailer.send_durably(mails.collect()).await;
    }

    /// Mails forgotten user names until a time.
    pub(crate) async fn send_user_names(
        &self,
        call: &RequestContext,
        device: Option<Device>,
        to: &str,
        names: &[&str],
        until: u64,
    ) {
        let occasion = call.occasion((self.clock)(), device);
        let letter = self.wording.user_name(occasion, names);
        let mail = Mail::new(to.to_owned(), &letter, &call.support_code, until);
        self.mailer.send_if_room(mail).await;
    }
}
