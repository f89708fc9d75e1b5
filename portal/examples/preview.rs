//! Writes every page in every state and both languages into a folder, to be looked at without a server:
//! `cargo run -p hollyn-portal --example preview -- /tmp/pages`, then serve that folder.

use std::{env, fs, path::PathBuf};

use anyhow::Context as _;
use hollyn_portal::{
    i18n::{Lang, missing},
    pages::{asset_file, asset_paths, mail, samples, tera},
};
use rocket_dyn_templates::tera::Context;

fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).context("name the folder to write to")?);
    let tera = tera().context("reading the templates")?;
    for path in asset_paths() {
        let target = folder.join("static").join(path.as_ref());
        fs::create_dir_all(target.parent().context("a static file has a folder")?)?;
        fs::write(target, asset_file(&path).context("a listed file can be read")?)?;
    }
    for lang in Lang::ALL {
        for sample in samples::all(lang) {
            let html = tera
                .render(sample.template, &Context::from_value(sample.context)?)
                .with_context(|| format!("rendering {}", sample.name))?;
            fs::write(folder.join(format!("{}.{lang}.html", sample.name)), html)?;
        }
        for (name, mail) in samples::mails() {
            let mail = mail::render(&tera, &mail, lang, &samples::site())?;
            fs::write(folder.join(format!("mail-{name}.{lang}.html")), mail.html)?;
            fs::write(
                folder.join(format!("mail-{name}.{lang}.txt")),
                format!("{}\n\n{}", mail.subject, mail.text),
            )?;
        }
    }
    anyhow::ensure!(missing().is_empty(), "these words are missing: {:?}", missing());
    Ok(())
}
