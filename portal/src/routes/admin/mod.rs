//! The admin API: the mount table. What each endpoint takes, returns and requires is declared in
//! `hollyn_core::api`.
mod api_error;
mod attention;
mod audit;
mod dashboard;
mod endpoint;
mod export_rows;
mod exports;
mod lists;
mod orders;
mod plans;
mod services;
mod session;
mod users;

use endpoint::at;
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
        at::<e::dashboard, _, _>(dashboard::dashboard),
        at::<e::search, _, _>(dashboard::search),
        at::<e::changes, _, _>(dashboard::changes),
        at::<e::list_users, _, _>(users::list),
        at::<e::create_user, _, _>(users::create),
        at::<e::show_user, _, _>(users::show),
        at::<e::edit_user, _, _>(users::edit),
        at::<e::cancel_email_change, _, _>(users::cancel_email_change),
        at::<e::send_invitation, _, _>(users::send_invitation),
        at::<e::reset_two_factor, _, _>(users::reset_two_factor),
        at::<e::disable_user, _, _>(users::disable),
        at::<e::enable_user, _, _>(users::enable),
        at::<e::delete_user, _, _>(users::delete),
        at::<e::list_activity, _, _>(users::activity),
        at::<e::credentials, _, _>(users::credentials),
        at::<e::impersonate, _, _>(users::impersonate),
        at::<e::list_orders, _, _>(orders::list),
        at::<e::create_order, _, _>(orders::create),
        at::<e::show_order, _, _>(orders::show),
        at::<e::edit_order, _, _>(orders::edit),
        at::<e::delete_order, _, _>(orders::delete),
        at::<e::list_timeline, _, _>(orders::timeline),
        at::<e::list_payment_events, _, _>(orders::payment_events),
        at::<e::check_payment, _, _>(orders::check_payment),
        at::<e::mark_paid, _, _>(orders::mark_paid),
        at::<e::cancel_order, _, _>(orders::cancel),
        at::<e::list_attention, _, _>(attention::list),
        at::<e::show_attention, _, _>(attention::show),
        at::<e::resolve_attention, _, _>(attention::resolve),
        at::<e::list_audit, _, _>(audit::list),
        at::<e::verify_audit, _, _>(audit::verify),
        exports::route(),
        at::<e::list_services, _, _>(services::list),
        at::<e::show_service, _, _>(services::show),
        at::<e::edit_service, _, _>(services::edit),
        at::<e::delete_service, _, _>(services::delete),
        at::<e::list_logs, _, _>(services::logs),
        at::<e::reveal_password, _, _>(services::reveal),
        at::<e::save_offline_credentials, _, _>(services::save_offline_credentials),
        at::<e::remove_offline_credentials, _, _>(services::remove_offline_credentials),
        at::<e::reprovision, _, _>(services::reprovision),
        at::<e::suspend, _, _>(services::suspend),
        at::<e::activate, _, _>(services::activate),
        at::<e::send_credentials, _, _>(services::send_credentials),
        at::<e::open_panel, _, _>(services::open_panel),
        at::<e::list_plans, _, _>(plans::list),
        at::<e::list_terms, _, _>(plans::terms),
        at::<e::create_plan, _, _>(plans::create),
        at::<e::show_plan, _, _>(plans::show),
        at::<e::edit_plan, _, _>(plans::edit),
        at::<e::activate_plan, _, _>(plans::activate),
        at::<e::deactivate_plan, _, _>(plans::deactivate),
        at::<e::delete_plan, _, _>(plans::delete),
        at::<e::panel_plans, _, _>(plans::on_panel),
    ];
    routes.extend(
        rocket::routes![openapi].into_iter().map(|route| {
            route.map_base(|_| hollyn_core::api::MOUNT.to_owned()).expect("the mount is a path")
        }),
    );
    routes
}

/// `GET /api/admin/v1/openapi.json`: the description of the API.
#[get("/openapi.json")]
fn openapi() -> (ContentType, &'static str) {
    (ContentType::JSON, hollyn_core::api::OPENAPI)
}
