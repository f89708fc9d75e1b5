//! Users, and the hashes of their passwords, which are in no entity.
use super::{
    Record, Result, Sql, Tx,
    counters::{self, Of},
    expect_one_row, last_insert_id, push_ids,
    search_terms::{self, Noun},
};
use crate::domain::{
    actor::NamedUser,
    ids::UserId,
    search::Words,
    time::Timestamp,
    user::{Role, User, UserState},
};
use secrecy::{ExposeSecret, SecretString};
use sqlx::FromRow;

/// A user's row without the password: [`COLUMNS`] of `users u`.
#[derive(FromRow)]
pub(super) struct UserRow {
    id: UserId,
    name: String,
    email: String,
    phone: Option<String>,
    role: Role,
    locale: String,
    email_verified_at: Option<Timestamp>,
    disabled_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
}

/// What a [`UserRow`] is read from, in a query that calls the table `u`.
pub(super) const COLUMNS: &str =
    "u.id, u.name, u.email, u.phone, u.role, u.locale, u.email_verified_at, u.disabled_at, u.deleted_at";

impl From<UserRow> for User {
    fn from(row: UserRow) -> User {
        User {
            id: row.id,
            name: row.name,
            email: row.email,
            phone: row.phone,
            role: row.role,
            locale: row.locale,
            email_verified_at: row.email_verified_at,
            state: match (row.deleted_at, row.disabled_at) {
                (Some(at), _) => UserState::Deleted { at },
                (None, Some(at)) => UserState::Disabled { at },
                (None, None) => UserState::Active,
            },
        }
    }
}

/// Whether the address belongs to an account whose owner has confirmed it.
pub async fn is_confirmed(tx: &mut Tx, email: &str) -> Result<bool> {
    let sql = "select count(*) from users where email = ? and email_verified_at is not null";
    let confirmed: i64 = sqlx::query_scalar(sql).bind(email).fetch_one(tx.connection()).await?;
    Ok(confirmed > 0)
}

/// By row id.
pub async fn by_id(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    let sql = sqlx::AssertSqlSafe(format!("select {COLUMNS} from users u where u.id = ?"));
    let row: Option<UserRow> = sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await?;
    Ok(row.map(User::from))
}

/// By e-mail in lower case.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<User>> {
    let sql = sqlx::AssertSqlSafe(format!("select {COLUMNS} from users u where u.email = ?"));
    let row: Option<UserRow> = sqlx::query_as(sql).bind(email).fetch_optional(tx.connection()).await?;
    Ok(row.map(User::from))
}

/// The hash of a user's password; empty after deletion.
pub async fn password_hash(tx: &mut Tx, id: UserId) -> Result<Option<SecretString>> {
    let sql = "select password from users where id = ?";
    let hash: Option<String> = sqlx::query_scalar(sql).bind(id).fetch_optional(tx.connection()).await?;
    Ok(hash.map(SecretString::from))
}

/// What a new row needs.
pub struct NewUser<'a> {
    pub name: &'a str,
    pub email: &'a str,
    /// The hash.
    pub password: &'a SecretString,
    pub phone: Option<&'a str>,
    pub role: Role,
    pub locale: &'a str,
}

/// A duplicate where the e-mail has an account.
pub async fn insert(tx: &mut Tx, now: Timestamp, user: &NewUser<'_>) -> Result<UserId> {
    let result = sqlx::query(
        "insert into users (name, email, password, phone, role, locale, created_at, updated_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(user.name)
    .bind(user.email)
    .bind(user.password.expose_secret())
    .bind(user.phone)
    .bind(user.role)
    .bind(user.locale)
    .bind(now)
    .bind(now)
    .execute(tx.connection())
    .await?;
    let id = UserId(last_insert_id(tx, result).await?);
    counters::apply_delta(tx, Of::User(id), counters::Contribution::default()).await?;
    search_terms::apply_delta(tx, Noun::User, id.0, Words::new()).await?;
    Ok(id)
}

/// Replaces the hash that was read. Stale where it is another one by now.
pub async fn replace_password_hash(
    tx: &mut Tx,
    now: Timestamp,
    id: UserId,
    old: &SecretString,
    new: &SecretString,
) -> Result<()> {
    let result = sqlx::query("update users set password = ?, updated_at = ? where id = ? and password = ?")
        .bind(new.expose_secret())
        .bind(now)
        .bind(id)
        .bind(old.expose_secret())
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::PasswordHash)
}

