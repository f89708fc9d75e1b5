//! Rate limits: which actions are counted, and how many are allowed in which time.
use super::time::Timestamp;

/// An action that is counted per subject: an account, an address or a user.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum LimitedAction {
    /// A wrong password; per e-mail address of the account.
    SignInAccount,
    /// A wrong password; per client address.
    SignInAddress,
    /// A wrong password in a browser that the account was signed in with; per user and browser.
    SignInDevice,
    /// A wrong password in a valid session; per session.
    Reauthentication,
    /// A wrong code of a second factor; per user, and there per known browser and session.
    TotpCode,
    /// A link to set a new password; per e-mail address.
    PasswordReset,
    /// A link to verify an e-mail address; per e-mail address.
    EmailVerification,
    /// An invitation that is sent again; per e-mail address.
    Invitation,
    /// A new account; per client address.
    Registration,
    /// A new order; per client address.
    Checkout,
    /// A panel password shown to staff, or a panel opened by them; per member of staff.
    PasswordReveal,
    /// A panel password shown to its own customer, or the panel opened by them; per user.
    OwnPasswordReveal,
    /// A webhook without a valid token or key; per client address.
    UnprovenWebhook,
    /// A payment request; per client address.
    PaymentRequest,
    /// A payment request of an account that has not paid yet; per client address.
    FirstPaymentRequest,
    /// A question to the gateway because a customer wants to know; per order.
    PaymentCheck,
    /// The same because staff want to know; per order.
    PaymentCheckByStaff,
    /// Any question to the gateway; per [`Asker`].
    GatewayQuestion,
}

impl LimitedAction {
    /// Whether its subjects are client addresses.
    pub fn counts_addresses(self) -> bool {
        match self {
            LimitedAction::SignInAddress
            | LimitedAction::Registration
            | LimitedAction::Checkout
            | LimitedAction::UnprovenWebhook
            | LimitedAction::PaymentRequest
            | LimitedAction::FirstPaymentRequest => true,
            LimitedAction::SignInAccount
            | LimitedAction::SignInDevice
            | LimitedAction::Reauthentication
            | LimitedAction::Invitation
            | LimitedAction::TotpCode
            | LimitedAction::PasswordReset
            | LimitedAction::EmailVerification
            | LimitedAction::PasswordReveal
            | LimitedAction::OwnPasswordReveal
            | LimitedAction::PaymentCheck
            | LimitedAction::PaymentCheckByStaff
            | LimitedAction::GatewayQuestion => false,
        }
    }
}

/// Who has the gateway asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Asker {
    /// The worker, by the payments' timetable.
    Worker,
    /// Customers, staff, and webhooks about payments that have no row.
    Others,
}

/// What a payment request is limited by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestLimit {
    /// The phone had too many.
    Phone,
    /// The account sent too many.
    Account,
    /// Too many came from the client's network.
    Address,
}

/// How many are allowed in a sliding window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub most: usize,
    pub window_seconds: i64,
}

impl Limit {
    /// The beginning of the window that ends now.
    pub fn window_start(self, now: Timestamp) -> Timestamp {
        now.minus_seconds(self.window_seconds)
    }

    /// When the next one is allowed; None where it is allowed now. `times` are in their order.
    pub fn blocked_until(self, times: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
        let recent = self.recent(times, now);
        let blocker = recent.len().checked_sub(self.most)?;
        recent.get(blocker).map(|at| at.plus_seconds(self.window_seconds))
    }

    /// How many more are allowed now.
    pub fn left(self, times: &[Timestamp], now: Timestamp) -> usize {
        self.most.saturating_sub(self.recent(times, now).len())
    }

