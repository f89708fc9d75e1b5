//! A burst of the gateway's webhooks, each acknowledged when it is durable, beside the same disk's one-by-one
//! transactions.
use crate::{Figure, load, median, server::Server};
use hollyn_core::{clock::Clock, keys, random, store::Db};
use hollyn_tests::Providers;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

const CONNECTIONS: usize = 64;
const SLICES: usize = 5;
const SLICE: Duration = Duration::from_secs(2);
/// Pushes that the webhooks speak of, in turn.
const PUSHES: usize = 1000;

pub async fn measure() -> Vec<Figure> {
    let mut figures = Vec::new();
    for (what, words) in [
        ("webhooks kept, the worker asking beside it", &[][..]),
        ("webhooks kept, the worker elsewhere", &["--without-worker"][..]),
    ] {
        figures.push(beside(what, words).await);
    }
    figures
}

async fn beside(what: &'static str, words: &[&str]) -> Figure {
    let providers = Providers::start(Arc::new(|| Clock::System.now().0), None).await.expect("providers");
    let dir = tempfile::tempdir().expect("a folder");
    let env = providers.env();
    let secret = env.iter().find(|(name, _)| name == "ZENO_WEBHOOK_SECRET").expect("a secret").1.clone();
    let portal = Server::portal(dir.path(), &env, words).await;
    let db = Db::open(&format!("sqlite://{}/hollyn.db", dir.path().display())).await.expect("the database");
    let requests: Arc<Vec<Vec<u8>>> =
        Arc::new(pending(&db).await.iter().map(|id| webhook(portal.port, &secret, id)).collect());
    let next = Arc::new(AtomicUsize::new(0));
    let burst = move || requests[next.fetch_add(1, Ordering::Relaxed) % requests.len()].clone();
    let bare = Db::open(&format!("sqlite://{}/bare.db", dir.path().display())).await.expect("a database");
    sqlx::query("create table webhooks (id integer primary key, body blob not null)")
        .execute(bare.reader().await.expect("a connection").connection())
        .await
        .expect("a table");
    load::per_second(portal.port, CONNECTIONS, SLICE / 8, burst.clone()).await;
    let (mut kept, mut singles, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let mut acknowledged = 0.0;
    for _ in 0..SLICES {
        let ours = load::per_second(portal.port, CONNECTIONS, SLICE, burst.clone()).await;
        let single = one_by_one(&bare).await;
        println!("{what}: {ours:.0} per second, one-by-one transactions {single:.0}");
        acknowledged += ours * SLICE.as_secs_f64();
        kept.push(ours);
        singles.push(single);
        ratios.push(ours / single * 100.0);
    }
    let stored: i64 = sqlx::query_scalar("select count(*) from webhook_inbox where verdict = 'stored'")
        .fetch_one(db.reader().await.expect("a connection").connection())
        .await
        .expect("a number");
    assert!(
        i32::try_from(stored).is_ok_and(|stored| f64::from(stored) >= acknowledged * 0.99),
        "{stored} are stored"
    );
    let ratio = median(ratios);
    Figure {
        what,
        measured: format!("{:.0}/s beside {:.0}/s: {ratio:.0} %", median(kept), median(singles)),
        aim: "> 100 %",
        is_met: ratio > 100.0,
    }
}

/// Durable transactions of one row, each after the other, per second.
async fn one_by_one(db: &Db) -> f64 {
    let begun = Instant::now();
    let mut done = 0u32;
    while begun.elapsed() < SLICE {
        let mut transaction = db.begin().await.expect("a transaction");
        sqlx::query("insert into webhooks (body) values (?)")
            .bind(vec![b'x'; 200])
            .execute(transaction.connection())
            .await
            .expect("a row");
        transaction.commit().await.expect("a commit");
        done += 1;
    }
    f64::from(done) / begun.elapsed().as_secs_f64()
}

/// Pushes of one order that wait on the phone, none of them due.
async fn pending(db: &Db) -> Vec<String> {
    let now = Clock::System.now();
    let mut transaction = db.begin().await.expect("a transaction");
    sqlx::raw_sql(
        "insert into users (name, email, password, role, locale, created_at, updated_at) \
         values ('Neema', 'neema@example.com', '-', 'user', 'sw', 1, 1); \
         insert into orders (user_id, plan_id, order_uuid, customer_name, customer_email, customer_phone, \
         payer_phone, locale, base_price_monthly, duration_months, discount_percentage, price_tzs, \
         currency, status, created_at, \
         updated_at) select 1, min(id), '0e2d3c4b-5a69-4788-96a5-b4c3d2e1f001', 'Neema', \
         'neema@example.com', \
         '0754318206', '255754318206', 'sw', 25000, 1, 0, 25000, 'TZS', 'pending', 1, 1 from plans",
    )
    .execute(transaction.connection())
    .await
    .expect("an order");
    let mut ids = Vec::new();
    for attempt in 1..=PUSHES {
        let id = random::gateway_order_id().as_str().to_owned();
        sqlx::query(
            "insert into payments (order_id, attempt, gateway_order_id, payer_phone, amount_tzs, currency, \
             status, is_applied, next_check_at, created_at, updated_at) \
             values (1, ?, ?, '255754318206', 25000, 'TZS', 'pending', 0, ?, ?, ?)",
        )
        .bind(i64::try_from(attempt).expect("a number"))
        .bind(&id)
        .bind(now.plus_seconds(3600).0)
        .bind(now.0)
        .bind(now.0)
        .execute(transaction.connection())
        .await
        .expect("a push");
        ids.push(id);
    }
    transaction.commit().await.expect("a commit");
    ids
}

/// As the gateway sends it, to the address that we gave.
fn webhook(port: u16, secret: &str, id: &str) -> Vec<u8> {
    let body = format!(
        r#"{{"order_id":"{id}","payment_status":"COMPLETED","reference":"0912345678",
            "metadata":{{"order":"H7K3-M9Q"}}}}"#
    );
    let token = keys::webhook_token(&secret.into(), id);
    let head = format!(
        "POST /webhooks/zeno?payment={id}&token={token} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\
         user-agent: zenopay\r\n\
         x-api-key: sandbox\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.into_bytes(), body.into_bytes()].concat()
}
