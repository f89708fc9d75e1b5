//! What must be true when all is over, read from both sides' books: the providers' journals and our tables.
use super::portal::Home;
use hollyn_core::{keys::Keys, ops::audit, store::Db};
use hollyn_portal::sandbox::Sandbox;
use sqlx::{AnyPool, AssertSqlSafe};
use std::collections::BTreeMap;

/// What the case allows, and what it needs to know.
pub struct Expected<'a> {
    pub customers: usize,
    /// Accounts on the panel that the portal did not create.
    pub foreign: &'a [String],
    /// The Message-IDs of the mails that were being sent at a death, once per death: only where the process
    /// died between the mail server's yes and our note of it, a second copy may come.
    pub cut_off: &'a [String],
}

/// Returns what is wrong: one sentence each.
pub async fn compare(home: &Home, db: &Db, sim: &Sandbox, expected: &Expected<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    let pool = &hollyn_tests::sql_pool(home.dir());
    charges(pool, sim, &mut wrong).await;
    accounts(home, pool, sim, expected, &mut wrong).await;
    webhooks(pool, sim, &mut wrong).await;
    mails(pool, sim, expected, &mut wrong).await;
    for (what, sql) in [
        ("order is not active", "select count(*) from orders where status <> 'active'"),
        ("order was placed twice", "select count(*) - count(distinct user_id) from orders"),
        (
            "payment is between two states",
            "select count(*) from payments where status in ('created', 'pending', 'unknown')",
        ),
        (
            "order has not exactly one payment that paid it",
            "select count(*) from orders o where \
            (select count(*) from payments p where p.order_id = o.id and p.is_applied = 1 \
             and p.status = 'succeeded') <> 1",
        ),
        (
            "order became paid or active more than once",
            "select count(*) from (select subject_id from status_history where subject = 'order' \
             group by subject_id, to_status having count(*) > 1) twice",
        ),
        ("job other than giving up in 72 hours is left", "select count(*) from jobs where kind <> 'give_up'"),
        ("job is leased", "select count(*) from jobs where lease_until > 0"),
        (
            "entry of attention is open",
            "select count(*) from attention where resolved_at is null and kind <> 'second_payment'",
        ),
    ] {
        let count = number(pool, sql).await;
        if count != 0 {
            wrong.push(format!("{count} {what}"));
        }
    }
    match audit::verify_in(db, &keys(home), &[]).await.expect("the audit log can be read") {
        Ok(_) => {}
        Err(broken) => wrong.push(format!("the audit log is broken: {broken}")),
    }
    let orders = number(pool, "select count(*) from orders").await;
    if usize::try_from(orders) != Ok(expected.customers) {
        wrong.push(format!("{orders} orders for {} customers", expected.customers));
    }
    wrong
}

/// Every charge is an order that is paid, or an entry in attention.
async fn charges(pool: &AnyPool, sim: &Sandbox, wrong: &mut Vec<String>) {
    for charge in sim.gateway.charges() {
        let paid: i64 = sqlx::query_scalar(
            "select count(*) from payments p join orders o on o.id = p.order_id where p.gateway_order_id = ? \
             and p.transid = ? and p.received_tzs = ? and p.is_applied = 1 \
             and o.status in ('paid', 'active')",
        )
        .bind(&charge.order_id)
        .bind(&charge.transid)
        .bind(charge.amount)
        .fetch_one(pool)
        .await
        .expect("a number");
        let shown: i64 = sqlx::query_scalar(
            "select count(*) from attention a left join payments p on p.id = a.payment_id \
             where p.gateway_order_id = ? or a.attention_key = 'unmatched_payment:' || ?",
        )
        .bind(&charge.order_id)
        .bind(&charge.order_id)
        .fetch_one(pool)
        .await
        .expect("a number");
        if paid + shown != 1 {
            wrong.push(format!("{charge:?} paid {paid} orders and is shown to staff {shown} times"));
        }
    }
}

