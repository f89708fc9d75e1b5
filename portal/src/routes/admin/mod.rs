//! The admin API: the mount table. What each endpoint takes, tells and asks for is declared in `hollyn_core::api`.
mod door;
mod refusal;
mod session;

use door::at;
use hollyn_core::api::endpoints as e;
use rocket::{Route, get, http::ContentType};

/// Every endpoint with its handler.
pub fn all() -> Vec<Route> {
    let mut routes = vec![
        at::<e::about, _, _>(session::about),
        at::<e::sign_in, _, _>(session::sign_in),
        at::<e::enrol, _, _>(session::enrol),
        at::<e::session, _, _>(session::session),
        at::<e::sign_out, _, _>(session::sign_out),
        at::<e::confirm_password, _, _>(session::confirm_password),
        at::<e::change_password, _, _>(session::change_password),
        at::<e::renew_recovery_codes, _, _>(session::renew_recovery_codes),
        at::<e::list_devices, _, _>(session::list_devices),
        at::<e::revoke_device, _, _>(session::revoke_device),
    ];
    routes.extend(
        rocket::routes![openapi].into_iter().map(|route| {
            route.map_base(|_| hollyn_core::api::MOUNT.to_owned()).expect("the mount is a path")
        }),
    );
    routes
}

/// `GET /api/admin/v1/openapi.json`: the description, for whoever writes a program.
#[get("/openapi.json")]
fn openapi() -> (ContentType, &'static str) {
    (ContentType::JSON, hollyn_core::api::OPENAPI)
}
