//! Into the control panel, without a second password.
use crate::{
    guards::{PageContext, SignedIn},
    responses::{Answer, PageError, Reply},
};
use hollyn_core::{domain::ids::ServiceId, error::Error, ops::services::open_own_panel};
use rocket::{
    Request, get, post,
    request::{FromRequest, Outcome},
};

/// A visit that a person made: not another site's link or image, not a browser's guess at what comes next.
pub struct UserNavigation(bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for UserNavigation {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let header = |name| request.headers().get_one(name).unwrap_or_default();
        let guess = header("sec-purpose").contains("prefetch") || header("purpose").contains("prefetch");
        let elsewhere = matches!(header("sec-fetch-site"), "cross-site" | "same-site");
        Outcome::Success(UserNavigation(!guess && !elsewhere))
    }
}

/// `GET /me/panel`: the newest active service.
#[get("/me/panel")]
pub async fn newest(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    on_purpose: UserNavigation,
) -> Answer {
    if !on_purpose.0 {
        return Err(PageError::Forbidden);
    }
    open(&page_context, &signed_in, None).await
}

/// `POST /me/panel/{service}`
#[post("/me/panel/<service>")]
pub async fn one(page_context: PageContext<'_>, signed_in: SignedIn, service: i64) -> Answer {
    open(&page_context, &signed_in, Some(ServiceId(service))).await
}

async fn open(page_context: &PageContext<'_>, signed_in: &SignedIn, service: Option<ServiceId>) -> Answer {
    match open_own_panel(&page_context.app.ctx, &signed_in.caller, signed_in.user.id, service).await {
        Ok(url) => Ok(Reply::GoSecretly(url)),
        Err(Error::NotFound(_)) if service.is_none() => Ok(Reply::Go("/dashboard".into())),
        Err(error) => Err(error.into()),
    }
}