/// Stores the language that the user chose.
pub async fn set_locale(tx: &mut Tx, now: Timestamp, id: UserId, locale: &str) -> Result<()> {
    sqlx::query("update users set locale = ?, updated_at = ? where id = ?")
        .bind(locale)
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Whether the owner of the account has ever confirmed an address of it.
pub async fn was_ever_verified(tx: &mut Tx, id: UserId) -> Result<bool> {
    let sql = "select count(*) from users where id = ? and first_verified_at is not null";
    let found: i64 = sqlx::query_scalar(sql).bind(id).fetch_one(tx.connection()).await?;
    Ok(found > 0)
}

/// The addresses and languages of all admins that are not disabled.
pub async fn admin_addresses(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    let sql = "select email, locale from users where role = 'admin' and disabled_at is null order by id";
    Ok(sqlx::query_as(sql).fetch_all(tx.connection()).await?)
}

/// The addresses of all staff that are not disabled.
pub async fn staff_addresses(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    let sql = "select email, locale from users where role <> 'user' and disabled_at is null order by id";
    Ok(sqlx::query_as(sql).fetch_all(tx.connection()).await?)
}

/// The names of these users, in no order.
pub async fn names(tx: &mut Tx, ids: &[UserId]) -> Result<Vec<NamedUser>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select id, name, email from users where id");
    push_ids(&mut sql, ids);
    let rows: Vec<(UserId, String, String)> = sql.build_query_as().fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(|(id, name, email)| NamedUser { id, name, email }).collect())
}

/// When the account was created.
pub async fn created_at(tx: &mut Tx, id: UserId) -> Result<Option<Timestamp>> {
    let sql = "select created_at from users where id = ?";
    Ok(sqlx::query_scalar(sql).bind(id).fetch_optional(tx.connection()).await?)
}

/// Changes the name.
pub async fn set_name(tx: &mut Tx, now: Timestamp, id: UserId, name: &str) -> Result<()> {
    let was = search_terms::of(tx, Noun::User, id.0).await?;
    sqlx::query("update users set name = ?, updated_at = ? where id = ?")
        .bind(name)
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    search_terms::apply_delta(tx, Noun::User, id.0, was).await
}

/// Changes the phone.
pub async fn set_phone(tx: &mut Tx, now: Timestamp, id: UserId, phone: Option<&str>) -> Result<()> {
    let was = search_terms::of(tx, Noun::User, id.0).await?;
    sqlx::query("update users set phone = ?, updated_at = ? where id = ?")
        .bind(phone)
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    search_terms::apply_delta(tx, Noun::User, id.0, was).await
}

/// Changes the e-mail, which is not verified then. A duplicate where another account has it.
pub async fn set_email(tx: &mut Tx, now: Timestamp, id: UserId, email: &str) -> Result<()> {
    let was = search_terms::of(tx, Noun::User, id.0).await?;
    sqlx::query("update users set email = ?, email_verified_at = null, updated_at = ? where id = ?")
        .bind(email)
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    search_terms::apply_delta(tx, Noun::User, id.0, was).await
}

/// Changes the role.
pub async fn set_role(tx: &mut Tx, now: Timestamp, id: UserId, role: Role) -> Result<()> {
    let was = counters::contribution(tx, Of::User(id)).await?;
    sqlx::query("update users set role = ?, updated_at = ? where id = ?")
        .bind(role)
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    counters::apply_delta(tx, Of::User(id), was).await
}

/// Disables the account, or enables it again. Stale where it was so already.
pub async fn set_disabled(tx: &mut Tx, now: Timestamp, id: UserId, at: Option<Timestamp>) -> Result<()> {
    let sql = match at {
        Some(_) => "update users set disabled_at = ?, updated_at = ? where id = ? and disabled_at is null",
        None => "update users set disabled_at = ?, updated_at = ? where id = ? and disabled_at is not null",
    };
    let was = counters::contribution(tx, Of::User(id)).await?;
    expect_one_row(
        sqlx::query(sql).bind(at).bind(now).bind(id).execute(tx.connection()).await?,
        Record::Account,
    )?;
    counters::apply_delta(tx, Of::User(id), was).await
}

