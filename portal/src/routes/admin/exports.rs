//! Tables as CSV, streamed: the one answer that is no JSON.
use super::{door, refusal::Refusal};
use hollyn_core::{
    api::{MOUNT, endpoints as e},
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
            let ask = door::enter::<e::export>(request, data).await?;
            let noun: Noun = ask.id.parse().map_err(|_| Refusal::not_found())?;
            exports::begin(&ask.shop, &ask.caller, noun).await?;
            Ok::<_, Refusal>((ask, noun))
        };
        let (ask, noun) = match entered.await {
            Ok(entered) => entered,
            Err(refusal) => {
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
                match exports::batch(&ask.shop, noun, place).await {
                    Ok(Some((lines, last))) => {
                        place = last;
                        yield lines;
                    }
                    Ok(None) => break,
                    Err(error) => {
                        // The status has gone out; a last line that is no row says that the file is not whole.
                        tracing::error!(error = hollyn_core::chain(&error), "an export broke off");
                        yield b"THE EXPORT BROKE OFF HERE\n".to_vec();
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
