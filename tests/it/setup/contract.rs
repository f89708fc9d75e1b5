//! The panel's contract in its variants: the older one, key in place of password, plans by another name.
use super::{creates, login, opens, service, steps};
use hollyn_portal::sandbox::panel::{JournalEntry, PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp};

const OLDER: (&str, &str) = ("WEBUZO_CREATE_PATH", "/index.php?api=json&act=adduser");

fn created(app: &TestApp) -> JournalEntry {
    let journal = app.sim().panel.journal();
    journal.into_iter().rfind(|entry| entry.call == PanelCall::Create).expect("a create call")
}

/// Rule domain-is-best-effort: under the older contract the domain is a step of its own, and its failure is
/// noted and no more.
#[tokio::test]
async fn a_failed_add_domain_does_not_fail_the_set_up() {
    let app = TestApp::with(&[OLDER]).await;
    let text = PanelFault::ErrorText { text: "Could not add the domain".into(), after_acting: false };
    let faults = [text, PanelFault::TimeoutBeforeActing, PanelFault::Http(500), PanelFault::LoginPage];
    for (n, fault) in (1..).zip(faults) {
        app.sim().panel.next_on(PanelCall::AddDomain, fault.clone());
        let (_, uuid) = app.paid_order(&Buyer::nth(n)).await;
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active", "{fault:?}");
        let steps = steps(&app, uuid).await;
        let noted = steps.iter().find(|step| step.starts_with("add_domain"));
        assert!(
            matches!(noted.map(String::as_str), Some("add_domain failed" | "add_domain unknown")),
            "{steps:?}"
        );
        assert!(opens(&app, uuid).await, "{fault:?}");
    }
    let fields = created(&app).fields;
    for field in ["act", "user", "username", "password", "package"] {
        assert!(fields.contains_key(field), "{field} in {fields:?}");
    }
    assert_eq!(fields["act"], "adduser");
}

/// Rule panel-is-looked-at, domain-is-best-effort: the older contract makes accounts without a domain; a lost
/// answer leaves one, and it is ours.
#[tokio::test]
async fn an_account_without_a_domain_is_ours_by_its_email() {
    let app = TestApp::with(&[OLDER]).await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::TimeoutBeforeActing);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    app.sim().panel.own("kahawaki", "", "neema.mushi@example.com");
    app.advance(10);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("active succeeded active", 1));
    assert!(opens(&app, uuid).await);
    assert_eq!(app.sim().panel.accounts().len(), 1);
}

/// The usual contract has the domain in its first call, and no second one.
#[tokio::test]
async fn the_usual_contract_adds_no_domain() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert!(opens(&app, uuid).await);
    let entry = created(&app);
    assert_eq!(
        (entry.fields["act"].as_str(), entry.fields["domain"].as_str()),
        ("add_user", "kahawakibo.co.tz")
    );
    assert_eq!(entry.fields["email"], "neema.mushi@example.com");
    assert_eq!(app.sim().panel.calls(PanelCall::AddDomain), 0);
}

/// With `WEBUZO_AUTH=key` everything works, and the key stands in no address.
#[tokio::test]
async fn set_up_works_with_an_api_key_in_no_address() {
    let vars = [("WEBUZO_AUTH", "key"), ("WEBUZO_API_KEY", "sandbox"), ("WEBUZO_ADMIN_PASS", "")];
    let app = TestApp::with(&vars).await;
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert!(opens(&app, uuid).await);
    assert!(browser.get("/me/panel").await.location.contains("ticket="));
}

/// Our plan is found on the panel by the map, else by its slug, else by its name; else it is the default one.
#[tokio::test]
async fn the_panel_plan_is_found_by_map_slug_name_or_default() {
    for (map, default, plan, expected) in [
        ("", "Hollyn Lite", "hollyn-boost", "hollyn-boost"),
        ("hollyn-boost:Hollyn Max", "Hollyn Lite", "hollyn-boost", "hollyn-max"),
        ("hollyn-boost:hollyn-grow", "Hollyn Lite", "hollyn-boost", "hollyn-grow"),
        ("hollyn-boost:Hollyn Gone", "Hollyn Lite", "hollyn-boost", "hollyn-boost"),
        ("hollyn-lite:Hollyn Max", "Hollyn Lite", "hollyn-boost", "hollyn-boost"),
    ] {
        let app = TestApp::with(&[("WEBUZO_PLAN_MAP", map), ("WEBUZO_DEFAULT_PACKAGE", default)]).await;
        let (_, uuid) = app.paid_order(&Buyer { plan, ..Buyer::default() }).await;
        app.work().await;
        let account = app.sim().panel.account(&login(&app, &service(app.view(uuid).await)).await.0).unwrap();
        assert_eq!(account.plan, expected, "{map}");
    }
}
