//! A portal with something of everything in it, for a program that tries the admin API with whatever it can
//! think of.
//!
//! Prints `URL TOKEN TOKEN FILE`: two tokens of an admin's devices, and the API's description in which every
//! path knows ids that are there. Ends when its input does.
use anyhow::{Context, Result};
use hollyn_core::{
    api::{self, Reason, SignIn},
    domain::user::Role,
};
use hollyn_tests::{Buyer, STAFF_PASSWORD, TestApp};
use serde_json::{Value, json};
use std::io::Read;

#[tokio::main]
async fn main() -> Result<()> {
    // A fuzzer that guesses passwords should reach the handler, and not only its rate limit.
    let app = TestApp::with(&[("LIMIT_SIGN_IN_ADDRESS", "1000000"), ("LIMIT_REVEAL_STAFF", "1000000")]).await;
    let admin = app.staff(Role::Admin).await;
    app.staff(Role::Support).await;
    let mut orders = Vec::new();
    for nth in 1..=4 {
        let (_, uuid) = app.paid_order(&Buyer::nth(nth)).await;
        orders.push(uuid.to_string());
    }
    app.work().await;
    for nth in 5..=6 {
        let (browser, uuid) = app.order(&Buyer::nth(nth)).await;
        browser.pay(uuid).await;
        orders.push(uuid.to_string());
    }
    // Paid too late: something for a person.
    admin.cancel_order(orders[4].clone(), &Reason { reason: "a try".into() }).await?;
    let push = app.sim().gateway.pushes().into_iter().rev().nth(1).context("two pushes went out")?;
    app.sim().gateway.approve(&push.order_id);
    app.work().await;

    let file = app.dir().join("openapi.json");
    std::fs::write(&file, described(&app, &orders).await?.to_string())?;
    let sign_in = SignIn {
        email: "staff1@hollyn.online".into(),
        password: STAFF_PASSWORD.into(),
        totp: None,
        device: "a second laptop".into(),
    };
    app.expect_due_jobs("the mails about these sign-ins, and what the requests queue");
    let tokens = [app.client().sign_in(&sign_in).await?.token, app.client().sign_in(&sign_in).await?.token];
    println!("{} {} {} {}", app.url, tokens[0], tokens[1], file.display());
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    Ok(())
}

/// The description; each id in a path is one of those that are there.
async fn described(app: &TestApp, orders: &[String]) -> Result<Value> {
    let mut document: Value = serde_json::from_str(api::OPENAPI)?;
    let numbers = |count: i64| -> Value { (1..=count).collect::<Vec<_>>().into() };
    let users = app.count("select count(*) from users").await;
    let services = app.count("select count(*) from services").await;
    let attention = app.count("select count(*) from attention").await;
    let paths = document["paths"].as_object_mut().context("the description has paths")?;
    for (path, item) in paths.iter_mut().filter(|(path, _)| path.contains("{id}")) {
        let ids = match path.split('/').nth(1).unwrap_or_default() {
            "users" => numbers(users),
            "services" => numbers(services),
            "attention" => numbers(attention),
            "session" => numbers(3),
            "orders" => json!(orders),
            "plans" => json!(["hollyn-lite", "hollyn-grow", "hollyn-boost", "hollyn-max"]),
            "exports" => json!(["users", "orders", "services", "payments", "audit"]),
            other => anyhow::bail!("no ids are known for {other}"),
        };
        for operation in item.as_object_mut().context("a path has operations")?.values_mut() {
            operation["parameters"][0]["schema"]["enum"] = ids.clone();
        }
    }
    Ok(document)
}
