//! The failures that the portal itself reports (RFC 9457): the `code` of its problem+json.
//!
//! A problem is not sealed, so it proves nothing to the browser.

/// A portal failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// 404: no such tenant.
    TenantUnknown,
    /// 503: the tenant's agent is not connected, or it cannot reach the directory. The message
    /// was not handed over.
    ServiceDown,
    /// 403: the tenant has no right to the service (`entitled` in its file).
    TenantNotEntitled,
    /// 504: the message was handed over and no answer came.
    NoAnswer,
    /// 410: the agent refused the message because it arrived too late.
    MessageExpired,
    /// 429: too many requests from one network.
    TooManyRequests,
    /// 400: the body is not a JWE compact message.
    Malformed,
    /// 413: the body is longer than any message can be.
    TooLarge,
    /// 415: the body's type is not `application/jose`.
    UnsupportedMediaType,
    /// 422: the agent could not open the message: another key or another version.
    NotAccepted,
    /// 408: the body did not arrive in time.
    MessageTimedOut,
}

impl Problem {
    /// Every problem, in the order above.
    pub const ALL: [Self; 11] = [
        Self::TenantUnknown,
        Self::ServiceDown,
        Self::TenantNotEntitled,
        Self::NoAnswer,
        Self::MessageExpired,
        Self::TooManyRequests,
        Self::Malformed,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::NotAccepted,
        Self::MessageTimedOut,
    ];

    /// Returns the stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TenantUnknown => "tenant_unknown",
            Self::ServiceDown => "service_down",
            Self::TenantNotEntitled => "tenant_not_entitled",
            Self::NoAnswer => "no_answer",
            Self::MessageExpired => "message_expired",
            Self::TooManyRequests => "too_many_requests",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::NotAccepted => "not_accepted",
            Self::MessageTimedOut => "message_timed_out",
        }
    }

    /// Returns the HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::TenantNotEntitled => 403,
            Self::TenantUnknown => 404,
            Self::MessageTimedOut => 408,
            Self::MessageExpired => 410,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::NotAccepted => 422,
            Self::TooManyRequests => 429,
            Self::ServiceDown => 503,
            Self::NoAnswer => 504,
        }
    }

    /// Finds the problem of an HTTP status; the browser reads nothing else of a problem.
    #[must_use]
    pub fn from_status(status: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.status() == status)
    }
}
