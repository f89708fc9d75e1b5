//! What the API says of itself is true and fresh.
use hollyn_core::api::{self, contract};
use std::path::Path;

/// Compares a committed file with what it should be; `UPDATE_CONTRACT=1` writes it.
fn is_fresh(file: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        std::fs::write(&path, wanted).expect("the file is written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == wanted,
        "{file} is not what core/src/api says: run UPDATE_CONTRACT=1 cargo test -p hollyn-tests contract"
    );
}

#[test]
fn the_committed_description_is_what_the_endpoints_say() {
    is_fresh("core/src/api/openapi.json", &contract::openapi());
}

#[test]
fn every_endpoint_is_mounted_and_nothing_else_is() {
    let mut declared: Vec<String> = api::ALL
        .iter()
        .map(|e| format!("{} {}{}", e.method, api::MOUNT, e.path.replace("{id}", "<id>")))
        .collect();
    declared.push(format!("GET {}/openapi.json", api::MOUNT));
    declared.sort();
    let mut mounted = hollyn_portal::mounted_api();
    mounted.sort();
    assert_eq!(mounted, declared);
}
