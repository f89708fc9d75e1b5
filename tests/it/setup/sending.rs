//! Mails on their way: written with their reason, sent under one Message-ID, tried for a day.
use super::{mails_about, second_context, work};
use hollyn_portal::sandbox::mailbox::{Mail, MailFault};
use hollyn_tests::{Buyer, TestApp};

fn ids(mails: &[Mail]) -> Vec<String> {
    mails.iter().map(|mail| mail.message_id.clone()).collect()
}

/// Rule mails-are-rows: the mail is written in the transaction of its reason: what cannot be told was not
/// done.
#[tokio::test]
async fn a_mail_is_committed_with_its_cause() {
    let app = TestApp::start().await;
    app.execute("create trigger full before insert on mails begin select raise(abort, 'full'); end").await;
    let answer = app.browser().post("/checkout", &Buyer::default().fields()).await;
    assert_eq!(answer.status, 500);
    assert_eq!(app.count("select count(*) from orders").await, 0);
    app.execute("drop trigger full").await;
    // The account is there by now; the order is placed by whoever signs in to it.
    let (_, uuid) = app.order(&Buyer::nth(1)).await;
    assert_eq!(app.count("select count(*) from mails where kind = 'order_received'").await, 1);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending - -");
    assert_eq!(app.sim().mailbox.received(), 1);
}

/// Rule mails-are-rows: put off, it is sent again, as the same mail, and once.
#[tokio::test]
async fn a_deferred_mail_is_sent_once_later() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        app.sim().mailbox.next(MailFault::TryLater);
    }
    app.order(&Buyer::default()).await;
    app.work().await;
    let kept = app.text("select message_id from mails").await;
    for (seconds, received) in [(29, 0), (1, 0), (119, 0), (1, 0), (599, 0), (1, 1)] {
        app.advance(seconds);
        app.work().await;
        assert_eq!(app.sim().mailbox.received(), received);
    }
    assert_eq!(ids(&app.sim().mailbox.mails()), [format!("<{kept}@hollyn.online>")]);
    assert_eq!(app.count("select count(*) from mails where sent_at is not null").await, 1);
    app.advance(86_400);
    app.work().await;
    assert_eq!(app.sim().mailbox.received(), 1);
}

/// Rule mails-are-rows: the server took it and its "yes" was lost: a second copy, known as one by its
/// Message-ID, and no third.
#[tokio::test]
async fn a_second_copy_has_the_same_message_id() {
    let app = TestApp::start().await;
    app.sim().mailbox.next(MailFault::LoseReply);
    app.order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.sim().mailbox.received(), 1);
    for _ in 0..5 {
        app.advance(30);
        app.work().await;
    }
    let ids = ids(&app.sim().mailbox.mails());
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
}

/// Rule mails-are-rows: the same where our process died between the server's "yes" and our note of it.
#[tokio::test]
async fn a_mail_in_doubt_after_a_crash_has_the_same_message_id() {
    let app = TestApp::start().await;
    app.order(&Buyer::default()).await;
    let dying = |point| assert!(point != "mail.sent", "the worker dies here");
    work(&second_context(&app, dying, &[]).await).await;
    assert_eq!(app.sim().mailbox.received(), 1);
    app.advance(30);
    app.work().await;
    let ids = ids(&app.sim().mailbox.mails());
    assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
    assert_eq!(app.count("select count(*) from mails where sent_at is not null").await, 1);
}

/// Rule mails-are-rows: a mail that no server takes is tried for a day, then shown to staff; the next mail
/// goes out as ever.
#[tokio::test]
async fn a_mail_is_retried_for_a_day_and_then_shown_to_staff() {
    let app = TestApp::start().await;
    for _ in 0..200 {
        app.sim().mailbox.next(MailFault::TryLater);
    }
    app.order(&Buyer::default()).await;
    for _ in 0..47 {
        app.work().await;
        app.advance(1800);
    }
    app.work().await;
    assert_eq!(app.attention_kinds().await, Vec::<String>::new(), "23 and a half hours");
    assert_eq!(app.count("select count(*) from jobs where kind = 'mail'").await, 1);
    for _ in 0..3 {
        app.advance(1800);
        app.work().await;
    }
    assert_eq!(app.attention_kinds().await, ["mail_failed"]);
    assert_eq!(app.count("select count(*) from jobs where kind = 'mail'").await, 0);
    assert_eq!(app.sim().mailbox.received(), 0);
}

/// Rule mails-are-rows: what the server refuses for good goes to staff at once, and is tried no more.
#[tokio::test]
async fn a_refused_mail_is_not_retried() {
    let app = TestApp::start().await;
    app.sim().mailbox.next(MailFault::Reject);
    app.order(&Buyer::nth(1)).await;
    app.work().await;
    let entry = app.attention().await.remove(0);
    assert_eq!(entry.kind.into_str(), "mail_failed");
    assert!(entry.details.contains("550"), "{}", entry.details);
    app.advance(7200);
    app.work().await;
    assert_eq!(app.sim().mailbox.received(), 0);
    app.order(&Buyer::nth(2)).await;
    app.work().await;
    assert_eq!(mails_about(&app, "Order H-").len(), 1);
}

/// Rule mails-are-rows: facts that this version cannot read are staff's business, not the worker's end.
#[tokio::test]
async fn an_unreadable_mail_stops_no_other_mail() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    app.execute("update mails set payload = '{\"mail\":\"carrier_pigeon\"}'").await;
    app.order(&Buyer::nth(2)).await;
    app.work().await;
    assert_eq!(app.attention_kinds().await, ["mail_failed"]);
    let recipients: Vec<_> = app.sim().mailbox.mails().into_iter().flat_map(|mail| mail.recipients).collect();
    assert_eq!(recipients, ["juma2@example.com"]);
}
