//! What a person does with the prompt on the phone, and what time does to it. Money moves here and nowhere
//! else.

use std::time::Duration;

use super::{Charge, GatewayState, Late, Push, PushState, SimGateway};

/// What can be done with a push that waits on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneAction {
    /// PIN entered: the whole amount.
    Approve,
    /// "Cancel".
    Refuse,
    /// The prompt goes away; `PENDING` until the gateway gives up.
    Ignore,
    /// The prompt goes away, and 15 s after its life the money comes all the same.
    PayLate,
    /// Half of it arrives.
    PayTooLittle,
    /// 5,000 shillings more than asked arrive.
    PayTooMuch,
    /// An older prompt of the same order is answered as well, and each webhook comes twice.
    PayTwice,
}

impl PhoneAction {
    /// Every act, in the order of the buttons.
    pub const ALL: [PhoneAction; 7] = [
        PhoneAction::Approve,
        PhoneAction::Refuse,
        PhoneAction::Ignore,
        PhoneAction::PayLate,
        PhoneAction::PayTooLittle,
        PhoneAction::PayTooMuch,
        PhoneAction::PayTwice,
    ];

    /// The word in the form.
    pub fn word(self) -> &'static str {
        match self {
            PhoneAction::Approve => "approve",
            PhoneAction::Refuse => "refuse",
            PhoneAction::Ignore => "ignore",
            PhoneAction::PayLate => "late",
            PhoneAction::PayTooLittle => "less",
            PhoneAction::PayTooMuch => "more",
            PhoneAction::PayTwice => "twice",
        }
    }

    /// The act of a form's word.
    pub fn parse(word: &str) -> Option<PhoneAction> {
        PhoneAction::ALL.into_iter().find(|act| act.word() == word)
    }
}

/// How long after the prompt's life late money arrives.
const LATE_BY: Duration = Duration::from_secs(15);

impl SimGateway {
    /// Answers the prompt. False where no such prompt waits.
    pub fn act(&self, order_id: &str, act: PhoneAction) -> bool {
        self.tick();
        let Some(push) = self.push(order_id).filter(|push| push.state == PushState::Waiting) else {
            return false;
        };
        match act {
            PhoneAction::Approve => self.complete_with(order_id, push.amount),
            PhoneAction::Refuse => self.refuse(order_id),
            PhoneAction::Ignore => self.end(order_id, PushState::Ignored),
            PhoneAction::PayLate => self.pay_late(order_id),
            PhoneAction::PayTooLittle => self.complete_with(order_id, push.amount / 2),
            PhoneAction::PayTooMuch => self.complete_with(order_id, push.amount + 5_000),
            PhoneAction::PayTwice => self.pay_twice(&push),
        }
    }

    /// The whole amount is paid, and the webhook sent. Also for a push that failed: operators do correct
    /// themselves. False where there is no such push, or it is paid.
    pub fn approve(&self, order_id: &str) -> bool {
        self.push(order_id).is_some_and(|push| self.complete_with(order_id, push.amount))
    }

    /// Cancelled on the phone.
    pub fn refuse(&self, order_id: &str) -> bool {
        self.end(order_id, PushState::Cancelled)
    }

    /// Failed with the operator: no balance, wrong PIN.
    pub fn fail(&self, order_id: &str) -> bool {
        self.end(order_id, PushState::Failed)
    }

    /// This amount is paid, and the webhook sent. As [`approve`](Self::approve) otherwise.
    pub fn complete_with(&self, order_id: &str, amount: i64) -> bool {
        self.complete(order_id, amount, 1)
    }

