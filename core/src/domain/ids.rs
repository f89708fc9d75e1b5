//! Identities. The row ids are the database's; the unguessable ones are ours and are made by `crate::random`.
use std::fmt;

macro_rules! row_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl From<i64> for $name { fn from(id: i64) -> Self { Self(id) } }
    )+};
}

row_ids! {
    /// Row of `users`.
    UserId,
    /// Row of `plans`.
    PlanId,
    /// Row of `orders`.
    OrderId,
    /// Row of `payments`.
    PaymentId,
    /// Row of `services`.
    ServiceId,
    /// Row of `jobs`.
    JobId,
    /// Row of `mails`.
    MailId,
    /// Row of `attention`.
    AttentionId,
    /// Row of `webhook_inbox`.
    WebhookId,
}

/// The order's public name in addresses. Unguessable, and still not a secret: rights are checked where it is
/// loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OrderUuid(pub uuid::Uuid);

impl OrderUuid {
    /// Reads the hyphenated spelling.
    pub fn parse(text: &str) -> Option<Self> {
        uuid::Uuid::try_parse(text).ok().map(Self)
    }

    /// What people read aloud: `H-` and six letters or digits that cannot be mistaken for one another.
    ///
    /// Made from the UUID and not from the row id, because ids step by the number of nodes in a cluster and
    /// tell a stranger how many orders there were. Two orders may share a number once in a billion; staff
    /// search by phone too.
    pub fn number(self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bits = self.0.as_u128();
        let letters =
            (0..6).map(|i| char::from(ALPHABET[usize::try_from((bits >> (i * 5)) & 31).unwrap_or(0)]));
        format!("H-{}", letters.collect::<String>())
    }
}

impl fmt::Display for OrderUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

/// Our own name for one payment request, as the gateway sees it: 20 lower-case letters and digits, about 100
/// random bits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GatewayOrderId(String);

impl GatewayOrderId {
    /// The most that the gateway takes.
    pub const LENGTH: usize = 20;

    /// Takes only what we could have made ourselves; anything else in a webhook is not ours.
    pub fn parse(text: &str) -> Option<Self> {
        let ours =
            text.len() == Self::LENGTH && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        ours.then(|| Self(text.to_owned()))
    }

    /// As sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GatewayOrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
