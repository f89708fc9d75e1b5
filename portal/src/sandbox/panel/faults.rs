//! How Webuzo can misbehave.

use std::collections::VecDeque;
use std::time::Duration;

use super::PanelCall;

/// What the panel does instead of its work, or after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelFault {
    /// Nothing happens, and no answer comes.
    TimeoutBeforeActing,
    /// It is done, the answer never comes.
    TimeoutAfterActing,
    /// It is done, the connection ends in the middle of the answer.
    ResetAfterActing,
    /// 200 with something that is neither JSON nor a login page.
    Garbage {
        /// Whether it was done.
        after_acting: bool,
    },
    /// An HTML page with this status; nothing is done.
    Http(u16),
    /// `{"error":[text]}`.
    ErrorText {
        /// The text.
        text: String,
        /// Whether it was done all the same.
        after_acting: bool,
    },
    /// An envelope with neither `done` nor `error`.
    NoWord {
        /// Whether it was done.
        after_acting: bool,
    },
    /// It says that it was done, and nothing was.
    SaysDone,
    /// The login page: wrong admin credentials, all of a sudden.
    LoginPage,
    /// It is done; the answer is 200 KB.
    Huge,
}

impl PanelFault {
    pub(super) fn is_performed(&self) -> bool {
        match self {
            PanelFault::TimeoutAfterActing | PanelFault::ResetAfterActing | PanelFault::Huge => true,
            PanelFault::Garbage { after_acting }
            | PanelFault::ErrorText { after_acting, .. }
            | PanelFault::NoWord { after_acting } => *after_acting,
            PanelFault::TimeoutBeforeActing
            | PanelFault::Http(_)
            | PanelFault::SaysDone
            | PanelFault::LoginPage => false,
        }
    }
}

/// What was ordered and has not happened yet.
pub(super) struct Faults {
    pub queue: VecDeque<(Option<PanelCall>, PanelFault)>,
    pub hang: Duration,
    pub create_takes: Duration,
}

impl Faults {
    pub fn new(hang: Duration, create_takes: Duration) -> Faults {
        Faults { queue: VecDeque::new(), hang, create_takes }
    }

    /// The first fault in the queue that this call meets.
    pub fn take(&mut self, call: PanelCall) -> Option<PanelFault> {
        let meets = self.queue.iter().position(|(only, _)| only.is_none_or(|only| only == call))?;
        self.queue.remove(meets).map(|(_, fault)| fault)
    }
}
