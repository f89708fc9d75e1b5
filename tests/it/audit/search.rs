//! Searching the audit log, and the event feed.
use super::{rows, staff};
use hollyn_core::{
    domain::{
        audit::{AuditFilter, AuditPage},
        time::Timestamp,
    },
    ops::{
        audit::{page, since},
        orders,
    },
};
use hollyn_tests::{Buyer, TestApp, reason};

async fn find(app: &TestApp, filter: AuditFilter) -> AuditPage {
    page(&app.ctx, &filter, 0, 50).await.expect("the database answers")
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Two purchases, an hour apart; staff cancel a third order.
async fn two_purchases(app: &TestApp) {
    for n in 1..=2 {
        app.paid_order(&Buyer::nth(n)).await;
        app.work().await;
        app.advance(3600);
    }
    let (_, uuid) = app.order(&Buyer::nth(3)).await;
    orders::cancel(&app.ctx, &staff(), uuid, &reason("a mistake")).await.expect("the database answers");
    app.work().await;
}

/// Each filter, alone and in pairs, compared with the same filter over all rows.
#[tokio::test]
async fn filters_find_exactly_the_matching_entries() {
    let app = TestApp::start().await;
    two_purchases(&app).await;
    let all = rows(&app).await;
    let hour = Timestamp(hollyn_tests::NOON).plus_seconds(3600);
    type Wanted = fn(&hollyn_core::domain::audit::AuditEntry) -> bool;
    let cases: [(AuditFilter, Wanted); 12] = [
        (AuditFilter::default(), |_| true),
        (AuditFilter { actor: some("staff:2"), ..AuditFilter::default() }, |row| row.actor == "staff:2"),
        (AuditFilter { action: some("order."), ..AuditFilter::default() }, |row| {
            row.action.starts_with("order.")
        }),
        (AuditFilter { action: some("order.placed"), ..AuditFilter::default() }, |row| {
            row.action == "order.placed"
        }),
        (AuditFilter { action: some("nothing."), ..AuditFilter::default() }, |_| false),
        (AuditFilter { object: some("service"), ..AuditFilter::default() }, |row| row.object == "service"),
        (AuditFilter { object: some("service"), object_id: Some(2), ..AuditFilter::default() }, |row| {
            row.object == "service" && row.object_id == Some(2)
        }),
        (AuditFilter { q: some("ACTIVE"), ..AuditFilter::default() }, |row| {
            [row.details.as_deref().unwrap_or_default(), &row.action, &row.actor]
                .iter()
                .any(|t| t.contains("active"))
        }),
        (AuditFilter { q: some("%"), ..AuditFilter::default() }, |_| false),
        (AuditFilter { actor: some("worker"), action: some("service."), ..AuditFilter::default() }, |row| {
            row.actor == "worker" && row.action.starts_with("service.")
        }),
        (AuditFilter { from: Some(hour), actor: some("gateway"), ..AuditFilter::default() }, |row| {
            row.actor == "gateway" && row.created_at.0 >= hollyn_tests::NOON + 3_600_000_000
        }),
        (AuditFilter { to: Some(hour), ..AuditFilter::default() }, |row| {
            row.created_at.0 < hollyn_tests::NOON + 3_600_000_000
        }),
    ];
    for (filter, wanted) in cases {
        let found = find(&app, filter.clone()).await;
        let mut expected: Vec<_> = all.iter().filter(|row| wanted(row)).cloned().collect();
        expected.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
        assert_eq!(
            (found.total, found.is_more, found.reached),
            (expected.len() as i64, false, None),
            "{filter:?}"
        );
        expected.truncate(50);
        assert_eq!(found.rows, expected, "{filter:?}");
    }
    let subject = find(&app, AuditFilter { subject: some("user:1"), ..AuditFilter::default() }).await;
    assert_eq!(subject.rows, []);
}

#[tokio::test]
async fn pages_have_each_entry_once() {
    let app = TestApp::start().await;
    two_purchases(&app).await;
    for filter in [AuditFilter::default(), AuditFilter { action: some("order."), ..AuditFilter::default() }] {
        let whole = find(&app, filter.clone()).await;
        let mut paged = Vec::new();
        for n in 0..=whole.rows.len() as i64 / 4 {
            let part = page(&app.ctx, &filter, n * 4, 4).await.unwrap();
            assert_eq!(part.total, whole.total);
            paged.extend(part.rows);
        }
        assert_eq!(paged[..whole.rows.len()], whole.rows);
    }
}

/// With 25,000 entries: the count ends at 1,000, text is searched in the newest 20,000, and the page says so.
#[tokio::test]
async fn a_search_of_a_long_log_is_bounded() {
    let app = TestApp::start().await;
    app.execute(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 25000) insert into \
        audit_log \
         (id, prev_hash, hash, actor, action, object, object_id, details, created_at) \
         select i, '', '', 'worker', 'service.shown', 'service', i, case when i % 10000 = 0 then 'needle' \
         end, i from n",
    )
    .await;
    let worker = find(&app, AuditFilter { actor: some("worker"), ..AuditFilter::default() }).await;
    assert_eq!((worker.rows.len(), worker.total, worker.is_more, worker.reached), (50, 1000, true, None));
    assert_eq!(worker.rows[0].id, 25_000);
    let needle = find(&app, AuditFilter { q: some("Needle"), ..AuditFilter::default() }).await;
    assert_eq!((needle.rows.len(), needle.total, needle.reached), (2, 2, Some(Timestamp(5001))));
    let older =
        find(&app, AuditFilter { q: some("needle"), to: needle.reached, ..AuditFilter::default() }).await;
    assert_eq!((older.total, older.reached), (0, None));
}

#[tokio::test]
async fn the_feed_has_every_entry_once_in_order() {
    let app = TestApp::start().await;
    let begin = hollyn_core::ops::audit::newest(&app.ctx).await.unwrap();
    two_purchases(&app).await;
    let (mut place, mut seen) = (begin, Vec::new());
    loop {
        let news = since(&app.ctx, place, 7).await.unwrap();
        let Some(last) = news.last() else { break };
        place = last.id;
        seen.extend(
            news.into_iter().map(|change| (change.id, change.action, change.object, change.object_id)),
        );
    }
    let expected: Vec<_> =
        rows(&app).await.into_iter().map(|row| (row.id, row.action, row.object, row.object_id)).collect();
    assert_eq!(seen, expected);
    assert_eq!(place, hollyn_core::ops::audit::newest(&app.ctx).await.unwrap());
}
