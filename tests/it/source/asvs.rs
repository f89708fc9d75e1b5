//! `docs/security.md` names a test for each requirement that it says is met.
use super::expect_none;
use std::{collections::BTreeSet, path::Path};

const PAGE: &str = "docs/security.md";

/// The requirements that the table is about: their numbers, and what shows each.
fn rows() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = std::fs::read_to_string(root.join(PAGE)).expect("the page is there");
    let cells = |line: &str| line.split(" | ").map(str::to_owned).collect::<Vec<_>>();
    page.lines()
        .filter_map(|line| line.strip_prefix("| V")?.strip_suffix(" |").map(cells))
        .map(|cells| {
            assert_eq!(cells.len(), 3, "{cells:?}");
            (cells[0].clone(), cells[2].clone())
        })
        .collect()
}

/// The names of all tests in Rust, and the paths of all tests in JavaScript.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in super::reader::files(&["tests", "core/src", "portal/src", "desktop"], &["rs", "mjs"]) {
        if file.path.ends_with(".test.mjs") {
            names.insert(file.path);
            continue;
        }
        for attribute in ["#[test]", "#[tokio::test"] {
            let functions = file.text.split(attribute).skip(1).filter_map(|rest| rest.split_once("fn "));
            names.extend(functions.filter_map(|(_, rest)| Some(rest.split_once('(')?.0.to_owned())));
        }
    }
    names
}

#[test]
fn every_requirement_names_tests_that_exist_or_is_said_to_be_open() {
    let (rows, tests) = (rows(), tests());
    let mut findings = Vec::new();
    for (number, shown) in &rows {
        let named: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        if named.is_empty() && !shown.starts_with("open: ") {
            findings.push(format!("V{number}: {shown}"));
        }
        findings.extend(
            named.iter().filter(|name| !tests.contains(**name)).map(|name| format!("V{number}: {name}")),
        );
    }
    expect_none(&findings, "requirements without a test");
}

#[test]
fn every_requirement_is_listed_once_and_in_order() {
    let numbers: Vec<Vec<u32>> = rows()
        .iter()
        .map(|(number, _)| number.split('.').map(|part| part.parse().expect("a number")).collect())
        .collect();
    assert!(numbers.len() >= 72, "{} are listed", numbers.len());
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
}
