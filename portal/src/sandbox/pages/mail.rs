//! The mailbox: every mail that was sent, as text with links and as its own HTML.

use rocket::http::Header;
use rocket::response::Responder;
use rocket::response::content::RawHtml;
use rocket::{Route, State, get, routes};
use rocket_dyn_templates::Template;
use serde::Serialize;

use super::{SandboxContext, render};
use crate::pages::Page;
use crate::sandbox::Sandbox;
use crate::sandbox::mailbox::Mail;

pub fn routes() -> Vec<Route> {
    routes![list, one, html]
}

/// `GET /sandbox/mail`.
#[derive(Serialize)]
struct Mails {
    /// Newest first.
    mails: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    n: u64,
    subject: String,
    to: String,
    at: i64,
}

/// `GET /sandbox/mail/{n}`.
#[derive(Serialize)]
struct MailPage {
    n: u64,
    subject: String,
    from: String,
    to: String,
    message_id: String,
    at: i64,
    has_html: bool,
    text: Vec<Piece>,
}

/// A stretch of text; a link where `href` says so.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Piece {
    text: String,
    link: bool,
}

impl Page for Mails {
    const TEMPLATE: &'static str = "sandbox/mails.html";
}

impl Page for MailPage {
    const TEMPLATE: &'static str = "sandbox/mail.html";
}

#[get("/mail")]
fn list(sandbox: &State<Sandbox>, sandbox_context: SandboxContext) -> Template {
    let mails = sandbox.mailbox.mails().into_iter().rev();
    let row =
        |mail: Mail| Row { n: mail.n, to: mail.recipients.join(", "), subject: mail.subject, at: mail.at };
    render(&sandbox_context.layout, &Mails { mails: mails.map(row).collect() })
}

#[get("/mail/<n>")]
fn one(sandbox: &State<Sandbox>, sandbox_context: SandboxContext, n: u64) -> Option<Template> {
    let mail = sandbox.mailbox.mail(n)?;
    let page = MailPage {
        n,
        text: pieces(mail.text.trim_end()),
        has_html: mail.html.is_some(),
        subject: mail.subject,
        from: mail.from,
        to: mail.to,
        message_id: mail.message_id,
        at: mail.at,
    };
    Some(render(&sandbox_context.layout, &page))
}

/// A mail's own HTML, with a policy of its own: mail needs styles in place, and nothing else.
#[derive(Responder)]
struct OwnPolicy {
    html: RawHtml<String>,
    policy: Header<'static>,
}

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

#[get("/mail/<n>/html")]
fn html(sandbox: &State<Sandbox>, n: u64) -> Option<OwnPolicy> {
    let html = sandbox.mailbox.mail(n)?.html?;
    Some(OwnPolicy { html: RawHtml(html), policy: Header::new("content-security-policy", POLICY) })
}

/// Cuts a text at its links. What ends a sentence does not belong to the link.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = ["http://", "https://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, after) = rest.split_at(start);
        let end =
            after.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(after.len());
        let link = after[..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
        if !before.is_empty() {
            pieces.push(Piece { text: before.to_owned(), link: false });
        }
        pieces.push(Piece { text: link.to_owned(), link: true });
        rest = &after[link.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece { text: rest.to_owned(), link: false });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_in_a_mail_can_be_clicked() {
        let piece = |text: &str, link| Piece { text: text.to_owned(), link };
        assert_eq!(
            pieces("Open https://a.tz/x?y=1.\nOr <http://b.tz>"),
            [
                piece("Open ", false),
                piece("https://a.tz/x?y=1", true),
                piece(".\nOr <", false),
                piece("http://b.tz", true),
                piece(">", false)
            ],
        );
        assert_eq!(pieces(""), []);
    }
}
