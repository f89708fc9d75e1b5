//! Two years of data: for each person three services, and some unpaid orders.
//!
//! Facts are written in bulk, as the ops would have left them; figures and words are then filled as after an
//! upgrade. The database stays in the target folder for the next run.
use crate::names::{ENDINGS, FIRST, LAST, MAILS, NETWORKS, PLACES, SITES};
use hollyn_core::{AppContext, clock::Clock, domain::time::Timestamp, ops::projections};
use hollyn_portal::{
    config::{Config, Env},
    server,
};
use sqlx::{Any, AnyConnection, QueryBuilder};
use std::{path::PathBuf, sync::Arc, time::Instant};

/// Higher with every change of what is written here.
const VERSION: u32 = 2;

/// Two years, in microseconds.
const SPAN: i64 = 730 * 86_400_000_000;

/// A database with so many people.
#[expect(clippy::disallowed_methods, reason = "says how long the machine took")]
pub async fn ctx(people: i64) -> Arc<AppContext> {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("lists-{VERSION}-{people}"));
    let finished = dir.join("seeded");
    if !finished.exists() {
        let _ = std::fs::remove_dir_all(&dir);
    }
    let config = [("HOLLYN_DATA_DIR", dir.display().to_string())];
    let config = Config::read(&Env::of(config.map(|(name, value)| (name.to_owned(), value)).to_vec()));
    let clock = Clock::at(hollyn_tests::NOON);
    let (ctx, _) =
        server::open_context(config.expect("a configuration"), clock, |_| {}).await.expect("a context");
    if finished.exists() {
        return ctx;
    }
    let begun = Instant::now();
    write(&ctx, people).await.expect("rows are written");
    println!("{people} people were written in {:.0} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    projections::rebuild(&ctx).await.expect("figures and words are filled");
    println!("their figures and words in {:.0} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let differences = projections::compare(&ctx).await.expect("figures can be compared");
    assert!(differences.is_empty(), "{differences:?}");
    println!("the figures compared in {:.1} s", begun.elapsed().as_secs_f64());
    std::fs::write(finished, "").expect("a mark");
    ctx
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    /// From 0, below `sides`.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    /// One of them.
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.roll(of.len() as u64)).expect("small")]
    }

    /// One of them, the first ones more often.
    fn common<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let sides = of.len() as u64;
        let at = self.roll(sides).min(self.roll(sides)).min(self.roll(sides));
        of[usize::try_from(at).expect("small")]
    }

    /// Letters and digits.
    fn letters(&mut self, count: usize) -> String {
        const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let letter = |_| char::from(ALPHABET[usize::try_from(self.roll(32)).expect("small")]);
        (0..count).map(letter).collect()
    }
}

struct Person {
    name: String,
    email: String,
    phone: String,
    network: &'static str,
}

struct Sale {
    id: i64,
    person: usize,
    at: i64,
    plan: usize,
    months: i64,
    percent: i64,
    is_paid: bool,
    /// Of an order that is paid, its service's.
    status: &'static str,
    service: &'static str,
    domain: String,
}

const PLANS: [(&str, i64); 4] =
    [("hollyn-lite", 5_000), ("hollyn-grow", 12_000), ("hollyn-boost", 25_000), ("hollyn-max", 50_000)];

impl Sale {
    fn monthly(&self) -> i64 {
        PLANS[self.plan].1
    }

    fn price(&self) -> i64 {
        self.monthly() * self.months * (100 - self.percent) / 100
    }
}

