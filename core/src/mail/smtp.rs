//! Sends mails by SMTP, with lettre.
use super::{MailError, Mailer, Outgoing, RenderMail};
use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use std::time::Duration;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// No encryption: for a server on the same machine.
    None,
    /// STARTTLS, required.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// The variables `MAIL_*`.
#[derive(Clone)]
pub struct SmtpConfig {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    pub login: Option<(String, String)>,
    pub from_name: String,
    pub from_address: String,
}

/// A [`Mailer`] that hands mails to an SMTP server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    domain: String,
    renderer: Box<dyn RenderMail>,
}

impl Smtp {
    /// Fails where the sender's address or the TLS name cannot be read.
    pub fn new(config: &SmtpConfig, renderer: Box<dyn RenderMail>) -> Result<Smtp, String> {
        let address =
            config.from_address.parse().map_err(|_| format!("{:?} is no address", config.from_address))?;
        let tls = || TlsParameters::new(config.host.clone()).map_err(|error| error.to_string());
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .timeout(Some(Duration::from_secs(20)))
            .tls(match config.encryption {
                Encryption::None => Tls::None,
                Encryption::StartTls => Tls::Required(tls()?),
                Encryption::Tls => Tls::Wrapper(tls()?),
            });
        if let Some((user, password)) = &config.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        let domain = config.from_address.rsplit('@').next().unwrap_or("localhost").to_owned();
        Ok(Smtp {
            transport: builder.build(),
            from: Mailbox::new(Some(config.from_name.clone()), address),
            domain,
            renderer,
        })
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, outgoing: Outgoing<'_>) -> Result<(), MailError> {
        crate::http::assert_not_in_transaction();
        let rendered = self.renderer.render(outgoing.mail, outgoing.locale).map_err(MailError::Permanent)?;
        let to: Mailbox =
            outgoing.to.parse().map_err(|_| MailError::Permanent("the recipient's address".into()))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{}@{}>", outgoing.message_id, self.domain)))
            .subject(rendered.subject)
            .multipart(MultiPart::alternative_plain_html(rendered.text, rendered.html))
            .map_err(|error| MailError::Permanent(error.to_string()))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailError::Permanent(error.to_string())),
            Err(error) => Err(MailError::Transient(error.to_string())),
        }
    }

    async fn test(&self) -> Result<String, String> {
        match self.transport.test_connection().await {
            Ok(true) => Ok("answers".into()),
            Ok(false) => Err("it answers, but not as a mail server".into()),
            Err(error) => Err(error.to_string()),
        }
    }
}
