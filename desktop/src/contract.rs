//! Generates `ui/src/lib/generated/commands.ts` from the signatures in `commands.rs` and the types that they
//! use. The test compares the committed file; `UPDATE_CONTRACT=1` writes it.
use std::{
    any::type_name,
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

use hollyn_core::api::{Enrolment, ExportQuery, Time};
use serde_json::Value;
use ts_rs::{Config, TS, TypeVisitor};

use crate::{
    app_state::AppSnapshot,
    auth::{SignInResult, SignOutResult},
    cache::CachedAnswer,
    deep_link::LinkTarget,
    error::AppError,
    events::ChangesEvent,
    export::{ExportNoun, SavedExport},
    offline_credentials::OfflineCredential,
    passwords::ShownPassword,
    portal_links::Impersonation,
    profile::Profile,
    rpc::EXCLUDED_ENDPOINTS,
    settings::{Settings, SettingsEdit},
};

const FILE: &str = "ui/src/lib/generated/commands.ts";
const COMMANDS: &str = include_str!("commands.rs");

/// The types that the file declares and imports.
struct Types {
    config: Config,
    /// Rust type, as the signatures spell it → TypeScript type.
    names: BTreeMap<String, String>,
    /// Name → declaration of the app's own types.
    declarations: BTreeMap<String, String>,
    /// Types of the API, which `types.ts` exports.
    imports: BTreeSet<String>,
}

impl Types {
    fn add<T: TS + 'static>(&mut self, rust: &str) {
        let name = T::name(&self.config);
        self.names.insert(rust.replace(' ', ""), name);
        self.collect::<T>();
    }

    /// Adds a type whose TypeScript name differs from that of ts-rs.
    fn add_as<T: TS + 'static>(&mut self, rust: &str, name: &str) {
        self.add::<T>(rust);
        self.names.insert(rust.to_owned(), name.to_owned());
    }

    fn collect<T: TS + 'static + ?Sized>(&mut self) {
        // Types of Rust itself have no output path.
        if T::output_path().is_some() {
            let ident = T::ident(&self.config);
            if type_name::<T>().starts_with("hollyn_core::") {
                self.imports.insert(ident);
                return;
            }
            if self.declarations.contains_key(&ident) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            self.declarations.insert(ident, format!("{docs}export {}\n", T::decl(&self.config)));
            T::visit_dependencies(self);
        }
        T::visit_generics(self);
    }

    fn name(&self, rust: &str) -> &str {
        self.names.get(rust).unwrap_or_else(|| panic!("add the type {rust} to types() in contract.rs"))
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.collect::<T>();
    }
}

/// All types in the signatures of the commands, and of errors and events.
fn types() -> Types {
    let mut types = Types {
        config: Config::new().with_large_int("number"),
        names: BTreeMap::new(),
        declarations: BTreeMap::new(),
        imports: BTreeSet::new(),
    };
    macro_rules! add {
        ($($ty:ty),+ $(,)?) => { $(types.add::<$ty>(stringify!($ty));)+ };
    }
    add!(
        (),
        i64,
        String,
        Option<String>,
        Option<Time>,
        AppError,
        AppSnapshot,
        ChangesEvent,
        Enrolment,
        ExportNoun,
        Impersonation,
        LinkTarget,
        OfflineCredential,
        Option<CachedAnswer>,
        Option<SavedExport>,
        Profile,
        Settings,
        SettingsEdit,
        ShownPassword,
        SignInResult,
        SignOutResult,
        Vec<OfflineCredential>,
    );
    // All its fields have defaults.
    types.add_as::<Option<ExportQuery>>("Option<ExportQuery>", "Partial<ExportQuery> | null");
    for value in ["Value", "Option<Value>"] {
        types.names.insert(value.to_owned(), "unknown".to_owned());
    }
    types
}

/// A command, as `commands.rs` declares it.
struct Command {
    name: String,
    docs: String,
    /// Name and Rust type. Without what Tauri passes in.
    arguments: Vec<(String, String)>,
    answer: String,
}