async fn write(ctx: &AppContext, people: i64) -> anyhow::Result<()> {
    let mut transaction = ctx.db.begin().await?;
    let c: &mut AnyConnection = transaction.connection();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let begin = hollyn_tests::NOON - SPAN;
    let persons: Vec<Person> = (0..people).map(|nth| person(&mut dice, nth)).collect();
    let rows: Vec<(i64, &Person)> = (1..).zip(&persons).collect();
    for rows in rows.chunks(1_000) {
        let mut sql = insert(
            "users (id, name, email, password, phone, role, locale, disabled_at, created_at, updated_at)",
        );
        sql.push_values(rows, |mut row, (id, person)| {
            let at = begin + SPAN / people * id;
            let role = if id % 20_000 == 7 {
                "admin"
            } else if id % 500 == 9 {
                "support"
            } else {
                "user"
            };
            row.push_bind(*id)
                .push_bind(person.name.clone())
                .push_bind(person.email.clone())
                .push_bind("")
                .push_bind(person.phone.clone());
            row.push_bind(role)
                .push_bind(if id % 3 == 0 { "en" } else { "sw" })
                .push_bind((id % 100 == 50).then_some(at));
            row.push_bind(at).push_bind(at);
        });
        sql.build().execute(&mut *c).await?;
    }
    let count = people * 345 / 100;
    let sales: Vec<Sale> = (1..=count).map(|id| sale(&mut dice, id, count, &persons)).collect();
    for sales in sales.chunks(1_000) {
        orders(c, &mut dice, sales, &persons).await?;
        services(c, &mut dice, sales).await?;
    }
    transaction.commit().await?;
    Ok(())
}

fn insert(into: &str) -> QueryBuilder<Any> {
    QueryBuilder::new(format!("insert into {into} "))
}

fn person(dice: &mut Dice, nth: i64) -> Person {
    let (first, last) = (dice.common(FIRST), dice.common(LAST));
    let at = dice.roll(100);
    let mut sum = 0;
    let network = NETWORKS.iter().find(|(_, _, share)| {
        sum += share;
        at < sum
    });
    let (network, prefix, _) = network.expect("they sum up to a hundred");
    let email = format!("{}.{}{nth}@{}", first.to_lowercase(), last.to_lowercase(), dice.one(MAILS));
    let phone = format!("0{prefix}{:07}", dice.roll(10_000_000));
    Person { name: format!("{first} {last}"), email, phone, network }
}

fn sale(dice: &mut Dice, id: i64, count: i64, persons: &[Person]) -> Sale {
    let person = usize::try_from(dice.roll(persons.len() as u64)).expect("small");
    let plan = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3][usize::try_from(dice.roll(10)).expect("small")];
    let (months, percent) =
        [(1, 0), (1, 0), (3, 10), (6, 15), (12, 20)][usize::try_from(dice.roll(5)).expect("small")];
    // 45 of 345 were never paid.
    let is_paid = dice.roll(345) >= 45;
    let at = hollyn_tests::NOON - SPAN + SPAN / count * id;
    let (status, service) = match (is_paid, dice.roll(100)) {
        (false, 0..20) => ("pending", ""),
        (false, 20..80) => ("failed", ""),
        (false, _) => ("cancelled", ""),
        (true, 0..78) => ("active", "active"),
        (true, 78..84) => ("active", "suspended"),
        (true, 84..86) => ("paid", "failed"),
        (true, 86) => ("paid", "provisioning"),
        (true, 87..97) => ("complete", "cancelled"),
        (true, _) => ("cancelled", "cancelled"),
    };
    let domain =
        format!("{}-{}{}.{}", dice.one(SITES), dice.one(PLACES), dice.roll(100_000), dice.one(ENDINGS));
    Sale { id, person, at, plan, months, percent, is_paid, status, service, domain }
}

