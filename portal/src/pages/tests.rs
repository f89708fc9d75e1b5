//! Every page renders in every state and both languages, and no word is missing.

use std::collections::{BTreeMap, BTreeSet};

use rocket_dyn_templates::tera::Context;

use super::{
    Activity, EmailChangeState, ErrorKind, ImpersonateState, OrderPageState, OrderState, PayState,
    ServiceState, StepKind, VerifyState, mail, samples, tera,
};
use crate::i18n::{self, Lang};

/// A locale folder as key → names of variables. Read as text, so that a broken entry is seen too.
fn locale(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let folder = format!("{}/locales/{lang}", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).unwrap() {
        let mut key = String::new();
        for line in std::fs::read_to_string(entry.unwrap().path()).unwrap().lines() {
            if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                key = line.split_once(" =").expect(line).0.to_owned();
                assert!(keys.insert(key.clone(), BTreeSet::new()).is_none(), "{lang}: {key} is there twice");
            }
            if line.starts_with('#') {
                continue;
            }
            for piece in line.split('$').skip(1) {
                let name: String =
                    piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                keys.get_mut(&key).expect(line).insert(name);
            }
        }
    }
    keys
}

/// Every file below `folder` with one of the endings, as text.
fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR")))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

#[test]
fn both_languages_say_the_same_things() {
    let (en, sw) = (locale(Lang::En), locale(Lang::Sw));
    for (key, names) in &en {
        assert_eq!(sw.get(key), Some(names), "{key} in Swahili");
    }
    for key in sw.keys() {
        assert!(en.contains_key(key), "{key} is in Swahili only");
    }
}

#[test]
fn every_key_that_a_template_or_the_code_names_exists() {
    let keys = locale(Lang::En);
    for (path, text) in sources("templates", &[".html", ".txt"]) {
        for start in [" k=\"", "label=\"", "hint=\"", "title=\""] {
            for piece in text.split(start).skip(1) {
                let (key, rest) = piece.split_once('"').unwrap();
                let whole =
                    !rest.trim_start().starts_with('~') && !key.is_empty() && !key.contains(['<', '{']);
                assert!(!whole || keys.contains_key(key), "{path}: {key}");
            }
        }
    }
    for (path, text) in sources("src", &[".rs"]) {
        // The function `t`, and none whose name ends so.
        let text = text.replace("layout(lang, \"", "");
        for piece in text.split("t(lang, \"").skip(1) {
            let key = piece.split('"').next().unwrap();
            let known = keys.contains_key(key) || (path.ends_with("i18n.rs") && key == "no-such-key");
            assert!(known, "{path}: {key}");
        }
        for start in ["problem-", "saved-"] {
            for piece in text.split(&format!("\"{start}")).skip(1) {
                let key = format!("{start}{}", piece.split('"').next().unwrap());
                assert!(
                    key.contains('{') || keys.contains_key(&key) || path.ends_with("tests.rs"),
                    "{path}: {key}"
                );
            }
        }
    }
}

#[test]
fn every_state_has_its_words() {
    let keys = locale(Lang::En);
    let name = |state: serde_json::Value| state.as_str().unwrap().to_owned();
    let mut wanted: Vec<String> = (1..=12).map(|month| format!("month-{month}")).collect();
    for state in PayState::ALL {
        assert_eq!(name(serde_json::to_value(state).unwrap()), state.code());
        wanted.extend([format!("pay-says-{}", state.code()), format!("pay-title-{}", state.code())]);
    }
    for kind in StepKind::ALL {
        wanted.push(format!("step-{}", name(serde_json::to_value(kind).unwrap())));
    }
    for state in OrderPageState::ALL {
        wanted.push(format!("order-page-{}", name(serde_json::to_value(state).unwrap())));
    }
    for state in OrderState::ALL {
        wanted.push(format!("order-state-{}", name(serde_json::to_value(state).unwrap())));
    }
    for state in ServiceState::ALL {
        wanted.push(format!("service-state-{}", name(serde_json::to_value(state).unwrap())));
    }
    for kind in ErrorKind::ALL {
        let name = name(serde_json::to_value(kind).unwrap());
        wanted.extend(["title", "head", "text"].map(|part| format!("error-{part}-{name}")));
    }
    for state in VerifyState::ALL {
        let name = name(serde_json::to_value(state).unwrap());
        wanted.extend(["title", "text"].map(|part| format!("verify-{part}-{name}")));
    }
    for state in EmailChangeState::ALL {
        let name = name(serde_json::to_value(state).unwrap());
        wanted.extend(["title", "text"].map(|part| format!("email-change-{part}-{name}")));
    }
    for state in ImpersonateState::ALL {
        let name = name(serde_json::to_value(state).unwrap());
        wanted.extend(["title", "text"].map(|part| format!("viewing-{part}-{name}")));
    }
    wanted.extend(Activity::KINDS.map(|kind| format!("activity-{kind}")));
    for reason in ["cancelled", "wrong_pin", "low_balance", "expired", "limit", "other"] {
        wanted.extend(["title", "text"].map(|part| format!("refused-{reason}-{part}")));
    }
    for key in wanted {
        assert!(keys.contains_key(&key), "{key}");
    }
}

