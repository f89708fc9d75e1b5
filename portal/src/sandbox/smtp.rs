//! A mail server that only receives: enough of SMTP for a real client, without TLS, on this machine only. Any
//! login is accepted. Its mailbox can tell it to refuse, to put off, or to keep a mail and lose its "yes".

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::mailbox::{MailFault, Mailbox};

/// The largest mail taken.
const LARGEST: usize = 1 << 20;
/// The longest command line, and longer than any line of a mail may be.
const LONGEST_LINE: u64 = 16 * 1024;
const RECIPIENTS: usize = 100;
const IDLE: Duration = Duration::from_secs(300);

/// Listens at `address` (port 0: a free one) and receives into the mailbox for as long as the runtime lives.
/// Answers the address.
pub async fn listen(address: SocketAddr, mailbox: Mailbox) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    mailbox.received_at(address);
    tokio::spawn(async move {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let mailbox = mailbox.clone();
                    tokio::spawn(async move {
                        if let Err(error) = serve(stream, &mailbox).await {
                            tracing::debug!(%error, "a mail client left in the middle");
                        }
                    });
                }
                // Out of file descriptors, most likely: some of them come back.
                Err(error) => {
                    tracing::warn!(%error, "the sandbox's mail server could not accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    });
    Ok(address)
}

/// What was said about the next mail.
#[derive(Default)]
struct Envelope {
    sender: Option<String>,
    recipients: Vec<String>,
    fault: Option<MailFault>,
}

struct Session {
    stream: BufReader<TcpStream>,
    envelope: Envelope,
}

async fn serve(stream: TcpStream, mailbox: &Mailbox) -> io::Result<()> {
    let mut session = Session { stream: BufReader::new(stream), envelope: Envelope::default() };
    session.say("220 sandbox.hollyn ESMTP").await?;
    while let Some(line) = session.line().await? {
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                session.envelope = Envelope::default();
                session
                    .say(
                        "250-sandbox.hollyn\r\n250-SIZE 1048576\r\n250-8BITMIME\r\n\
                      250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN",
                    )
                    .await?;
            }
            "HELO" => session.say("250 sandbox.hollyn").await?,
            "AUTH" => session.authenticate(rest).await?,
            "MAIL" => {
                session.envelope =
                    Envelope { sender: address(rest), recipients: Vec::new(), fault: mailbox.next_fault() };
                session
                    .say(if session.envelope.sender.is_some() { "250 OK" } else { "501 MAIL FROM:<address>" })
                    .await?;
            }
            "RCPT" => session.recipient(rest).await?,
            "DATA" => {
                if session.envelope.sender.is_none() || session.envelope.recipients.is_empty() {
                    session.say("503 Who is it for?").await?;
                } else if !session.data(mailbox).await? {
                    return Ok(());
                }
            }
            "RSET" => {
                session.envelope = Envelope::default();
                session.say("250 OK").await?;
            }
            "NOOP" => session.say("250 OK").await?,
            "QUIT" => return session.say("221 Bye").await,
            _ => session.say("500 Not understood").await?,
        }
    }
    Ok(())
}

impl Session {
    async fn say(&mut self, answer: &str) -> io::Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        stream.flush().await
    }

    /// The next line with its end; none where the client is gone, silent for long, or without measure.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut capped = (&mut self.stream).take(LONGEST_LINE);
        let read = tokio::time::timeout(IDLE, capped.read_until(b'\n', &mut line)).await;
        read.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        Ok(line.ends_with(b"\n").then_some(line))
    }

    async fn authenticate(&mut self, rest: &str) -> io::Result<()> {
        let mut words = rest.split(' ');
        let (mechanism, initial) = (words.next().unwrap_or_default().to_ascii_uppercase(), words.next());
        let questions: &[&str] = match (mechanism.as_str(), initial) {
            ("PLAIN", Some(_)) => &[],
            ("PLAIN", None) => &[""],
            ("LOGIN", Some(_)) => &["UGFzc3dvcmQ6"],
            ("LOGIN", None) => &["VXNlcm5hbWU6", "UGFzc3dvcmQ6"],
            _ => return self.say("504 PLAIN or LOGIN").await,
        };
        for question in questions {
            self.say(&format!("334 {question}")).await?;
            if self.line().await?.is_none() {
                return Ok(());
            }
        }
        self.say("235 Welcome").await
    }

    async fn recipient(&mut self, rest: &str) -> io::Result<()> {
        let answer = match (address(rest), self.envelope.fault) {
            _ if self.envelope.sender.is_none() => "503 MAIL first",
            (_, Some(MailFault::Reject)) => "550 No such mailbox here",
            (Some(_), _) if self.envelope.recipients.len() >= RECIPIENTS => "452 Too many recipients",
            (Some(address), None | Some(MailFault::TryLater | MailFault::LoseReply)) => {
                self.envelope.recipients.push(address);
                "250 OK"
            }
            (None, None | Some(MailFault::TryLater | MailFault::LoseReply)) => "501 RCPT TO:<address>",
        };
        self.say(answer).await
    }

    /// Takes the mail itself. False where the conversation ends here.
    async fn data(&mut self, mailbox: &Mailbox) -> io::Result<bool> {
        self.say("354 End with a dot alone").await?;
        let mut raw = Vec::new();
        let mut too_large = false;
        loop {
            let Some(line) = self.line().await? else { return Ok(false) };
            if line == b".\r\n" || line == b".\n" {
                break;
            }
            // A dot at the start of a line was doubled by the sender (RFC 5321, 4.5.2).
            let line = line.strip_prefix(b".").unwrap_or(&line);
            too_large |= raw.len() + line.len() > LARGEST;
            if !too_large {
                raw.extend_from_slice(line);
            }
        }
        let Envelope { sender, recipients, fault } = std::mem::take(&mut self.envelope);
        if too_large {
            self.say("552 Too large").await?;
            return Ok(true);
        }
        match fault {
            None | Some(MailFault::Reject) => {
                mailbox.keep(&sender.unwrap_or_default(), recipients, &raw);
                self.say("250 OK, kept").await?;
                Ok(true)
            }
            Some(MailFault::TryLater) => {
                self.say("451 Try again later").await?;
                Ok(true)
            }
            Some(MailFault::LoseReply) => {
                mailbox.keep(&sender.unwrap_or_default(), recipients, &raw);
                Ok(false)
            }
        }
    }
}

/// The address in `FROM:<…>` or `TO:<…>`; a sender may be empty.
fn address(rest: &str) -> Option<String> {
    let (_, after) = rest.split_once('<')?;
    let (address, _) = after.split_once('>')?;
    Some(address.to_owned())
}
