//! Webuzo's contract.

use rocket::http::Header;
use serde_json::{Value, json};

use super::{World, form, sent, sent_json};
use crate::sandbox::panel::{PanelCall, PanelFault};

/// `sandbox:sandbox`.
const BASIC: &str = "Basic c2FuZGJveDpzYW5kYm94";
const CREATE: &str = "create_user=1&user=juma1234&user_passwd=Zx9-kuTaMbo!44q&cnf_user_passwd=Zx9-kuTaMbo!44q\
    &domain=juma.co.tz&email=juma%40example.co.tz&plan=hollyn-boost&billing_prefill=1";

impl World {
    async fn call(&self, port: &str, query: &str, body: &str) -> Value {
        let path = format!("/sandbox/webuzo/{port}/index.php?api=json&{query}");
        let request =
            self.client.post(path).header(form()).header(Header::new("authorization", BASIC)).body(body);
        let (status, said) = sent_json(request).await;
        assert_eq!(status, 200);
        said
    }

    async fn admin(&self, act: &str, body: &str) -> Value {
        self.call("admin", &format!("act={act}"), body).await
    }
}

fn failed(said: &Value) -> bool {
    said["done"].is_null() && !said["error"].is_null() && said["error"] != json!([])
}

#[rocket::async_test]
async fn an_account_lives_its_life() {
    let world = World::new().await;
    assert_eq!(
        world.admin("users", "search=juma").await["users"],
        json!([]),
        "an empty map, as PHP sends it"
    );
    let said = world.admin("add_user", CREATE).await;
    assert!(said["done"]["msg"].is_string() && !failed(&said), "{said}");
    assert!(world.sandbox.panel.logins("juma1234", "Zx9-kuTaMbo!44q"));

    let users = world.admin("users", "search=juma1").await["users"].clone();
    let account = &users["juma1234"];
    assert_eq!((&account["user"], &account["domain"]), (&json!("juma1234"), &json!("juma.co.tz")));
    assert_eq!((&account["email"], &account["plan"]), (&json!("juma@example.co.tz"), &json!("hollyn-boost")));
    assert!(account.get("status").is_none() && account["resource"]["disk"].is_object());

    assert!(world.admin("users", "suspend=juma1234").await["done"].is_object());
    assert_eq!(world.admin("users", "search=juma1234").await["users"]["juma1234"]["status"], "suspended");
    assert!(failed(&world.call("enduser", "act=sso&noip=1&loginAs=juma1234", "").await));
    assert!(world.admin("users", "unsuspend=juma1234").await["done"].is_object());

    let edit = "edit_user=1&user=juma1234&user_name=juma1234&domain=juma.co.tz&email=j%40x.tz&plan=hollyn-max\
        &user_passwd=Another-1-Secret&cnf_user_passwd=Another-1-Secret";
    assert!(world.admin("add_user", edit).await["done"].is_object());
    assert!(world.sandbox.panel.logins("juma1234", "Another-1-Secret"));

    let sso = world.call("enduser", "act=sso&noip=1&loginAs=juma1234", "").await;
    let url = sso["done"]["url"].as_str().unwrap();
    let (origin, ticket) = url.split_once("/sandbox/panel?ticket=").unwrap();
    assert!(origin.starts_with("http://"));
    assert_eq!(world.sandbox.panel.redeem(ticket).unwrap().user, "juma1234");
    assert!(world.sandbox.panel.redeem(ticket).is_none(), "a ticket opens once");

    let addon = "add=1&domain_type=addon&domain=duka.co.tz&domainpath=public_html/duka";
    assert!(world.call("enduser", "act=domainadd&loginAs=juma1234", addon).await["done"].is_object());
    assert_eq!(world.admin("users", "delete_user=juma1234").await["done"], 1);
    assert!(world.sandbox.panel.accounts().is_empty());
    let passwords = format!("{:?}", world.sandbox.panel.journal());
    assert!(!passwords.contains("Zx9-kuTaMbo") && !passwords.contains("Another-1"), "masked");
}