#[test]
fn every_template_of_a_page_has_a_sample() {
    let shown: BTreeSet<&str> = samples::all(Lang::En).iter().map(|sample| sample.template).collect();
    for (path, text) in sources("templates", &[".html"]) {
        let (folder, name) = path.rsplit_once('/').unwrap();
        if text.starts_with("{% extends") && folder.ends_with("templates") && !name.starts_with("layout_") {
            assert!(shown.contains(name), "{name}");
        }
    }
}

#[test]
fn no_id_is_on_a_page_twice() {
    let tera = tera().unwrap();
    for sample in samples::all(Lang::En) {
        let page = tera.render(sample.template, &Context::from_value(sample.context).unwrap()).unwrap();
        let mut ids = BTreeSet::new();
        for piece in page.split(" id=\"").skip(1) {
            let id = piece.split('"').next().unwrap();
            assert!(ids.insert(id), "{}: {id}", sample.name);
        }
        for piece in page.split(" href=\"#").skip(1) {
            let id = piece.split('"').next().unwrap();
            assert!(ids.contains(id), "{}: a link to {id}", sample.name);
        }
    }
}

#[test]
fn every_page_renders_in_both_languages() {
    let tera = tera().unwrap();
    for lang in Lang::ALL {
        for sample in samples::all(lang) {
            let context = Context::from_value(sample.context).unwrap();
            let page = tera
                .render(sample.template, &context)
                .unwrap_or_else(|error| panic!("{lang}/{}: {error:?}", sample.name));
            assert!(page.starts_with("<!doctype html>"), "{lang}/{}", sample.name);
            assert!(!page.contains(" style=") && !page.contains(" onclick"), "{lang}/{}", sample.name);
            assert_eq!(page.matches("<h1").count(), 1, "{lang}/{}", sample.name);
        }
    }
    let missing: Vec<_> = i18n::missing().into_iter().filter(|key| key != "sw/no-such-key").collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What staff in a customer's place may send; the request guard refuses all else.
const LOOKS: [&str; 4] =
    ["/impersonate/stop", "/language", "/me/services/provision-latest", "/me/services/provision/"];
/// Pages that staff in a customer's place do not come to.
const CLOSED: [&str; 10] = [
    "login.html",
    "register.html",
    "forgot.html",
    "reset.html",
    "email_change.html",
    "verify.html",
    "code.html",
    "confirm.html",
    "delete.html",
    "impersonate.html",
];

#[test]
fn staff_in_a_customer_s_place_are_offered_nothing_that_is_refused_to_them() {
    let tera = tera().unwrap();
    for mut sample in samples::all(Lang::En) {
        if CLOSED.contains(&sample.template) {
            continue;
        }
        // Only an answer to a refused form shows these.
        for shown_once in ["recovery_codes", "revealed"] {
            if sample.context["page"].get(shown_once).is_some() {
                sample.context["page"][shown_once] = serde_json::Value::Null;
            }
        }
        // Impersonation needs an account.
        if sample.template == "checkout.html" {
            sample.context["page"]["known"] =
                serde_json::json!({ "name": "Neema Mushi", "email": "neema.mushi@gmail.com" });
        }
        sample.context["layout"]["impersonating"] =
            serde_json::json!({ "name": "Neema Mushi", "until": samples::NOW });
        let page = tera.render(sample.template, &Context::from_value(sample.context).unwrap()).unwrap();
        assert!(page.contains("strip-view"), "{}: no banner", sample.name);
        for form in page.split("<form").skip(1) {
            let tag = form.split('>').next().unwrap();
            let action = tag.split("action=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            let sent = tag.contains("method=\"post\"");
            assert!(!sent || LOOKS.iter().any(|look| action.starts_with(look)), "{}: {action}", sample.name);
        }
        assert!(!page.contains("otpauth:") && !page.contains("type=\"password\""), "{}", sample.name);
    }
}

#[test]
fn every_mail_says_the_same_in_text_and_html() {
    let tera = tera().unwrap();
    for lang in Lang::ALL {
        for (name, mail) in samples::mails() {
            let mail = mail::render(&tera, &mail, lang, &samples::site()).unwrap();
            assert!(!mail.subject.is_empty() && !mail.text.contains("&#"), "{name}: {}", mail.text);
            let head = mail.text.lines().next().unwrap();
            assert!(mail.html.contains(head), "{name}: {head}");
        }
    }
}

#[test]
fn what_people_type_is_escaped() {
    let tera = tera().unwrap();
    let mut layout = samples::layout(Lang::En, "/login?next=\"><script>");
    layout.impersonating =
        Some(super::Viewing { name: "<script>alert(1)</script>".to_owned(), until: samples::NOW });
    let page = super::Login { email: "\"><script>".to_owned(), ..super::Login::default() };
    let context = Context::from_value(super::context(&layout, &page)).unwrap();
    let html = tera.render("login.html", &context).unwrap();
    assert_eq!(html.matches("<script").count(), 1, "only our own file: {html}");
}