/// Marks the address as verified. Stale where the account has another one by now.
pub async fn verify_email(tx: &mut Tx, now: Timestamp, id: UserId, email: &str) -> Result<()> {
    let result = sqlx::query(
        "update users set email_verified_at = ?, updated_at = ?, \
             first_verified_at = coalesce(first_verified_at, ?) where id = ? and email = ?",
    )
    .bind(now)
    .bind(now)
    .bind(now)
    .bind(id)
    .bind(email)
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::EmailAddress)
}

/// Removes the personal data from the account and its orders; amounts, dates and references stay.
pub async fn anonymise(tx: &mut Tx, now: Timestamp, id: UserId) -> Result<()> {
    let (part, found_by) = (counters::contribution(tx, Of::User(id)).await?, found_by(tx, id).await?);
    remove_personal_data(tx, now, id).await?;
    counters::apply_delta(tx, Of::User(id), part).await?;
    for (noun, object, was) in found_by {
        search_terms::apply_delta(tx, noun, object, was).await?;
    }
    Ok(())
}

/// The words that the user, their orders and their services are found by.
async fn found_by(tx: &mut Tx, id: UserId) -> Result<Vec<(Noun, i64, Words)>> {
    let mut found = vec![(Noun::User, id.0, search_terms::of(tx, Noun::User, id.0).await?)];
    let sql = "select o.id, s.id from orders o left join services s on s.order_id = o.id \
               where o.user_id = ? order by o.id";
    let rows: Vec<(i64, Option<i64>)> = sqlx::query_as(sql).bind(id).fetch_all(tx.connection()).await?;
    for (order, service) in rows {
        found.push((Noun::Order, order, search_terms::of(tx, Noun::Order, order).await?));
        if let Some(service) = service {
            found.push((Noun::Service, service, search_terms::of(tx, Noun::Service, service).await?));
        }
    }
    Ok(found)
}

async fn remove_personal_data(tx: &mut Tx, now: Timestamp, id: UserId) -> Result<()> {
    // Unique like every address, and no mail can be sent to it.
    let address = format!("deleted-{id}@invalid");
    let was: String = sqlx::query_scalar("select email from users where id = ?")
        .bind(id)
        .fetch_one(tx.connection())
        .await?;
    sqlx::query(
        "update users set name = 'Deleted customer', email = ?, password = '', phone = null, \
         email_verified_at = null, disabled_at = ?, deleted_at = ?, updated_at = ? where id = ?",
    )
    .bind(&address)
    .bind(now)
    .bind(now)
    .bind(now)
    .bind(id)
    .execute(tx.connection())
    .await?;
    // Mails, sent or not, also to a former address. A job whose mail is gone ends without an error.
    sqlx::query(
        "delete from mails where user_id = ? or order_id in (select id from orders where user_id = ?)",
    )
    .bind(id)
    .bind(id)
    .execute(tx.connection())
    .await?;
    sqlx::query("delete from email_tokens where user_id = ?").bind(id).execute(tx.connection()).await?;
    sqlx::query("delete from rate_limit_events where subject = ?")
        .bind(&was)
        .execute(tx.connection())
        .await?;
    sqlx::query("update provisioning_logs set request = null, response = null where user_id = ?")
        .bind(id)
        .execute(tx.connection())
        .await?;
    sqlx::query(
        "update payment_events set payload = null \
         where order_id in (select id from orders where user_id = ?)",
    )
    .bind(id)
    .execute(tx.connection())
    .await?;
    sqlx::query(
        "update payments set payer_phone = '' where order_id in (select id from orders where user_id = ?)",
    )
    .bind(id)
    .execute(tx.connection())
    .await?;
    sqlx::query(
        "update orders set customer_name = 'Deleted customer', customer_email = ?, customer_phone = '', \
         payer_phone = '', gateway_meta = null, updated_at = ? where user_id = ?",
    )
    .bind(address)
    .bind(now)
    .bind(id)
    .execute(tx.connection())
    .await?;
    Ok(())
}
