//! The set-up's log: every step, both sides' words, and no secret in any of them.
use super::{login, service, staff, steps};
use hollyn_core::domain::provisioning::{ProvisioningStep as P, StepStatus};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Rule steps-are-logged: each step is there, in its order, with its request and its answer.
#[tokio::test]
async fn the_log_has_each_step_with_request_and_response() {
    let app = TestApp::start().await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::NoWord { after_acting: true });
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    let expected = [
        "status_update provisioning",
        "reserve done",
        "look done",
        "create_user sent",
        "create_user unknown",
        "look done",
        "set_password done",
        "look done",
        "status_update active",
    ];
    assert_eq!(steps(&app, uuid).await, expected);
    let view = app.view(uuid).await;
    for step in view.steps {
        let call =
            matches!(step.step, P::Look | P::CreateUser | P::SetPassword) && step.status != StepStatus::Sent;
        assert_eq!((step.request.is_some(), step.response.is_some()), (call, call), "{step:?}");
        assert_eq!(step.is_success, step.status != StepStatus::Unknown, "{step:?}");
        assert!(!step.message.is_empty());
    }
}

/// Every file of the portal's data in which one of the words stands.
fn leaks(app: &TestApp, words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(app.dir()).expect("the data folder") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a file that can be read");
        let holds = |word: &&String| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        found.extend(words.iter().filter(holds).map(|word| format!("{word} in {}", path.display())));
    }
    found
}

/// The spellings in which a password could come back from the panel.
fn spellings(secret: &str) -> Vec<String> {
    let form = reqwest::Url::parse_with_params("http://h/", [("", secret)]).expect("an address");
    let form = form.query().unwrap_or_default().trim_start_matches('=').to_owned();
    vec![secret.to_owned(), form]
}

/// Rule steps-are-logged: the panel says our password in its error, which goes into the log, the list of what
/// needs a person, the job and a mail to staff: masked in all of them.
#[tokio::test]
async fn a_password_in_the_panels_error_is_masked_everywhere() {
    let app = TestApp::start().await;
    staff(&app).await;
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    app.sim().panel.away(false);
    let (username, password) = login(&app, &service(app.view(uuid).await)).await;
    for seconds in [10, 60] {
        let text = format!("The password {password} of {username} is too weak");
        app.sim().panel.next_on(PanelCall::Create, PanelFault::ErrorText { text, after_acting: false });
        app.advance(seconds);
        app.work().await;
    }
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    assert!(app.attention().await[0].details.contains("The password ******** of kahawaki is too weak"));
    assert_eq!(leaks(&app, &spellings(&password)), Vec::<String>::new());
    for mail in app.sim().mailbox.mails() {
        assert!(!mail.text.contains(&password) && !mail.html.unwrap_or_default().contains(&password));
    }
}

/// A panel that shows no account and answers everything else with all that it was sent, and with the
/// administrator's password. Its address, and what it heard.
async fn parrot(secret: &'static str) -> (String, Arc<Mutex<String>>) {
    let memory = Arc::new(Mutex::new(String::new()));
    let kept = memory.clone();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let kept = kept.clone();
            tokio::spawn(async move {
                let (mut heard, mut buffer) = (String::new(), [0; 4096]);
                while !is_whole(&heard) {
                    match stream.read(&mut buffer).await {
                        Ok(0) | Err(_) => return,
                        Ok(n) => heard.push_str(&String::from_utf8_lossy(&buffer[..n])),
                    }
                }
                kept.lock().expect("not poisoned").push_str(&heard);
                let body = if heard.contains("search=") {
                    r#"{"users":[]}"#.to_owned()
                } else if heard.contains("act=plans") {
                    r#"{"plans":[]}"#.to_owned()
                } else {
                    serde_json::json!({ "error": [heard, secret] }).to_string()
                };
                let head =
                    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                // The portal may have hung up; it is a test of what it keeps, not of this.
                stream.write_all(format!("{head}{body}").as_bytes()).await.ok();
            });
        }
    });
    (format!("http://{address}"), memory)
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    body.len() >= length.and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

/// Rule steps-are-logged: a panel that repeats every word it hears gets neither the account's nor the
/// administrator's secret into our files: not as text, not as a form's field, not as the header's token.
#[tokio::test]
async fn repeated_secrets_are_masked_in_every_encoding() {
    let secret = "Siri/ya \"msimamizi\" +1";
    for auth in ["basic", "key"] {
        let (url, heard) = parrot(secret).await;
        let vars = [
            ("WEBUZO_API_URL", url.as_str()),
            ("WEBUZO_AUTH", auth),
            ("WEBUZO_ADMIN_USER", "msimamizi"),
            ("WEBUZO_ADMIN_PASS", secret),
            ("WEBUZO_API_KEY", secret),
            ("PROVISION_TRIES", "1"),
        ];
        let app = TestApp::with(&vars).await;
        staff(&app).await;
        let (_, uuid) = app.paid_order(&Buyer::default()).await;
        app.work().await;
        assert_eq!(app.states(uuid).await, "paid succeeded failed");
        let response = app.view(uuid).await.steps.into_iter().rev().find_map(|step| step.response).unwrap();
        assert!(response.contains("kahawakibo.co.tz") && response.contains("********"), "{response}");
        let password = login(&app, &service(app.view(uuid).await)).await.1;
        let mut words = spellings(secret);
        words.extend(spellings(&password));
        let heard = heard.lock().unwrap().clone();
        let token =
            heard.lines().find_map(|line| line.split_once("Basic ")).map(|(_, token)| token.to_owned());
        assert_eq!(token.is_some(), auth == "basic", "{heard}");
        words.extend(token);
        words.push("ya \\\"msimamizi".into());
        assert_eq!(leaks(&app, &words), Vec::<String>::new(), "{auth}");
        for mail in app.sim().mailbox.mails() {
            let all = format!("{} {} {}", mail.subject, mail.text, mail.html.unwrap_or_default());
            assert!(!words.iter().any(|word| all.contains(word)), "{}", mail.subject);
        }
    }
}

/// Rule steps-are-logged: in a purchase without any trouble the password is in the portal's files only
/// sealed.
#[tokio::test]
async fn the_panel_password_is_stored_only_sealed() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    let (browser, uuid) = app.paid_order(&buyer).await;
    app.work().await;
    browser.get("/me/panel").await;
    let service = service(app.view(uuid).await);
    let fields = [("password", buyer.password.clone())];
    assert_eq!(browser.post(&format!("/me/services/{}/reveal", service.id), &fields).await.status, 200);
    let mut words = spellings(&login(&app, &service).await.1);
    words.push(buyer.password);
    assert_eq!(leaks(&app, &words), Vec::<String>::new());
}
