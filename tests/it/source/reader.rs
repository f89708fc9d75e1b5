//! The source as the checks read it: comments taken away, string literals apart.
use std::path::Path;

/// A file of the repository.
pub struct Source {
    /// From the repository's root, like `core/src/lib.rs`.
    pub path: String,
    pub text: String,
    /// The text without comments, string literals and, in Rust, unit tests.
    pub code: String,
    pub literals: Vec<String>,
}

impl Source {
    /// The identifiers and keywords of the code.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.code
            .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .filter(|word| !word.is_empty())
    }
}

/// Folders with nothing that is written here.
const SKIPPED: [&str; 6] = ["target", "node_modules", "generated", "dist", "dist-sample", "gen"];
/// Generated from `portal/styles`.
const GENERATED: &str = "portal/static/portal.css";

/// All files below these folders with one of these extensions, in the order of their paths.
pub fn files(folders: &[&str], extensions: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in folders {
        visit(&root.join(folder), &root, extensions, &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn visit(folder: &Path, root: &Path, extensions: &[&str], found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with('.') || SKIPPED.contains(&name) {
            continue;
        }
        if path.is_dir() {
            visit(&path, root, extensions, found);
            continue;
        }
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let relative = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        let relative = relative.trim_start_matches("./").to_owned();
        if extensions.contains(&extension) && relative != GENERATED {
            let text = std::fs::read_to_string(&path).expect("the file is text");
            let (mut code, literals) = split(&text, extension == "rs");
            if let Some(tests) = code.find("#[cfg(test)]\nmod ") {
                code.truncate(tests);
            }
            found.push(Source { path: relative, text, code, literals });
        }
    }
}

/// Code and string literals of a text. Template literals of TypeScript stay in the code: they hold code.
fn split(text: &str, is_rust: bool) -> (String, Vec<String>) {
    let (mut code, mut literals) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") || rest.starts_with("<!--") {
            let close = if letter == '<' { "-->" } else { "*/" };
            rest.find(close).map_or(rest.len(), |at| at + close.len())
        } else if is_rust && (rest.starts_with("r\"") || rest.starts_with("r#")) && !is_in_word(&code) {
            let hashes = rest[1..].chars().take_while(|letter| *letter == '#').count();
            let close = format!("\"{}", "#".repeat(hashes));
            let body = rest.get(hashes + 2..).unwrap_or_default();
            let length = body.find(&close).unwrap_or(body.len());
            literals.push(body[..length].to_owned());
            (hashes + 2 + length + close.len()).min(rest.len())
        } else if letter == '"' || (letter == '\'' && !is_rust) {
            let length = quoted(rest, letter);
            literals.push(rest[1..length].trim_end_matches(letter).to_owned());
            length
        } else if letter == '\'' && is_character(rest) {
            quoted(rest, letter)
        } else {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
            continue;
        };
        rest = &rest[end..];
        code.push(' ');
    }
    (code, literals)
}

fn is_in_word(code: &str) -> bool {
    code.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
}

/// Whether a quote begins a character and not a lifetime.
fn is_character(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    letters.next() == Some('\\') || letters.next() == Some('\'')
}

/// The length of a literal with its quotes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            // An apostrophe in the text of a page is no literal.
            '\n' if quote == '\'' => return 1,
            letter if letter == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn code_and_literals_are_told_apart() {
    let text = "let a = \"x // y\"; // Shop\nlet b = r#\"q\"q\"#; let c = '\"'; fn f<'a>() {}";
    let (code, literals) = split(text, true);
    assert_eq!(literals, ["x // y", "q\"q"]);
    assert!(!code.contains("Shop") && code.contains("fn f<'a>() {}"), "{code}");
}
