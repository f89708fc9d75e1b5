//! The template engine with the portal's templates, and the functions and filters that they use.

use std::collections::HashMap;

use rocket_dyn_templates::{
    Engines,
    tera::{self, Tera, Value, escape_html},
};
use rust_embed::RustEmbed;

use super::{assets, format};
use crate::i18n::{Arg, Lang, t, try_t};

#[derive(RustEmbed)]
#[folder = "templates"]
#[include = "*.html"]
#[include = "*.txt"]
#[cfg_attr(not(feature = "sandbox"), exclude = "sandbox/*")]
struct Templates;

type Args = HashMap<String, Value>;

/// What Rocket's template fairing calls. In a debug build the files are read from disk each time, so that
/// Rocket's own reload (it watches `template_dir`) brings a changed template at the next request.
///
/// # Errors
/// A template that does not parse.
pub fn customize(engines: &mut Engines) -> tera::Result<()> {
    tera_setup(&mut engines.tera)
}

/// A Tera with the mails' templates only: those of the pages would be parsed and kept a second time for
/// nothing.
///
/// # Errors
/// A template that does not parse.
pub fn mail_tera() -> tera::Result<Tera> {
    let mut tera = Tera::default();
    words(&mut tera);
    tera.add_raw_templates(templates().filter(|(name, _)| name.starts_with("mail/")))?;
    Ok(tera)
}

/// A Tera of its own with all templates, for looking at pages without a server.
///
/// # Errors
/// A template that does not parse.
pub fn tera() -> tera::Result<Tera> {
    let mut tera = Tera::default();
    tera_setup(&mut tera)?;
    Ok(tera)
}

/// Registers functions and filters and adds all embedded templates at once, since they build on each other.
///
/// # Errors
/// A template that does not parse.
pub fn tera_setup(tera: &mut Tera) -> tera::Result<()> {
    words(tera);
    tera.add_raw_templates(templates())
}

fn templates() -> impl Iterator<Item = (String, String)> {
    Templates::iter().filter_map(|name| {
        let file = Templates::get(&name)?;
        Some((name.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
    })
}

fn words(tera: &mut Tera) {
    tera.register_function("t", translate);
    tera.register_function("th", TranslateMarkup);
    tera.register_function("feature", feature);
    tera.register_function("spec", spec);
    tera.register_function("asset", |args: &Args| Ok(Value::from(assets::url(text(args, "path")?))));
    tera.register_filter("money", |v: &Value, _: &Args| Ok(Value::from(format::money(whole(v)?))));
    tera.register_filter("amount", |v: &Value, _: &Args| Ok(Value::from(format::amount(whole(v)?))));
    tera.register_filter("clock", |v: &Value, _: &Args| Ok(Value::from(format::clock(whole(v)?))));
    tera.register_filter("hour", |v: &Value, _: &Args| Ok(Value::from(format::hour(whole(v)?))));
    tera.register_filter("countdown", |v: &Value, _: &Args| Ok(Value::from(format::countdown(whole(v)?))));
    tera.register_filter("date", |v: &Value, a: &Args| Ok(Value::from(format::date(lang(a)?, whole(v)?))));
    tera.register_filter("datetime", |v: &Value, a: &Args| {
        Ok(Value::from(format::datetime(lang(a)?, whole(v)?)))
    });
    tera.register_filter("phone", |v: &Value, _: &Args| Ok(Value::from(format::phone(string(v)?))));
    tera.register_filter("fours", |v: &Value, _: &Args| Ok(Value::from(format::fours(string(v)?))));
    tera.register_filter("short", |v: &Value, _: &Args| Ok(Value::from(format::short_plan(string(v)?))));
}

/// `t(l=…, k="key", name=…)`: a message. `or=…` is shown, without complaint, where the key does not exist;
/// `args=…` is a map of further arguments, for messages that Rust chose.
fn translate(args: &Args) -> tera::Result<Value> {
    let (lang, key) = (lang(args)?, text(args, "k")?);
    let filled = message_args(args, str::to_owned);
    Ok(match args.get("or") {
        Some(other) => try_t(lang, key, &filled).map_or_else(|| other.clone(), Value::from),
        None => t(lang, key, &filled).into(),
    })
}

/// `th(…)`: as `t`, for messages with inline markup. Every text argument is escaped before it goes in.
struct TranslateMarkup;

impl tera::Function for TranslateMarkup {
    fn call(&self, args: &Args) -> tera::Result<Value> {
        Ok(t(lang(args)?, text(args, "k")?, &message_args(args, escape_html)).into())
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// `feature(l=…, label=…)` and `feature(l=…, value=…)`: names and values of plan features are data; those
/// that we know are translated, the others stand as they are.
fn feature(args: &Args) -> tera::Result<Value> {
    let lang = lang(args)?;
    let (prefix, raw) = match args.get("label") {
        Some(label) => ("feature", string(label)?),
        None => ("value", text(args, "value")?),
    };
    let key = format!("{prefix}-{}", format::key_of(raw));
    Ok(try_t(lang, &key, &[]).unwrap_or_else(|| raw.to_owned()).into())
}

/// `spec(l=…, k="spec-mailboxes", n=…)`: the count may be a number or a word (`Unlimited`), both as text.
fn spec(args: &Args) -> tera::Result<Value> {
    let n = text(args, "n")?;
    let n = n.parse::<i64>().map_or_else(|_| Arg::from(n), Arg::from);
    Ok(t(lang(args)?, text(args, "k")?, &[("n", n)]).into())
}

fn message_args(args: &Args, clean: fn(&str) -> String) -> Vec<(&str, Arg)> {
    let nested = args.get("args").and_then(Value::as_object).into_iter().flatten();
    let direct = args.iter().filter(|(name, _)| !matches!(name.as_str(), "l" | "k" | "or" | "args"));
    direct
        .chain(nested)
        .filter_map(|(name, value)| {
            let arg = match value {
                Value::String(text) => Arg::Text(clean(text)),
                Value::Number(number) => Arg::Number(number.as_i64()?),
                Value::Bool(yes) => Arg::Text(yes.to_string()),
                Value::Null | Value::Array(_) | Value::Object(_) => return None,
            };
            Some((name.as_str(), arg))
        })
        .collect()
}

fn lang(args: &Args) -> tera::Result<Lang> {
    let code = text(args, "l")?;
    Lang::from_code(code).ok_or_else(|| tera::Error::msg(format!("`{code}` is no language of ours")))
}

fn text<'a>(args: &'a Args, name: &str) -> tera::Result<&'a str> {
    string(args.get(name).ok_or_else(|| tera::Error::msg(format!("the argument `{name}` is missing")))?)
}

fn string(value: &Value) -> tera::Result<&str> {
    value.as_str().ok_or_else(|| tera::Error::msg(format!("`{value}` is not text")))
}

fn whole(value: &Value) -> tera::Result<i64> {
    value.as_i64().ok_or_else(|| tera::Error::msg(format!("`{value}` is not a whole number")))
}
