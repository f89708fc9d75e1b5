//! The page of an order: what happened, and the receipt.
use super::pay;
use crate::{
    guards::{PageContext, Visitor},
    presenters,
    responses::{self, Answer},
};
use rocket::{get, http::CookieJar};

/// `GET /order/{uuid}`
#[get("/order/<uuid>")]
pub async fn page(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    uuid: &str,
) -> Answer {
    match pay::allowed(&page_context, &visitor, jar, uuid).await? {
        Ok(found) => Ok(responses::page(
            &page_context,
            &visitor,
            &presenters::order::page(&found, page_context.app.ctx.now()),
        )),
        Err(reply) => Ok(reply),
    }
}