fn commands() -> Vec<Command> {
    let mut pieces = COMMANDS.split("#[tauri::command]\n");
    let mut before = pieces.next().unwrap();
    let mut commands = Vec::new();
    for piece in pieces {
        let docs = before.lines().rev().map_while(|line| line.strip_prefix("/// "));
        let docs = docs.collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join(" ");
        let (signature, _) = piece.split_once(" {\n").unwrap();
        let (name, rest) = signature.strip_prefix("pub async fn ").unwrap().split_once('(').unwrap();
        let (arguments, answer) = rest.rsplit_once(") -> Result<").unwrap();
        let answer = answer.strip_suffix(", AppError>").unwrap().to_owned();
        let is_injected = |rust: &str| ["App<", "AppHandle", "State<"].iter().any(|ty| rust.starts_with(ty));
        let arguments = split_at_commas(arguments)
            .into_iter()
            .map(|argument| argument.split_once(": ").unwrap())
            .filter(|(_, rust)| !is_injected(rust))
            .map(|(name, rust)| (name.to_owned(), rust.to_owned()))
            .collect();
        commands.push(Command { name: name.to_owned(), docs, arguments, answer });
        before = piece;
    }
    commands.sort_by(|one, other| one.name.cmp(&other.name));
    commands
}

/// Splits at commas that are not inside of `<...>`.
fn split_at_commas(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let is_separator = |c: char| {
        depth += i32::from(c == '<') - i32::from(c == '>');
        c == ',' && depth == 0
    };
    text.split(is_separator).map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

fn typescript() -> String {
    let types = types();
    let mut table = String::new();
    for Command { name, docs, arguments, answer } in commands() {
        let argument = |(name, rust): &(String, String)| {
            assert!(!name.contains('_'), "Tauri would expect {name} in camel case");
            let optional = if rust.starts_with("Option<") { "?" } else { "" };
            format!("{name}{optional}: {}", types.name(rust))
        };
        let arguments: Vec<_> = arguments.iter().map(argument).collect();
        let arguments =
            if arguments.is_empty() { "null".to_owned() } else { format!("{{ {} }}", arguments.join("; ")) };
        let answer = types.name(&answer);
        writeln!(table, "  /** {docs} */\n  {name}: {{ args: {arguments}; answer: {answer} }};").unwrap();
    }
    let excluded = EXCLUDED_ENDPOINTS.map(|name| format!("\n  | '{name}'")).concat();
    let imports = types.imports.iter().cloned().collect::<Vec<_>>().join(", ");
    let declarations = types.declarations.values().cloned().collect::<Vec<_>>().join("\n");
    format!(
        "// Generated from desktop/src by the tests of hollyn-desktop. Do not edit.\n\
         import type {{ {imports} }} from '../types';\n\n\
         {declarations}\n\
         /** Endpoints of the API that the command `call` refuses: they have commands of their own. */\n\
         export type ExcludedEndpoint ={excluded};\n\n\
         /** The commands: their arguments and answers. A command that fails throws an AppError. */\n\
         export interface Commands {{\n{table}}}\n\n\
         /** The events and their payloads. */\n\
         export interface Events {{\n  \
           /** The portal has new changes, or answers again. */\n  \
           changes: ChangesEvent;\n  \
           /** The app was locked. */\n  \
           locked: null;\n  \
           /** The portal rejected the token. */\n  \
           signed_out: null;\n  \
           /** A link to a record was opened. */\n  \
           open: LinkTarget;\n\
         }}\n"
    )
}

#[test]
fn the_committed_typescript_matches_the_commands() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(FILE);
    let expected = typescript();
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == expected,
        "{FILE} is out of date: run UPDATE_CONTRACT=1 cargo test -p hollyn-desktop contract"
    );
}

#[test]
fn the_capability_allows_exactly_the_commands() {
    let capability: Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
    let permissions = capability["permissions"].as_array().unwrap().iter().filter_map(Value::as_str);
    let allowed: Vec<String> = permissions
        .filter_map(|permission| permission.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect();
    let declared: Vec<String> = commands().into_iter().map(|command| command.name).collect();
    assert_eq!(allowed, declared);
}
