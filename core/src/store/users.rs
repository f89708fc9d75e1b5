//! People.
use super::{
    Result, Sql, inserted, one, push_ids,
    search_terms::{self, Noun},
    tallies::{self, Of},
};
use crate::domain::{finding::Words, ids::UserId, time::Moment, user::Role};
use sqlx::{AnyConnection, FromRow};

/// A person's row. The password is its hash and is in no answer.
#[derive(Clone, FromRow)]
pub struct UserRow {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub password: String,
    pub phone: Option<String>,
    pub role: Role,
    pub locale: String,
    pub email_verified_at: Option<Moment>,
    pub disabled_at: Option<Moment>,
}

impl UserRow {
    /// Whether the person was taken out of it: what is left is the money's record.
    pub fn is_deleted(&self) -> bool {
        self.email == nobody(self.id)
    }
}

/// The address of an account whose person was taken out.
fn nobody(id: UserId) -> String {
    format!("deleted-{id}@invalid")
}

const COLUMNS: &str = "id, name, email, password, phone, role, locale, email_verified_at, disabled_at";

/// By row id.
pub async fn by_id(c: &mut AnyConnection, id: UserId) -> Result<Option<UserRow>> {
    let sql = sqlx::AssertSqlSafe(format!("select {COLUMNS} from users where id = ?"));
    Ok(sqlx::query_as(sql).bind(id).fetch_optional(c).await?)
}

/// By e-mail in lower case.
pub async fn by_email(c: &mut AnyConnection, email: &str) -> Result<Option<UserRow>> {
    let sql = sqlx::AssertSqlSafe(format!("select {COLUMNS} from users where email = ?"));
    Ok(sqlx::query_as(sql).bind(email).fetch_optional(c).await?)
}

/// What a new row needs.
pub struct NewUser<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password: &'a str,
    pub phone: Option<&'a str>,
    pub role: Role,
    pub locale: &'a str,
}

