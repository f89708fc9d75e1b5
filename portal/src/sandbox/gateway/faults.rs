//! How ZenoPay can misbehave. Each fault is one that was seen, or one that the rules of money must survive.

use std::collections::VecDeque;
use std::time::Duration;

/// What the next create does instead of its work, or after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreateFault {
    /// The push goes out, the answer never comes.
    TimeoutAfterActing,
    /// Nothing happens, and no answer comes.
    TimeoutBeforeActing,
    /// An HTML page with this status; the push may have gone out all the same.
    Http {
        /// The status, 5xx for the usual proxy.
        status: u16,
        /// Whether the push went out.
        after_acting: bool,
    },
    /// 200 with HTML.
    Garbage {
        /// Whether the push went out.
        after_acting: bool,
    },
    /// 200 with nothing in it.
    Empty {
        /// Whether the push went out.
        after_acting: bool,
    },
    /// 400 with this message, and no push.
    Refuse(String),
    /// The push goes out, the connection ends in the middle of the answer.
    ResetAfterActing,
    /// 400 "already exists" for an id that is new.
    DuplicateId,
    /// The push goes out; the answer is 200 KB.
    Huge,
}

/// What the next status query answers instead of the truth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusFault {
    /// 200 with HTML.
    Garbage,
    /// 200 with nothing in it.
    Empty,
    /// An HTML page with this status.
    Http(u16),
    /// No answer.
    Timeout,
    /// The connection ends in the middle of the answer.
    Reset,
    /// The top of the answer says SUCCESS and COMPLETED, `data[0].payment_status` says PENDING.
    LieTopLevel,
    /// The truth, with this amount.
    OtherAmount(i64),
    /// The truth, about another order's id.
    OtherOrderId(String),
    /// The truth, with a currency that is not ours.
    OtherCurrency(String),
    /// "Not found", although it is there.
    NotFound,
    /// The truth, with `data` as an object.
    DataAsObject,
    /// The truth, the amount with `.00`.
    AmountWithDecimals,
    /// The truth, with this word for `payment_status`.
    Word(String),
    /// The truth, with this `transid`.
    Transid(String),
    /// 200 KB.
    Huge,
}

/// How webhooks go wrong, until told otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WebhookFault {
    /// As documented: once, JSON, with the key.
    #[default]
    None,
    /// Never sent.
    Drop,
    /// Each one this many times.
    Duplicate(u32),
    /// Kept back, until released.
    Hold,
    /// Without `x-api-key`.
    WithoutKey,
    /// With a key that is not ours.
    WrongKey,
    /// As a form.
    FormEncoded,
    /// With everything inside `data{}`.
    Nested,
    /// With `metadata` as a string of JSON.
    MetadataAsText,
}

/// What was ordered and has not happened yet.
pub(super) struct Faults {
    pub creates: VecDeque<CreateFault>,
    pub statuses: VecDeque<StatusFault>,
    pub webhooks: WebhookFault,
    pub hang: Duration,
}

impl Faults {
    pub fn new(hang: Duration) -> Faults {
        Faults { creates: VecDeque::new(), statuses: VecDeque::new(), webhooks: WebhookFault::None, hang }
    }
}