fn keys(home: &Home) -> Keys {
    let key = std::fs::read_to_string(home.dir().join("app.key")).expect("the portal keeps its key");
    Keys::parse(key.trim(), &[]).expect("the key can be read")
}

/// Nothing is set up unpaid, nothing twice, and each stored password opens its account.
async fn accounts(
    home: &Home,
    pool: &AnyPool,
    sim: &Sandbox,
    expected: &Expected<'_>,
    wrong: &mut Vec<String>,
) {
    let keys = keys(home);
    let services: Vec<(i64, String, String, String)> = sqlx::query_as(
        "select s.id, s.webuzo_username, s.domain, s.webuzo_temp_password_enc from services s \
         join orders o on o.id = s.order_id where s.status = 'active' and o.status = 'active' and exists \
         (select 1 from payments p where p.order_id = o.id and p.is_applied = 1)",
    )
    .fetch_all(pool)
    .await
    .expect("the services");
    if services.len() != expected.customers {
        wrong.push(format!(
            "{} paid and active services for {} customers",
            services.len(),
            expected.customers
        ));
    }
    for (id, username, domain, sealed) in &services {
        let password = keys.open("services", *id, "password", sealed).unwrap_or_default();
        if !sim.panel.logins(username, &password) {
            wrong.push(format!("the stored password does not open the account {username}"));
        }
        if expected.foreign.contains(username) {
            wrong.push(format!("{username} is a foreign account"));
        }
        if sim.panel.account(username).is_none_or(|account| account.domain != *domain) {
            wrong.push(format!("the account {username} is not for {domain}"));
        }
    }
    for account in sim.panel.accounts() {
        let ours = services.iter().any(|(_, username, _, _)| *username == account.user);
        if !ours && !expected.foreign.contains(&account.user) {
            wrong.push(format!("the account {} was set up without a payment", account.user));
        }
    }
}

/// Every webhook that was answered 200 is in the inbox.
async fn webhooks(pool: &AnyPool, sim: &Sandbox, wrong: &mut Vec<String>) {
    let mut answered = BTreeMap::<String, i64>::new();
    for delivery in sim.gateway.deliveries().into_iter().filter(|delivery| delivery.status == Some(200)) {
        *answered.entry(delivery.order_id).or_default() += 1;
    }
    for (id, count) in answered {
        let stored: i64 = sqlx::query_scalar("select count(*) from webhook_inbox where gateway_order_id = ?")
            .bind(&id)
            .fetch_one(pool)
            .await
            .expect("a number");
        if stored < count {
            wrong.push(format!("{count} webhooks of {id} were answered 200 and {stored} are stored"));
        }
    }
}

/// One mail of each kind per order, and copies only under the same Message-ID.
async fn mails(pool: &AnyPool, sim: &Sandbox, expected: &Expected<'_>, wrong: &mut Vec<String>) {
    let received = sim.mailbox.mails();
    let mut explained = 0;
    for kind in ["order_received", "payment_received", "service_ready"] {
        let sql = format!("select message_id, recipient from mails where kind = '{kind}'");
        let written: Vec<(String, String)> =
            sqlx::query_as(AssertSqlSafe(sql)).fetch_all(pool).await.expect("the mails");
        if written.len() != expected.customers {
            wrong.push(format!("{} mails {kind} for {} customers", written.len(), expected.customers));
        }
        for (id, recipient) in written {
            let copies = received
                .iter()
                .filter(|mail| mail.message_id.contains(&id) && mail.recipients.contains(&recipient))
                .count();
            explained += copies;
            let most = 1 + expected.cut_off.iter().filter(|cut_off| **cut_off == id).count();
            if copies < 1 || copies > most {
                wrong.push(format!("{copies} copies of the mail {kind} to {recipient} came"));
            }
        }
    }
    if received.len() != explained {
        wrong.push(format!("{} mails came, and {explained} of them were to be sent", received.len()));
    }
}

async fn number(pool: &AnyPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
}