    fn recent(self, times: &[Timestamp], now: Timestamp) -> &[Timestamp] {
        let since = self.window_start(now);
        &times[times.partition_point(|at| *at <= since)..]
    }
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The limits' numbers that can be configured.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Payment requests to one phone in 10 minutes, over all accounts.
    pub payment_requests_short: usize,
    /// Payment requests to one phone in a day.
    pub payment_requests_day: usize,
    /// Wrong passwords in 15 minutes: for one account by strangers, in one known browser, in one session.
    pub sign_in_account: usize,
    /// Wrong passwords from one address in 15 minutes.
    pub sign_in_address: usize,
    /// New accounts from one address in an hour.
    pub register_address: usize,
    /// Orders from one address in an hour.
    pub checkout_address: usize,
    /// Panel passwords shown to one member of staff, and panels opened by them, in an hour.
    pub reveal_staff: usize,
    /// Panel passwords shown to one customer, and panels opened by them, in an hour.
    pub reveal_customer: usize,
    /// Webhooks without a valid token from one address in a minute.
    pub webhook_address: usize,
    /// Webhooks without a valid token that are kept in a day.
    pub webhook_day: usize,
    /// Payment requests of one account in an hour; twice as many in a day.
    pub payment_requests_account: usize,
    /// Payment requests of an account that has not paid yet, in an hour; twice as many in a day.
    pub first_payment_requests_account: usize,
    /// Payment requests from one address in an hour.
    pub payment_requests_address: usize,
    /// Payment requests of accounts that have not paid yet from one address in an hour.
    pub first_payment_requests_address: usize,
    /// Questions about one order that customers cause in 10 minutes; staff have as many.
    pub payment_checks: usize,
    /// Questions to the gateway in a minute. People cause at most half of them.
    pub gateway_questions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            payment_requests_short: 3,
            payment_requests_day: 6,
            sign_in_account: 5,
            sign_in_address: 100,
            register_address: 60,
            checkout_address: 120,
            reveal_staff: 20,
            reveal_customer: 10,
            webhook_address: 60,
            webhook_day: 2000,
            payment_requests_account: 20,
            first_payment_requests_account: 5,
            payment_requests_address: 120,
            first_payment_requests_address: 60,
            payment_checks: 20,
            gateway_questions: 1200,
        }
    }
}

impl Limits {
    /// The limit of an action for one subject.
    pub fn of(&self, action: LimitedAction) -> Limit {
        let (most, window_seconds) = match action {
            LimitedAction::SignInAccount => (self.sign_in_account, 15 * MINUTE),
            LimitedAction::SignInAddress => (self.sign_in_address, 15 * MINUTE),
            LimitedAction::SignInDevice | LimitedAction::Reauthentication => {
                (self.sign_in_account, 15 * MINUTE)
            }
            LimitedAction::TotpCode => (5, 15 * MINUTE),
            LimitedAction::PasswordReset => (3, HOUR),
            LimitedAction::EmailVerification => (3, HOUR),
            LimitedAction::Invitation => (3, HOUR),
            LimitedAction::Registration => (self.register_address, HOUR),
            LimitedAction::Checkout => (self.checkout_address, HOUR),
            LimitedAction::PasswordReveal => (self.reveal_staff, HOUR),
            LimitedAction::OwnPasswordReveal => (self.reveal_customer, HOUR),
            LimitedAction::UnprovenWebhook => (self.webhook_address, MINUTE),
            LimitedAction::PaymentRequest => (self.payment_requests_address, HOUR),
            LimitedAction::FirstPaymentRequest => (self.first_payment_requests_address, HOUR),
            LimitedAction::PaymentCheck | LimitedAction::PaymentCheckByStaff => {
                (self.payment_checks, 10 * MINUTE)
            }
            LimitedAction::GatewayQuestion => (self.gateway_questions, MINUTE),
        };
        Limit { most, window_seconds }
    }

    /// The limits of payment requests of one account, the longest window first.
    pub fn payment_requests_of_account(&self, has_paid: bool) -> [Limit; 2] {
        let hour = match has_paid {
            true => self.payment_requests_account,
            false => self.first_payment_requests_account,
        };
        [
            Limit { most: hour.saturating_mul(2), window_seconds: DAY },
            Limit { most: hour, window_seconds: HOUR },
        ]
    }

    /// The limits of payment requests to one phone, the longest window first.
    pub fn payment_requests(&self) -> [Limit; 2] {
        [
            Limit { most: self.payment_requests_day, window_seconds: DAY },
            Limit { most: self.payment_requests_short, window_seconds: 10 * MINUTE },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_frees_one_at_a_time() {
        let at = |seconds: i64| Timestamp(seconds * 1_000_000);
        let limit = |most| Limit { most, window_seconds: 600 };
        let times = [at(0), at(100), at(200)];
        assert_eq!(limit(3).blocked_until(&times, at(300)), Some(at(600)));
        assert_eq!(limit(3).blocked_until(&times, at(601)), None);
        assert_eq!(limit(2).blocked_until(&times, at(300)), Some(at(700)));
        assert_eq!(limit(3).blocked_until(&[], at(0)), None);
        assert_eq!([limit(4), limit(3), limit(2)].map(|limit| limit.left(&times, at(300))), [1, 0, 0]);
        assert_eq!(limit(3).left(&times, at(600)), 1);
    }
}
