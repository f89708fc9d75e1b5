//! The page of an order: what happened, and the receipt.
use super::{Answer, pay};
use crate::{
    guards::{Stage, Visitor},
    views,
};
use rocket::{get, http::CookieJar};

/// `GET /order/{uuid}`
#[get("/order/<uuid>")]
pub async fn page(stage: Stage<'_>, visitor: Visitor, jar: &CookieJar<'_>, uuid: &str) -> Answer {
    match pay::allowed(&stage, &visitor, jar, uuid).await? {
        Ok(found) => Ok(super::page(&stage, &visitor, &views::order::page(&found, stage.app.shop.now()))),
        Err(reply) => Ok(reply),
    }
}
