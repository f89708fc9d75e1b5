//! The rules of `docs/` and of the house style that the compiler does not check, checked by reading the
//! source.
mod asvs;
mod circles;
mod hazards;
mod names;
mod reader;
mod releases;
mod signatures;

use reader::{Source, files};

/// What is not yet as the rules ask: a check and the path, or the beginning of the path, that it skips.
const EXCEPTIONS: &[(&str, &str)] = &[];

const MAX_LINES: usize = 400;
const MAX_CHARACTERS: usize = 110;

/// The files of these folders with one of these extensions, without generated ones and exceptions.
fn checked(check: &str, folders: &[&str], extensions: &[&str]) -> Vec<Source> {
    let is_exempt = |path: &str| EXCEPTIONS.iter().any(|(of, start)| *of == check && path.starts_with(start));
    files(folders, extensions).into_iter().filter(|file| !is_exempt(&file.path)).collect()
}

/// Fails with all findings, so that one run shows them all.
fn expect_none(findings: &[String], rule: &str) {
    assert!(findings.is_empty(), "{rule}:\n  {}", findings.join("\n  "));
}

#[test]
fn every_file_is_read_in_one_sitting() {
    let mut findings = Vec::new();
    for file in checked("length", &["."], &["rs", "ts", "svelte", "mjs", "css", "sql"]) {
        let count = file.text.lines().count();
        if count > MAX_LINES {
            findings.push(format!("{}: {count} lines", file.path));
        }
        for (number, line) in file.text.lines().enumerate() {
            let length = line.chars().count();
            if length > MAX_CHARACTERS {
                findings.push(format!("{}:{}: {length} characters", file.path, number + 1));
            }
        }
    }
    expect_none(&findings, "at most 400 lines a file and 110 characters a line");
}

#[test]
fn sql_and_sqlx_are_in_the_store_only() {
    let mut findings = Vec::new();
    for file in checked("sql", &["core/src", "portal/src", "desktop/src"], &["rs"]) {
        if file.path.starts_with("core/src/store/") {
            continue;
        }
        for literal in &file.literals {
            if is_statement(literal) {
                let start: String = literal.trim().chars().take(50).collect();
                findings.push(format!("{}: {start}", file.path));
            }
        }
        if file.words().any(|word| word == "sqlx") {
            findings.push(format!("{}: sqlx", file.path));
        }
    }
    expect_none(&findings, "SQL and sqlx outside core/src/store");
}

/// Whether a text is an SQL statement.
fn is_statement(literal: &str) -> bool {
    let text = literal.trim().to_lowercase();
    let has = |start: &str, word: &str| text.starts_with(start) && text.contains(word);
    has("select ", " from ")
        || has("update ", " set ")
        || text.starts_with("insert into ")
        || text.starts_with("delete from ")
        || text.starts_with("create table ")
}

#[test]
fn the_store_stays_behind_ops() {
    let mut findings = Vec::new();
    for file in checked("signatures", &["core/src/ops"], &["rs"]) {
        findings.extend(signatures::store_types(&file));
    }
    expect_none(&findings, "store types in public signatures of ops");
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let mut findings = Vec::new();
    for root in ["core/src", "portal/src", "desktop/src"] {
        findings.extend(circles::of(root, &checked("circles", &[root], &["rs"])));
    }
    expect_none(&findings, "circles between modules");
}

#[test]
fn code_uses_the_standard_names() {
    let mut findings = Vec::new();
    for (folders, private) in names::PRIVATE {
        for file in checked("names", folders, &["rs", "ts", "svelte", "mjs"]) {
            for word in file.words().filter(|word| private.contains(word)) {
                let finding = format!("{}: {word}", file.path);
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
        }
    }
    expect_none(&findings, "names that have a standard term");
}

#[test]
fn the_domain_does_no_input_or_output() {
    let mut findings = Vec::new();
    let foreign =
        ["sqlx", "serde", "tokio", "reqwest", "rocket", "async", "store", "ops", "gateway", "panel"];
    for file in checked("domain", &["core/src/domain"], &["rs"]) {
        let uses = circles::paths(&file.code).into_iter().filter_map(|path| {
            let first = if path[0] == "crate" { path.get(1) } else { path.first() };
            first.filter(|name| foreign.contains(&name.as_str())).cloned()
        });
        findings.extend(uses.map(|name| format!("{}: {name}", file.path)));
    }
    expect_none(&findings, "imports of the domain");
}

#[test]
fn the_documentation_names_paths_that_exist() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut findings = Vec::new();
    for page in checked("documentation", &["."], &["md"]) {
        for quoted in page.text.split('`').skip(1).step_by(2) {
            let is_path =
                quoted.contains('/') && quoted.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
            let first = quoted.split('/').next().unwrap_or_default();
            let is_ours = ["core", "portal", "desktop", "ui", "tests", "migrations", "docs"].contains(&first);
            if is_path && is_ours && !root.join(quoted).exists() && !quoted.starts_with("ui/dist") {
                findings.push(format!("{}: {quoted}", page.path));
            }
        }
    }
    expect_none(&findings, "paths in the documentation that are not there");
}
