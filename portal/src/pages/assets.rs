//! Static files: inside the program, addressed by what is in them.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "static"]
struct Static;

static VERSIONS: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| Static::iter().filter_map(|path| Some((path.to_string(), digest(&path)?))).collect());

/// The address of a static file, `/static/portal.css?v=1a2b3c4d`. With the right `v` a browser may keep
/// it for ever. A file that does not exist is logged and gets its plain address.
pub fn url(path: &str) -> String {
    match version(path) {
        Some(version) => format!("/static/{path}?v={version}"),
        None => {
            tracing::error!(path, "a page names a static file that does not exist");
            format!("/static/{path}")
        }
    }
}

/// Eight hex digits of the file's SHA-256. In a debug build the file is read again each time.
pub fn version(path: &str) -> Option<String> {
    if cfg!(debug_assertions) { digest(path) } else { VERSIONS.get(path).cloned() }
}

/// The bytes of a static file.
pub fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Static::get(path).map(|file| file.data)
}

/// All static files, as paths below `/static/`.
pub fn paths() -> impl Iterator<Item = Cow<'static, str>> {
    Static::iter()
}

fn digest(path: &str) -> Option<String> {
    let hash = Static::get(path)?.metadata.sha256_hash();
    Some(hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect())
}