async fn orders(
    c: &mut AnyConnection,
    dice: &mut Dice,
    sales: &[Sale],
    persons: &[Person],
) -> anyhow::Result<()> {
    let mut sql = insert(
        "orders (id, user_id, plan_id, order_uuid, dedup_key, customer_name, customer_email, \
         customer_phone, payer_phone, domain, locale, base_price_monthly, duration_months, \
         discount_percentage, price_tzs, currency, status, \
         payment_ref, gateway_provider, paid_at, created_at, updated_at)",
    );
    let mut payments = insert(
        "payments (order_id, attempt, gateway_order_id, payer_phone, operator, amount_tzs, currency, \
         status, transid, \
         reference, received_tzs, is_applied, settled_at, created_at, updated_at)",
    );
    let mut pushes = Vec::new();
    sql.push_values(sales, |mut row, sale| {
        let person = &persons[sale.person];
        let transid = dice.letters(11);
        let uuid = format!(
            "{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}",
            sale.at >> 16 & 0xffff_ffff,
            sale.at & 0xffff,
            dice.roll(4096),
            dice.roll(4096),
            dice.roll(1 << 48)
        );
        let paid_at = sale.is_paid.then_some(sale.at + 90_000_000);
        row.push_bind(sale.id).push_bind(i64::try_from(sale.person).expect("small") + 1);
        row.push_bind(i64::try_from(sale.plan).expect("small") + 1).push_bind(uuid);
        row.push_bind((sale.status == "pending").then(|| format!("seed:{}", sale.id)));
        row.push_bind(person.name.clone()).push_bind(person.email.clone()).push_bind(person.phone.clone());
        row.push_bind(format!("255{}", &person.phone[1..])).push_bind(sale.domain.clone()).push_bind("sw");
        row.push_bind(sale.monthly()).push_bind(sale.months).push_bind(sale.percent).push_bind(sale.price());
        row.push_bind("TZS").push_bind(sale.status).push_bind(sale.is_paid.then(|| transid.clone()));
        row.push_bind(sale.is_paid.then_some(person.network))
            .push_bind(paid_at)
            .push_bind(sale.at)
            .push_bind(sale.at);
        let failed_first = i64::from(dice.roll(5) == 0 || !sale.is_paid && dice.roll(2) == 0);
        for attempt in 1..=failed_first {
            let end = if dice.roll(2) == 0 { "failed" } else { "cancelled" };
            pushes.push((sale, attempt, end, None));
        }
        if sale.is_paid {
            pushes.push((sale, failed_first + 1, "succeeded", Some(transid)));
        }
    });
    sql.build().execute(&mut *c).await?;
    payments.push_values(&pushes, |mut row, (sale, attempt, status, transid)| {
        let person = &persons[sale.person];
        let money = transid.is_some();
        row.push_bind(sale.id).push_bind(*attempt).push_bind(dice.letters(20).to_lowercase());
        row.push_bind(format!("255{}", &person.phone[1..])).push_bind(person.network).push_bind(sale.price());
        row.push_bind("TZS").push_bind(*status).push_bind(transid.clone());
        row.push_bind(money.then(|| format!("10{:09}", dice.roll(1_000_000_000))));
        row.push_bind(money.then(|| sale.price())).push_bind(i64::from(money));
        row.push_bind(money.then_some(sale.at + 90_000_000)).push_bind(sale.at).push_bind(sale.at);
    });
    payments.build().execute(c).await?;
    Ok(())
}

async fn services(c: &mut AnyConnection, dice: &mut Dice, sales: &[Sale]) -> anyhow::Result<()> {
    let mut sql = insert(
        "services (order_id, plan_slug, domain, webuzo_username, status, activated_at, paid_until, \
         last_failed_at, \
         created_at, updated_at)",
    );
    let paid: Vec<&Sale> = sales.iter().filter(|sale| sale.is_paid).collect();
    sql.push_values(&paid, |mut row, sale| {
        let asked = sale.at + 90_000_000;
        let took = 1_000_000
            * i64::try_from(8 + dice.roll(40) + if dice.roll(20) == 0 { dice.roll(900) } else { 0 })
                .expect("small");
        let (was_set_up, failed) =
            (!matches!(sale.service, "failed" | "provisioning"), sale.service == "failed");
        // The number keeps the names apart.
        let username = format!("{}{:x}", &sale.domain[..2], sale.id);
        row.push_bind(sale.id).push_bind(PLANS[sale.plan].0).push_bind(sale.domain.clone());
        row.push_bind((!failed).then_some(username)).push_bind(sale.service);
        row.push_bind(was_set_up.then_some(asked + took));
        row.push_bind(was_set_up.then(|| Timestamp(asked + took).plus_months(sale.months)));
        row.push_bind(failed.then_some(asked + 180_000_000)).push_bind(asked).push_bind(asked);
    });
    sql.build().execute(c).await?;
    Ok(())
}
