//! What the source does not do: start programs, build scripts or markup from text, take randomness from
//! elsewhere than the system, read a body without a deadline.
use super::{
    expect_none,
    reader::{Source, files},
};

/// Where one of the words stands, outside comments and literals.
fn with_words(sources: Vec<Source>, words: &[&str]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in sources {
        for word in words.iter().filter(|word| file.code.contains(**word)) {
            findings.push(format!("{}: {word}", file.path));
        }
    }
    findings
}

#[test]
fn the_portal_starts_no_program() {
    let findings =
        with_words(files(&["core/src", "portal/src"], &["rs"]), &["Command::new", "process::Command"]);
    expect_none(&findings, "programs that are started");
}

#[test]
fn no_script_or_markup_is_made_from_text() {
    // Icons and a QR code of our own making; a page of ours, fetched again.
    const OWN: [&str; 3] = [
        "portal/static/portal.js: innerHTML",
        "portal/templates/security.html: | safe",
        "ui/src/App.svelte: {@html",
    ];
    let words = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"];
    let scripts = files(&["portal/static", "ui/src"], &["js", "ts", "svelte"]);
    let mut findings = with_words(scripts, &words);
    for file in files(&["portal/templates", "ui/src"], &["html", "svelte"]) {
        let unescaped = ["| safe", "|safe", "{@html", "x-html"];
        let found = unescaped.into_iter().filter(|word| file.text.contains(word));
        findings.extend(found.map(|word| format!("{}: {word}", file.path)));
    }
    findings.retain(|finding| !OWN.contains(&finding.as_str()));
    expect_none(&findings, "markup that is not escaped, and scripts that are built");
}

#[test]
fn templates_come_from_files_only() {
    let words = ["one_off", "render_str", "add_raw_template("];
    expect_none(&with_words(files(&["core/src", "portal/src"], &["rs"]), &words), "templates from text");
}

#[test]
fn randomness_is_the_system_s() {
    let words = ["thread_rng", "fastrand", "rand::", "SmallRng", "StdRng"];
    let findings = with_words(files(&["core/src", "portal/src", "desktop/src"], &["rs"]), &words);
    expect_none(&findings, "random numbers that are not the system's");
}

#[test]
fn bodies_are_read_within_the_deadline_only() {
    // The request guard looks at the first field's name, which Rocket has read; the server sets limits.
    const OTHERS: [&str; 3] =
        ["portal/src/guards/body.rs", "portal/src/fairings/request_guard.rs", "portal/src/server.rs"];
    let sources: Vec<Source> = files(&["portal/src"], &["rs"]);
    let sources = sources.into_iter().filter(|file| !OTHERS.contains(&file.path.as_str())).collect();
    let words = ["form::Form\n", "form::Form,", "form::Form;", "form::{Form", "ToByteUnit", "TempFile"];
    expect_none(&with_words(sources, &words), "bodies that are read without a deadline");
}

#[test]
fn passwords_are_masked_and_can_be_pasted() {
    let mut findings = Vec::new();
    for file in files(&["portal/templates", "ui/src"], &["html", "svelte"]) {
        if file.text.to_lowercase().contains("onpaste") {
            findings.push(format!("{}: onpaste", file.path));
        }
        for field in file.text.split("ui::field(").skip(1).filter_map(|rest| rest.split_once(')')) {
            let field = field.0;
            let is_password = ["id=\"password\"", "id=\"current\"", "id=\"account_password\""];
            let masked = field.contains("type=\"password\"") && field.contains("-password\"");
            if is_password.iter().any(|id| field.contains(id)) && !masked {
                findings.push(format!("{}: {field}", file.path));
            }
        }
    }
    expect_none(&findings, "password fields that show their text or stop password managers");
}
