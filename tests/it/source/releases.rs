//! What a release is made with: the workflows, the updater's configuration, and the files of `portal/deploy`.
use super::expect_none;
use serde_json::Value;
use std::{fs, path::Path};

fn text(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn workflows() -> [(&'static str, String); 2] {
    [".github/workflows/ci.yml", ".github/workflows/release.yml"].map(|path| (path, text(path)))
}

/// The steps of a workflow, each with all of its lines.
fn steps(workflow: &str) -> Vec<&str> {
    workflow.split("\n      - ").skip(1).collect()
}

#[test]
fn actions_are_pinned_by_the_hash_of_a_commit() {
    let mut findings = Vec::new();
    for (path, workflow) in workflows() {
        for line in workflow.lines().filter(|line| line.contains("uses: ")) {
            let action = line.split("uses: ").nth(1).unwrap_or_default();
            let reference = action.split('@').nth(1).unwrap_or_default();
            let hash = reference.split(' ').next().unwrap_or_default();
            let is_hash = hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !is_hash || !reference.contains(" # ") {
                findings.push(format!("{path}: {action}"));
            }
        }
    }
    expect_none(&findings, "actions without a commit's hash and the version behind it");
}

#[test]
fn secrets_are_in_the_environment_of_the_signing_step_only() {
    let mut with_secrets = Vec::new();
    for (path, workflow) in workflows() {
        let head = workflow.split("\n      - ").next().unwrap_or_default();
        assert!(!head.contains("secrets."), "{path}");
        with_secrets
            .extend(steps(&workflow).into_iter().filter(|step| step.contains("secrets.")).map(str::to_owned));
    }
    let [step] = &with_secrets[..] else { panic!("{} steps have secrets", with_secrets.len()) };
    assert!(step.contains("signer sign --app-version"), "{step}");
    for builds in ["npm", "npx", "cargo", "tauri build", "uses:"] {
        assert!(!step.contains(builds), "the signing step runs {builds}");
    }
    let release = text(".github/workflows/release.yml");
    assert!(release.contains("--no-sign"), "the build does not sign");
}

#[test]
fn only_the_job_that_publishes_may_write() {
    let (ci, release) = (text(".github/workflows/ci.yml"), text(".github/workflows/release.yml"));
    for workflow in [&ci, &release] {
        assert!(workflow.contains("\npermissions:\n  contents: read\n"));
        assert_eq!(
            workflow.matches("actions/checkout@").count(),
            workflow.matches("persist-credentials: false").count()
        );
    }
    assert!(!ci.contains(": write"));
    let publishing = release.split("\n  draft:\n").nth(1).expect("the job");
    assert_eq!(release.matches(": write").count(), 1);
    assert!(publishing.contains("      contents: write\n"));
    assert!(!release.contains("actions/cache@"), "a release is built from nothing that another run left");
}

#[test]
fn npm_runs_no_scripts_of_packages() {
    let mut findings = Vec::new();
    for (path, workflow) in workflows() {
        let installs =
            workflow.lines().filter(|line| line.contains("npm ci") || line.contains("npm install"));
        findings.extend(
            installs.filter(|line| !line.contains("--ignore-scripts")).map(|line| format!("{path}: {line}")),
        );
    }
    for folder in ["ui", "portal", "tests/browser", "tests/desktop"] {
        if !text(&format!("{folder}/.npmrc")).lines().any(|line| line == "ignore-scripts=true") {
            findings.push(format!("{folder}/.npmrc"));
        }
    }
    expect_none(&findings, "installations that run scripts");
}

#[test]
fn the_updater_takes_signed_newer_versions_only() {
    let config: Value = serde_json::from_str(&text("desktop/updates.json")).expect("JSON");
    let updater = &config["plugins"]["updater"];
    assert_eq!(updater["requireSignedVersion"], true);
    assert_eq!(updater["allowDowngrades"], false);
    assert!(text(".github/workflows/release.yml").contains("--features updates --config updates.json"));
    assert!(text("desktop/src/update.rs").contains("release.version > current"));
    for path in ["desktop/updates.json", "desktop/tauri.conf.json", ".github/workflows/release.yml"] {
        assert!(!text(path).contains("dangerous"), "{path}");
    }
}

#[test]
fn the_unit_bounds_descriptors_and_rights() {
    let unit = text("portal/deploy/hollyn-portal.service");
    let value = |name: &str| {
        let line = unit.lines().find(|line| line.split('=').next() == Some(name));
        line.and_then(|line| line.split_once('=')).map(|(_, value)| value)
    };
    assert!(value("LimitNOFILE").and_then(|number| number.parse().ok()).is_some_and(|n: u32| n >= 8192));
    for (name, expected) in [
        ("UMask", "0077"),
        ("StateDirectoryMode", "0700"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("ProtectSystem", "strict"),
        ("MemoryDenyWriteExecute", "yes"),
        ("LimitCORE", "0"),
    ] {
        assert_eq!(value(name), Some(expected), "{name}");
    }
}

#[test]
fn the_fronts_set_the_header_that_they_say_the_portal_reads() {
    for (path, line) in [
        ("portal/deploy/nginx.conf", "proxy_set_header X-Real-IP $remote_addr;"),
        ("portal/deploy/Caddyfile", "header_up X-Real-IP {remote_host}"),
    ] {
        let front = text(path);
        assert!(front.contains("APP_PROXY_HEADER=X-Real-IP") && front.contains(line), "{path}");
    }
}
