//! Every mail that was handed to the receiver, newest last, as it came and as a person would read it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use mail_parser::{Addr, Address, MessageParser, PartType};
use serde::{Deserialize, Serialize};

use super::{Memory, Options};

/// One mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mail {
    /// 1 for the first one.
    pub n: u64,
    /// Envelope sender.
    pub sender: String,
    /// Envelope recipients.
    pub recipients: Vec<String>,
    /// `From:`, decoded.
    pub from: String,
    /// `To:`, decoded.
    pub to: String,
    /// `Subject:`, decoded.
    pub subject: String,
    /// `Message-ID:`, in its angle brackets.
    pub message_id: String,
    /// The text part, decoded; empty where there is none.
    pub text: String,
    /// The HTML part, decoded.
    pub html: Option<String>,
    /// All of it, dots unstuffed.
    pub raw: String,
    /// Unix microseconds.
    pub at: i64,
}

/// How the receiver can misbehave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailFault {
    /// 550 to the recipient.
    Reject,
    /// 451 after the data.
    TryLater,
    /// The mail is stored, and the connection ends before the reply.
    LoseReply,
}

/// Mails kept; older ones go. A demonstration does not need more, and the state file stays small.
const KEPT: usize = 500;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MailState {
    mails: VecDeque<Mail>,
    received: u64,
}

/// The mailbox. Clones share it.
#[derive(Clone)]
pub struct Mailbox {
    memory: Arc<Memory>,
    options: Arc<Options>,
    faults: Arc<Mutex<VecDeque<MailFault>>>,
    address: Arc<OnceLock<SocketAddr>>,
}

impl Mailbox {
    pub(super) fn new(memory: Arc<Memory>, options: Arc<Options>) -> Mailbox {
        Mailbox { memory, options, faults: Arc::default(), address: Arc::default() }
    }

    /// Every mail, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.memory.read(|state| state.mail.mails.iter().cloned().collect())
    }

    /// One mail by its number.
    pub fn mail(&self, n: u64) -> Option<Mail> {
        self.memory.read(|state| state.mail.mails.iter().find(|mail| mail.n == n).cloned())
    }

    /// How many mails came in all.
    pub fn received(&self) -> u64 {
        self.memory.read(|state| state.mail.received)
    }

    /// The next mail goes wrong like this. Faults queue up, one mail each.
    pub fn next(&self, fault: MailFault) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push_back(fault);
    }

    /// Where mail is received; None before the receiver has started.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address.get().copied()
    }

    pub(super) fn received_at(&self, address: SocketAddr) {
        // The first one stays: a second receiver for the same mailbox is possible, and not worth a list.
        self.address.set(address).ok();
    }

    pub(super) fn next_fault(&self) -> Option<MailFault> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// Takes in a mail as it came over the wire.
    pub(super) fn keep(&self, sender: &str, recipients: Vec<String>, raw: &[u8]) {
        let read = MessageParser::default().parse(raw);
        let read = read.as_ref();
        // `body_text` and `body_html` would convert the other part where one is missing.
        let parts = || read.into_iter().flat_map(|read| &read.parts);
        let text = parts().find_map(|part| {
            if let PartType::Text(text) = &part.body { Some(text.to_string()) } else { None }
        });
        let html = parts().find_map(|part| {
            if let PartType::Html(html) = &part.body { Some(html.to_string()) } else { None }
        });
        let at = (self.options.now)();
        self.memory.change(|state| {
            state.mail.received += 1;
            let mail = Mail {
                n: state.mail.received,
                sender: sender.to_owned(),
                recipients,
                from: addresses(read.and_then(|read| read.from())),
                to: addresses(read.and_then(|read| read.to())),
                subject: read.and_then(|read| read.subject()).unwrap_or_default().to_owned(),
                message_id: read
                    .and_then(|read| read.message_id())
                    .map(|id| format!("<{id}>"))
                    .unwrap_or_default(),
                text: text.unwrap_or_default(),
                html,
                raw: String::from_utf8_lossy(raw).into_owned(),
                at,
            };
            state.mail.mails.push_back(mail);
            while state.mail.mails.len() > KEPT {
                state.mail.mails.pop_front();
            }
        });
    }
}

/// `Neema Mushi <neema@example.co.tz>`, with commas between several.
fn addresses(header: Option<&Address<'_>>) -> String {
    let address = |addr: &Addr<'_>| {
        let address = addr.address().unwrap_or_default();
        addr.name().map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>"))
    };
    header.map(|header| header.iter().map(address).collect::<Vec<_>>().join(", ")).unwrap_or_default()
}