    /// Lets time pass: late money arrives, unanswered pushes fail. Called before each answer on the wire; a
    /// test that moved its clock and wants the webhook of late money without a query calls it itself.
    pub fn tick(&self) {
        let now = (self.options.now)();
        let fails_after = micros(self.options.push_fails_after);
        let life = micros(self.options.push_life);
        let arrived = |push: &Push| push.late.as_ref().is_some_and(|late| late.due <= now);
        let stale = |push: &Push| {
            push.is_open() && push.late.is_none() && push.at + fails_after <= now
                || push.state == PushState::Waiting && push.at + life <= now
        };
        // Most of the time nothing is due, and then the file is not written either.
        let due =
            self.memory.read(|state| state.gateway.pushes.iter().any(|push| arrived(push) || stale(push)));
        if !due {
            return;
        }
        let late = self.memory.change(|state| {
            let mut late = Vec::new();
            for push in &mut state.gateway.pushes {
                if arrived(push) {
                    late.extend(push.late.take().map(|late| (push.order_id.clone(), late.amount)));
                } else if push.is_open() && push.late.is_none() && push.at + fails_after <= now {
                    push.state = PushState::Failed;
                } else if push.state == PushState::Waiting && push.at + life <= now {
                    push.state = PushState::Ignored;
                }
            }
            late
        });
        for (order_id, amount) in late {
            self.complete_with(&order_id, amount);
        }
    }

    fn pay_late(&self, order_id: &str) -> bool {
        let life = micros(self.options.push_life) + micros(LATE_BY);
        let now = (self.options.now)();
        let due = self.memory.change(|state| {
            let push = state.gateway.open(order_id)?;
            push.state = PushState::Ignored;
            push.late = Some(Late { due: push.at + life, amount: push.amount });
            Some(push.at + life)
        });
        let Some(due) = due else { return false };
        // In a running sandbox the money comes by itself; after a restart, with the next question.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let gateway = self.clone();
            let wait = Duration::from_micros(u64::try_from(due - now).unwrap_or(0) + 1_000);
            runtime.spawn(async move {
                tokio::time::sleep(wait).await;
                gateway.tick();
            });
        }
        true
    }

    fn pay_twice(&self, push: &Push) -> bool {
        let older = push.merchant_order().and_then(|order| {
            self.memory.read(|state| {
                let same = |other: &&Push| {
                    other.order_id != push.order_id
                        && other.is_open()
                        && other.merchant_order() == Some(order)
                };
                state.gateway.pushes.iter().rev().find(same).cloned()
            })
        });
        if let Some(older) = older {
            self.complete(&older.order_id, older.amount, 2);
        }
        self.complete(&push.order_id, push.amount, 2)
    }

    fn complete(&self, order_id: &str, amount: i64, webhooks: u32) -> bool {
        let now = (self.options.now)();
        let paid = self.memory.change(|state| {
            let number = state.number(now);
            let push = state.gateway.find_mut(order_id)?;
            if matches!(push.state, PushState::Completed(_)) {
                return None;
            }
            let charge = Charge { order_id: order_id.to_owned(), amount, transid: transid(number), at: now };
            push.state = PushState::Completed(charge.clone());
            push.late = None;
            let push = push.clone();
            state.gateway.charges.push(charge);
            Some(push)
        });
        match paid {
            Some(push) => {
                self.notify(&push, webhooks);
                true
            }
            None => false,
        }
    }

    fn end(&self, order_id: &str, ending: PushState) -> bool {
        self.memory.change(|state| match state.gateway.open(order_id) {
            Some(push) => {
                push.state = ending;
                push.late = None;
                true
            }
            None => false,
        })
    }
}

impl GatewayState {
    fn open(&mut self, order_id: &str) -> Option<&mut Push> {
        self.find_mut(order_id).filter(|push| push.is_open())
    }
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

/// Eleven capitals and digits, as `CEJ3I3SETSN`: the number in base 36 behind a C.
fn transid(number: i64) -> String {
    const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut rest = number.unsigned_abs();
    let mut digits = [b'0'; 10];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[usize::try_from(rest % 36).unwrap_or_default()];
        rest /= 36;
    }
    format!("C{}", digits.map(char::from).iter().collect::<String>())
}
