//! Impersonation: staff read the site as a customer, with a reason, once per link and for a limited time.
mod ending;
mod entering;
mod inside;

use hollyn_core::{
    domain::{ids::UserId, input::Reason, user::Role},
    ops::{Caller, impersonation},
};
use hollyn_tests::{Answer, Browser, Buyer, TestApp};

/// The reason of every impersonation here.
const REASON: &str = "She cannot find her receipt";

/// A member of staff in the desktop app.
async fn staff(app: &TestApp, name: &str, role: Role) -> Caller {
    let email = format!("{}@hollyn.online", name.split(' ').next().unwrap_or_default().to_lowercase());
    Caller {
        staff: Some(app.create_staff(name, &email, role).await),
        address: "196.41.40.2".into(),
        ..Caller::default()
    }
}

pub async fn admin(app: &TestApp) -> Caller {
    staff(app, "Asha Mwinyi", Role::Admin).await
}

/// The account with that address.
pub async fn user(app: &TestApp, email: &str) -> UserId {
    let sql = "select id from users where email = ?";
    UserId(sqlx::query_scalar(sql).bind(email).fetch_one(app.sql()).await.expect("an account is there"))
}

/// The path of a one-time link into the account.
pub async fn asked(app: &TestApp, admin: &Caller, user: UserId) -> String {
    let reason = Reason::parse(REASON).expect("a reason");
    let ticket = impersonation::issue_ticket(&app.ctx, admin, user, &reason).await.expect("a ticket");
    assert_eq!(ticket.expires_at, app.ctx.now().plus_seconds(60));
    ticket.url.strip_prefix(&app.url).expect("it leads to our own site").to_owned()
}

/// Opens the link and presses its button.
pub async fn enter(browser: &Browser, link: &str) -> Answer {
    assert_eq!(browser.get(link).await.status, 200);
    let answer = browser.post(link, &[]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/dashboard"), "{}", answer.body);
    answer
}

/// A browser in which `admin` impersonates the buyer.
async fn looking(app: &TestApp, admin: &Caller, buyer: &Buyer) -> Browser {
    let browser = app.browser();
    enter(&browser, &asked(app, admin, user(app, &buyer.email).await).await).await;
    browser
}

/// The whole `Set-Cookie` header.
fn cookie_line(answer: &Answer, name: &str) -> Option<String> {
    let start = format!("{name}=");
    let lines = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    lines.filter(|line| line.starts_with(&start)).map(str::to_owned).next_back()
}

/// Whether the page has the banner of an impersonation of that customer.
fn has_banner(page: &Answer, name: &str) -> bool {
    page.body.contains(&format!("Viewing as <b>{name}</b>"))
        && page.body.contains("action=\"/impersonate/stop\"")
}

/// Changes of an account after which its impersonations are invalid.
const SENT_AWAY: [&str; 4] = [
    "update users set disabled_at = 1 where email = 'asha@hollyn.online'",
    "update users set role = 'support' where email = 'asha@hollyn.online'",
    "update users set disabled_at = 1 where email = 'juma1@example.com'",
    "update users set role = 'admin' where email = 'juma1@example.com'",
];
/// Undoes them.
const CALLED_BACK: &str = "update users set disabled_at = null, \
    role = case when email = 'asha@hollyn.online' then 'admin' else 'user' end";

/// Everything in the database, a line for each row.
async fn everything(app: &TestApp) -> Vec<String> {
    let db = app.sql();
    let sql = "select m.name, group_concat('quote(' || p.name || ')', ' || '' '' || ') from sqlite_master m \
               join pragma_table_info(m.name) p where m.type = 'table' group by m.name order by m.name";
    let tables: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(db).await.expect("the tables");
    let mut rows = Vec::new();
    for (table, columns) in tables {
        let sql = sqlx::AssertSqlSafe(format!("select '{table} ' || {columns} from \"{table}\" order by 1"));
        let of_table: Vec<String> = sqlx::query_scalar(sql).fetch_all(db).await.expect("the rows");
        rows.extend(of_table);
    }
    // A refusal is audited, and moves the log's head.
    rows.retain(|row| !row.starts_with("audit_head ") && !row.contains("'access."));
    rows
}