#[rocket::async_test]
async fn strangers_get_the_login_page() {
    let world = World::new().await;
    let path = "/sandbox/webuzo/admin/index.php?api=json&act=plans";
    let (status, page) = sent(world.client.post(path).header(form())).await;
    assert_eq!(status, 200);
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Login"));
    let in_the_body = world.client.post(path).header(form()).body("apiuser=sandbox&apikey=sandbox");
    assert_eq!(sent_json(in_the_body).await.1["plans"]["hollyn-lite"]["plan_name"], "Hollyn Lite");
    let in_the_address = world.client.post(format!("{path}&apiuser=sandbox&apikey=sandbox")).header(form());
    assert!(sent(in_the_address).await.1.contains("Login"));
}

#[rocket::async_test]
async fn the_panel_has_rules_of_its_own() {
    let world = World::new().await;
    world.sandbox.panel.own("asha", "asha.co.tz", "asha@example.co.tz");
    let with = |from: &str, to: &str| CREATE.replace(from, to);
    for wrong in [
        with("user=juma1234", "user=asha"),
        with("user=juma1234", "user=root"),
        with("user=juma1234", "user=1juma"),
        with("user=juma1234", "user=jumajuma1"),
        with("domain=juma.co.tz", "domain=asha.co.tz"),
        with("domain=juma.co.tz", "domain=juma"),
        with("hollyn-boost", "gold"),
        with("Zx9-kuTaMbo!44q", "short-1A"),
        with("Zx9-kuTaMbo!44q", "Zx9-juma1234!44q"),
        with("&cnf_user_passwd=Zx9", "&cnf_user_passwd=Yx9"),
    ] {
        let said = world.admin("add_user", &wrong).await;
        assert!(failed(&said), "{wrong}: {said}");
    }
    assert_eq!(world.sandbox.panel.accounts().len(), 1);
    assert_eq!(world.sandbox.panel.calls(PanelCall::Create), 10);
}

#[rocket::async_test]
async fn the_laravel_road_works_in_two_steps() {
    let world = World::new().await;
    let add = "username=juma1234&password=Zx9-kuTaMbo!44q&package=Hollyn%20Lite&email=j%40x.tz";
    assert!(world.admin("adduser", add).await["done"].is_object());
    assert!(world.admin("add_domain", "username=juma1234&domain=juma.co.tz").await["done"].is_object());
    assert_eq!(world.admin("add_domain", "username=juma1234&domain=juma.co.tz").await["done"], 1);
    let account = world.sandbox.panel.account("juma1234").unwrap();
    assert_eq!((account.domain.as_str(), account.plan.as_str()), ("juma.co.tz", "hollyn-lite"));
}

#[rocket::async_test]
async fn it_can_act_and_say_something_else() {
    let world = World::new().await;
    let panel = &world.sandbox.panel;
    panel.next_on(PanelCall::Create, PanelFault::NoWord { after_acting: true });
    panel.next_on(PanelCall::Look, PanelFault::ErrorText { text: "Busy".into(), after_acting: false });
    assert_eq!(world.admin("users", "search=x").await["error"], json!(["Busy"]));
    let said = world.admin("add_user", CREATE).await;
    assert!(said["done"].is_null() && said["error"].is_null());
    assert_eq!(panel.accounts().len(), 1);
    panel.next(PanelFault::LoginPage);
    let path = "/sandbox/webuzo/admin/index.php?api=json&act=plans";
    let request = || world.client.post(path).header(form()).header(Header::new("authorization", BASIC));
    assert!(sent(request()).await.1.contains("Login"));
    panel.next(PanelFault::TimeoutBeforeActing);
    assert_eq!(sent(request()).await.0, 504);
    panel.away(true);
    assert_eq!(sent(request()).await.0, 503);
}
