//! `docs/payments.md` and the tests speak of the same rules.
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn documented() -> String {
    fs::read_to_string(root().join("docs/payments.md")).expect("the rules are written down")
}

/// The names behind `/// Rule ` in the files below, up to the colon.
fn named_in(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            named_in(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("payment_rules.rs")
        {
            let text = fs::read_to_string(&path).expect("a source");
            for rest in text.split("/// Rule ").skip(1) {
                let names_of_test = rest.replace("\n/// ", " ");
                let names_of_test = names_of_test.split_once(": ").expect("a rule and what is shown").0;
                names.extend(names_of_test.split(", ").map(str::to_owned));
            }
        }
    }
}

#[test]
fn every_rule_has_a_test_and_every_test_a_rule() {
    let text = documented();
    let rules: BTreeSet<String> =
        text.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_owned).collect();
    assert_eq!(rules.len(), 31);
    let mut named = BTreeSet::new();
    named_in(&root().join("tests/it"), &mut named);
    assert_eq!(named, rules);
}

#[test]
fn every_file_that_a_rule_names_exists() {
    let text = documented();
    let named = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.starts_with("core/") || name.starts_with("tests/"));
    for path in named {
        assert!(root().join(path).exists(), "{path}");
    }
}
