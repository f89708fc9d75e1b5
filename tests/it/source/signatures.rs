//! What the public items of ops name.
use super::{circles, reader::Source};

/// Types of the store that a file names in public functions, structs, enums and re-exports. `Tx` and `Db` may
/// be named: they are what statements run on, and say nothing about rows.
pub fn store_types(file: &Source) -> Vec<String> {
    let imported: Vec<String> = circles::paths(&file.code)
        .into_iter()
        .filter(|path| path.iter().any(|part| part == "store"))
        .filter_map(|path| path.last().cloned())
        .filter(|name| name.starts_with(char::is_uppercase) && !["Tx", "Db"].contains(&name.as_str()))
        .collect();
    let mut findings = Vec::new();
    for item in items(&file.code) {
        let words = item.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let named = words.clone().find(|word| imported.iter().any(|name| name == word));
        let through_path = item.contains("store::").then_some("store::");
        if let Some(name) = through_path.or(named) {
            let start: String = item.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
            findings.push(format!("{}: {start} .. {name}", file.path));
        }
    }
    findings
}

/// The signatures of public functions, and public types with their public fields.
fn items(code: &str) -> Vec<String> {
    let mut items = Vec::new();
    for (at, _) in code.match_indices("pub ") {
        let item = &code[at..];
        let kind = item.trim_start_matches("pub ").split_whitespace().next().unwrap_or_default();
        match kind {
            "fn" | "async" | "const" => items.push(until(item, &['{', ';'])),
            "use" | "type" => items.push(until(item, &[';'])),
            "enum" => items.push(until(item, &['}']).lines().collect()),
            "struct" | "trait" | "mod" | "static" | "unsafe" => {}
            // A field of a struct.
            _ => items.push(until(item, &['\n'])),
        }
    }
    items
}

fn until(item: &str, ends: &[char]) -> String {
    item[..item.find(ends).unwrap_or(item.len())].to_owned()
}
