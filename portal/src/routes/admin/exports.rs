//! Tables as CSV, streamed: the one answer that is no JSON.
use super::{api_error::ApiError, endpoint, export_rows};
use hollyn_core::{
    api::{BROKE_OFF, ExportQuery, MOUNT, endpoints as e},
    ops::exports::{self, Noun},
};
use rocket::{
    Data, Request, Route,
    http::{ContentType, Header, Method},
    response::{Responder, stream::ByteStream},
    route::{Handler, Outcome},
};

#[derive(Clone)]
struct Export;

/// Mounts the export.
pub fn route() -> Route {
    Route::new(Method::Get, &format!("{MOUNT}/exports/<id>"), Export)
}

#[rocket::async_trait]
impl Handler for Export {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let entered = async {
            let ask = endpoint::parse::<e::export>(request, data).await?;
            let noun: Noun = ask.id.parse().map_err(|_| ApiError::not_found())?;
            let rows = export_rows::wanted(noun, &ask.query)?;
            // What was typed may name a person, and the record is for ever.
            let narrowed =
                ExportQuery { q: ask.query.q.as_ref().map(|_| "...".to_owned()), ..ask.query.clone() };
            let narrowed = serde_urlencoded::to_string(&narrowed).unwrap_or_default();
            let export = exports::begin(&ask.ctx, &ask.caller, rows, &narrowed).await?;
            Ok::<_, ApiError>((ask, noun, export))
        };
        let (ask, noun, export) = match entered.await {
            Ok(entered) => entered,
            Err(refusal) => {
                endpoint::record_denial(request, &refusal).await;
                return match refusal.respond_to(request) {
                    Ok(response) => Outcome::Success(response),
                    Err(status) => Outcome::Error(status),
                };
            }
        };
        let stream = ByteStream! {
            yield exports::header(noun);
            let mut place = 0;
            loop {
                match exports::batch(&ask.ctx, &export, place).await {
                    Ok(Some((lines, last))) => {
                        place = last;
                        yield lines;
                    }
                    Ok(None) => break,
                    Err(error) => {
                        tracing::error!(error = hollyn_core::error_chain(&error), "an export broke off");
                        yield BROKE_OFF.as_bytes().to_vec();
                        break;
                    }
                }
            }
        };
        match stream.respond_to(request) {
            Ok(mut response) => {
                response.set_header(ContentType::CSV);
                let file = format!("attachment; filename=\"{noun}.csv\"");
                response.set_header(Header::new("content-disposition", file));
                Outcome::Success(response)
            }
            Err(status) => Outcome::Error(status),
        }
    }
}