/// A duplicate where the e-mail has an account.
pub async fn insert(c: &mut AnyConnection, now: Moment, user: &NewUser<'_>) -> Result<UserId> {
    let result = sqlx::query(
        "insert into users (name, email, password, phone, role, locale, created_at, updated_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(user.name)
    .bind(user.email)
    .bind(user.password)
    .bind(user.phone)
    .bind(user.role)
    .bind(user.locale)
    .bind(now)
    .bind(now)
    .execute(&mut *c)
    .await?;
    let id = UserId(inserted(c, result).await?);
    tallies::moved(c, Of::User(id), tallies::Part::default()).await?;
    search_terms::moved(c, Noun::User, id.0, Words::new()).await?;
    Ok(id)
}

/// Puts a new hash in the place of the one that was read.
pub async fn rehash(c: &mut AnyConnection, now: Moment, id: UserId, old: &str, new: &str) -> Result<()> {
    let result = sqlx::query("update users set password = ?, updated_at = ? where id = ? and password = ?")
        .bind(new)
        .bind(now)
        .bind(id)
        .bind(old)
        .execute(c)
        .await?;
    one(result, "the password")
}

/// Keeps the language that a person chose.
pub async fn set_locale(c: &mut AnyConnection, now: Moment, id: UserId, locale: &str) -> Result<()> {
    sqlx::query("update users set locale = ?, updated_at = ? where id = ?")
        .bind(locale)
        .bind(now)
        .bind(id)
        .execute(c)
        .await?;
    Ok(())
}

/// The addresses of all staff that are not disabled.
pub async fn staff_addresses(c: &mut AnyConnection) -> Result<Vec<(String, String)>> {
    let sql = "select email, locale from users where role <> 'user' and disabled_at is null order by id";
    Ok(sqlx::query_as(sql).fetch_all(c).await?)
}

/// A person, named.
#[derive(Debug, Clone, FromRow)]
pub struct NameRow {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

/// The names of these people, in no order.
pub async fn names(c: &mut AnyConnection, ids: &[UserId]) -> Result<Vec<NameRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select id, name, email from users where id");
    push_ids(&mut sql, ids);
    Ok(sql.build_query_as().fetch_all(c).await?)
}

/// When the account was made.
pub async fn created_at(c: &mut AnyConnection, id: UserId) -> Result<Option<Moment>> {
    let sql = "select created_at from users where id = ?";
    Ok(sqlx::query_scalar(sql).bind(id).fetch_optional(c).await?)
}

/// Changes the name.
pub async fn set_name(c: &mut AnyConnection, now: Moment, id: UserId, name: &str) -> Result<()> {
    let was = search_terms::of(c, Noun::User, id.0).await?;
    sqlx::query("update users set name = ?, updated_at = ? where id = ?")
        .bind(name)
        .bind(now)
        .bind(id)
        .execute(&mut *c)
        .await?;
    search_terms::moved(c, Noun::User, id.0, was).await
}

/// Changes the phone.
pub async fn set_phone(c: &mut AnyConnection, now: Moment, id: UserId, phone: Option<&str>) -> Result<()> {
    let was = search_terms::of(c, Noun::User, id.0).await?;
    sqlx::query("update users set phone = ?, updated_at = ? where id = ?")
        .bind(phone)
        .bind(now)
        .bind(id)
        .execute(&mut *c)
        .await?;
    search_terms::moved(c, Noun::User, id.0, was).await
}

/// Changes the e-mail, which nobody has verified yet. A duplicate where another account has it.
pub async fn set_email(c: &mut AnyConnection, now: Moment, id: UserId, email: &str) -> Result<()> {
    let was = search_terms::of(c, Noun::User, id.0).await?;
    sqlx::query("update users set email = ?, email_verified_at = null, updated_at = ? where id = ?")
        .bind(email)
        .bind(now)
        .bind(id)
        .execute(&mut *c)
        .await?;
    search_terms::moved(c, Noun::User, id.0, was).await
}

/// Changes what the person may do.
pub async fn set_role(c: &mut AnyConnection, now: Moment, id: UserId, role: Role) -> Result<()> {
    let was = tallies::part(c, Of::User(id)).await?;
    sqlx::query("update users set role = ?, updated_at = ? where id = ?")
        .bind(role)
        .bind(now)
        .bind(id)
        .execute(&mut *c)
        .await?;
    tallies::moved(c, Of::User(id), was).await
}

/// Disables the account, or enables it again. Stale where it was so already.
pub async fn set_disabled(c: &mut AnyConnection, now: Moment, id: UserId, at: Option<Moment>) -> Result<()> {
    let sql = match at {
        Some(_) => "update users set disabled_at = ?, updated_at = ? where id = ? and disabled_at is null",
        None => "update users set disabled_at = ?, updated_at = ? where id = ? and disabled_at is not null",
    };
    let was = tallies::part(c, Of::User(id)).await?;
    one(sqlx::query(sql).bind(at).bind(now).bind(id).execute(&mut *c).await?, "the account")?;
    tallies::moved(c, Of::User(id), was).await
}

/// The address was shown to be read by its owner. Stale where it is another one by now.
pub async fn verify_email(c: &mut AnyConnection, now: Moment, id: UserId, email: &str) -> Result<()> {
    let result =
        sqlx::query("update users set email_verified_at = ?, updated_at = ? where id = ? and email = ?")
            .bind(now)
            .bind(now)
            .bind(id)
            .bind(email)
            .execute(c)
            .await?;
    one(result, "the address")
}

/// Takes the person out of the account and out of the orders; amounts, dates and references stay.
pub async fn anonymise(c: &mut AnyConnection, now: Moment, id: UserId) -> Result<()> {
    let (part, found_by) = (tallies::part(c, Of::User(id)).await?, found_by(c, id).await?);
    take_out(c, now, id).await?;
    tallies::moved(c, Of::User(id), part).await?;
    for (noun, object, was) in found_by {
        search_terms::moved(c, noun, object, was).await?;
    }
    Ok(())
}

/// The words that the person, their orders and their services are found by.
async fn found_by(c: &mut AnyConnection, id: UserId) -> Result<Vec<(Noun, i64, Words)>> {
    let mut found = vec![(Noun::User, id.0, search_terms::of(c, Noun::User, id.0).await?)];
    let sql = "select o.id, s.id from orders o left join services s on s.order_id = o.id where o.user_id = ? order by o.id";
    let rows: Vec<(i64, Option<i64>)> = sqlx::query_as(sql).bind(id).fetch_all(&mut *c).await?;
    for (order, service) in rows {
        found.push((Noun::Order, order, search_terms::of(c, Noun::Order, order).await?));
        if let Some(service) = service {
            found.push((Noun::Service, service, search_terms::of(c, Noun::Service, service).await?));
        }
    }
    Ok(found)
}

async fn take_out(c: &mut AnyConnection, now: Moment, id: UserId) -> Result<()> {
    let nobody = nobody(id);
    let was: String =
        sqlx::query_scalar("select email from users where id = ?").bind(id).fetch_one(&mut *c).await?;
    sqlx::query(
        "update users set name = 'Deleted customer', email = ?, password = '', phone = null, email_verified_at = null, \
         disabled_at = ?, updated_at = ? where id = ?",
    )
    .bind(&nobody)
    .bind(now)
    .bind(now)
    .bind(id)
    .execute(&mut *c)
    .await?;
    // Its mails, sent or not, also to an address it had before; a job without its mail ends by itself.
    sqlx::query(
        "delete from mails where user_id = ? or order_id in (select id from orders where user_id = ?)",
    )
    .bind(id)
    .bind(id)
    .execute(&mut *c)
    .await?;
    sqlx::query("delete from email_tokens where user_id = ?").bind(id).execute(&mut *c).await?;
    sqlx::query("delete from tries where who = ?").bind(&was).execute(&mut *c).await?;
    sqlx::query("update provisioning_logs set request = null, response = null where user_id = ?")
        .bind(id)
        .execute(&mut *c)
        .await?;
    sqlx::query(
        "update payment_events set payload = null where order_id in (select id from orders where user_id = ?)",
    )
    .bind(id)
    .execute(&mut *c)
    .await?;
    sqlx::query(
        "update payments set payer_phone = '' where order_id in (select id from orders where user_id = ?)",
    )
    .bind(id)
    .execute(&mut *c)
    .await?;
    sqlx::query(
        "update orders set customer_name = 'Deleted customer', customer_email = ?, customer_phone = '', payer_phone = '', \
         gateway_meta = null, updated_at = ? where user_id = ?",
    )
    .bind(nobody)
    .bind(now)
    .bind(id)
    .execute(c)
    .await?;
    Ok(())
}
