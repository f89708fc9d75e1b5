//! Style sheets, scripts, fonts and the logo, out of the program itself.
use crate::pages::{asset_file, asset_version};
use rocket::{
    Request, Response, get,
    http::{ContentType, Header},
    response::Responder,
};
use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

/// A file that a browser may keep for ever where its address names its content.
pub struct Static {
    kind: ContentType,
    body: Vec<u8>,
    is_versioned: bool,
}

impl<'r> Responder<'r, 'static> for Static {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let keep =
            if self.is_versioned { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
        Response::build()
            .header(self.kind)
            .header(Header::new("cache-control", keep))
            .sized_body(self.body.len(), Cursor::new(self.body))
            .ok()
    }
}

fn answer(path: &str, version: Option<&str>) -> Option<Static> {
    let extension = Path::new(path).extension()?.to_str()?;
    let kind = ContentType::from_extension(extension)?;
    // Rocket's own type of scripts has no character set, and takes none.
    let script = || ContentType::new("text", "javascript").with_params(("charset", "utf-8"));
    let kind = if kind.is_javascript() { script() } else { kind };
    let body = asset_file(path)?.into_owned();
    let is_versioned = version.is_some() && version == asset_version(path).as_deref();
    Some(Static { kind, body, is_versioned })
}

/// `GET /static/...`
#[get("/static/<path..>?<v>")]
pub fn file(path: PathBuf, v: Option<&str>) -> Option<Static> {
    answer(path.to_str()?, v)
}

/// Browsers request it by themselves.
#[get("/favicon.ico")]
pub fn favicon() -> Option<Static> {
    answer("favicon.svg", None)
}
