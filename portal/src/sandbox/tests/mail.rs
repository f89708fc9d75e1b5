//! The mail server of the sandbox, as a mail client sees it.

use rocket::tokio;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::{NOW, options};
use crate::sandbox::mailbox::MailFault;
use crate::sandbox::{Mailbox, Sandbox, smtp};

const MESSAGE: &str = "From: Hollyn Online <hello@hollyn.online>\r\n\
    To: \"Neema Mushi\" <neema@example.co.tz>\r\n\
    Subject: =?utf-8?b?S2FyaWJ1IOKAkyA=?= =?utf-8?q?tovuti_yako_ipo?=\r\n\
    Message-ID: <svc-1@hollyn.online>\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: multipart/alternative;\r\n boundary=\"b1\"\r\n\
    \r\n\
    --b1\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\
    \r\n\
    TSh=C2=A025,000 at =\r\nhttp://localhost/\r\n\
    ..hidden\r\n\
    --b1\r\n\
    Content-Type: text/html; charset=utf-8\r\n\
    Content-Transfer-Encoding: base64\r\n\
    \r\n\
    PHA+S2FyaWJ1\r\nPC9wPg==\r\n\
    --b1--\r\n";

struct Talk(BufReader<TcpStream>);

impl Talk {
    async fn with(mailbox: &Mailbox) -> Talk {
        let address = smtp::listen("127.0.0.1:0".parse().unwrap(), mailbox.clone()).await.unwrap();
        let mut talk = Talk(BufReader::new(TcpStream::connect(address).await.unwrap()));
        assert!(talk.answer().await.starts_with("220 "));
        talk
    }

    async fn answer(&mut self) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            self.0.read_line(&mut line).await.unwrap();
            if line.as_bytes().get(3) != Some(&b'-') {
                return line;
            }
        }
    }

    async fn say(&mut self, line: &str, expected: &str) {
        self.0.get_mut().write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        let answer = self.answer().await;
        assert!(answer.starts_with(expected), "{line}: {answer}");
    }

    async fn send(&mut self, expected: &str) {
        self.say("MAIL FROM:<hello@hollyn.online> BODY=8BITMIME", "250").await;
        self.say("RCPT TO:<neema@example.co.tz>", "250").await;
        self.say("DATA", "354").await;
        self.say(&format!("{MESSAGE}."), expected).await;
    }
}

fn mailbox() -> Mailbox {
    Sandbox::open(None, options(&std::sync::Arc::new(NOW.into()))).unwrap().mailbox
}

#[rocket::async_test]
async fn a_received_mail_is_decoded() {
    let mailbox = mailbox();
    let mut talk = Talk::with(&mailbox).await;
    talk.say("EHLO portal", "250 ").await;
    talk.say("AUTH PLAIN AGEAYg==", "235").await;
    talk.say("DATA", "503").await;
    talk.send("250").await;
    talk.say("RSET", "250").await;
    talk.say("QUIT", "221").await;
    let mail = &mailbox.mails()[0];
    assert_eq!((mail.n, mail.at, mail.sender.as_str()), (1, NOW, "hello@hollyn.online"));
    assert_eq!(mail.recipients, ["neema@example.co.tz"]);
    assert_eq!(mail.subject, "Karibu – tovuti yako ipo");
    assert_eq!(mail.to, "Neema Mushi <neema@example.co.tz>");
    assert_eq!(mail.message_id, "<svc-1@hollyn.online>");
    assert_eq!(mail.text, "TSh\u{a0}25,000 at http://localhost/\r\n.hidden");
    assert_eq!(mail.html.as_deref(), Some("<p>Karibu</p>"));
}

#[rocket::async_test]
async fn each_fault_changes_the_answer_to_one_mail() {
    let mailbox = mailbox();
    for fault in [MailFault::Reject, MailFault::TryLater, MailFault::LoseReply] {
        mailbox.next(fault);
    }
    let mut talk = Talk::with(&mailbox).await;
    talk.say("EHLO portal", "250 ").await;
    talk.say("MAIL FROM:<hello@hollyn.online>", "250").await;
    talk.say("RCPT TO:<neema@example.co.tz>", "550").await;
    talk.send("451").await;
    assert!(mailbox.mails().is_empty());
    talk.say("MAIL FROM:<hello@hollyn.online>", "250").await;
    talk.say("RCPT TO:<neema@example.co.tz>", "250").await;
    talk.say("DATA", "354").await;
    talk.0.get_mut().write_all(format!("{MESSAGE}.\r\n").as_bytes()).await.unwrap();
    let mut rest = Vec::new();
    talk.0.read_to_end(&mut rest).await.unwrap();
    assert!(rest.is_empty(), "no answer");
    assert_eq!(mailbox.mails().len(), 1, "the mail is stored");
}
