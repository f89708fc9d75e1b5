//! Where the mail leads that tells the present address of a change of the e-mail by staff.
use crate::{
    guards::{Form, PageContext, Visitor},
    pages::{ChangeFacts, EmailChange, EmailChangeState},
    responses::{Answer, page, page_with},
};
use hollyn_core::{Error, ops::users::email_change};
use rocket::{FromForm, get, http::Status, post};

/// `GET /email-change/{token}`: shows buttons. Mail scanners follow links and must not decide.
#[get("/email-change/<token>")]
pub async fn form(page_context: PageContext<'_>, visitor: Visitor, token: &str) -> Answer {
    let linked = email_change::by_link(&page_context.app.ctx, token).await?;
    let shown = match linked {
        Some(linked) => EmailChange {
            state: EmailChangeState::Ready,
            change: Some(ChangeFacts {
                old_email: linked.old_email,
                new_email: linked.change.new_email,
                reason: linked.change.reason,
                applies_at: linked.change.applies_at.0,
            }),
        },
        None => EmailChange::default(),
    };
    Ok(page(&page_context.at("/"), &visitor, &shown))
}

/// Which button was pressed.
#[derive(FromForm)]
pub struct Fields {
    #[field(default = String::new())]
    action: String,
}

/// `POST /email-change/{token}`
#[post("/email-change/<token>", data = "<fields>")]
pub async fn decide(
    page_context: PageContext<'_>,
    visitor: Visitor,
    token: &str,
    fields: Form<Fields>,
) -> Answer {
    let (ctx, caller) = (&page_context.app.ctx, &visitor.caller);
    let (decided, state) = match fields.action.as_str() {
        "confirm" => (email_change::confirm(ctx, caller, token).await, EmailChangeState::Confirmed),
        "cancel" => (email_change::cancel_by_link(ctx, caller, token).await, EmailChangeState::Cancelled),
        _ => return form(page_context, visitor, token).await,
    };
    let page_context = page_context.at("/");
    match decided {
        Ok(()) => Ok(page(&page_context, &visitor, &EmailChange { state, change: None })),
        // The address belongs to another account by now: nothing can be confirmed any more.
        Err(Error::NotFound(_) | Error::Invalid(_)) => {
            let invalid = EmailChange::default();
            Ok(page_with(Status::UnprocessableEntity, &page_context, &visitor, &invalid))
        }
        Err(error) => Err(error.into()),
    }
}
