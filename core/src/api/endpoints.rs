//! The list of all endpoints. Each is a type with the name of its operation, as it is in the client and in
//! the description.
#![expect(non_camel_case_types, reason = "a type and the client's function of it have one name")]
use super::{Access, Endpoint, EndpointMeta, Freshness, types::*};

/// `name: METHOD "path", Access[ freshness][, id T][, query T][, body T] => T;`, with its description as a
/// doc comment. The freshness is `fresh`, `code` or `code_for_staff`.
macro_rules! endpoints {
    ($(
        $(#[doc = $about:literal])+
        $name:ident: $method:ident $path:literal, $access:ident $($fresh:ident)?
        $(, id $id:ty)? $(, query $query:ty)? $(, body $body:ty)? => $answer:ty;
    )+) => {
        $(
            $(#[doc = $about])+
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl Endpoint for $name {
                const META: EndpointMeta = EndpointMeta {
                    name: stringify!($name),
                    method: stringify!($method),
                    path: $path,
                    access: Access::$access,
                    freshness: endpoints!(@freshness $($fresh)?),
                    about: concat!($($about, "\n"),+),
                };
                type Id = endpoints!(@or_unit $($id)?);
                type Query = endpoints!(@or_unit $($query)?);
                type Body = endpoints!(@or_unit $($body)?);
                type Answer = $answer;
            }
        )+

        /// Every endpoint, in the order in which they are described.
        pub const ALL: &[EndpointMeta] = &[$($name::META),+];

        #[cfg(feature = "client")]
        impl super::Client {
            $(
                $(#[doc = $about])+
                pub async fn $name(
                    &self $(, id: $id)? $(, query: &$query)? $(, body: &$body)?
                ) -> Result<$answer, super::ClientError> {
                    self.call::<$name>(
                        &endpoints!(@given $(id: $id)?),
                        endpoints!(@given_ref $(query: $query)?),
                        endpoints!(@given_ref $(body: $body)?),
                    ).await
                }
            )+
        }

        #[cfg(feature = "contract")]
        pub(super) fn describe(builder: &mut super::schema::SchemaBuilder) {
            $(builder.endpoint::<$name>();)+
        }
    };
    (@freshness fresh) => { Freshness::Password };
    (@freshness code) => { Freshness::Code };
    (@freshness code_for_staff) => { Freshness::CodeForStaff };
    (@freshness) => { Freshness::Session };
    (@or_unit $t:ty) => { $t };
    (@or_unit) => { () };
    (@given $name:ident: $t:ty) => { $name };
    (@given) => { () };
    (@given_ref $name:ident: $t:ty) => { $name };
    (@given_ref) => { &() };
}

endpoints! {
    /// What this portal is, for a program that is about to sign in.
    about: GET "/about", Anyone => About;

    /// Signs a member of staff in on a device and opens its token.
    ///
    /// Without `totp` where one is needed, the answer is 401 `totp_required`. Where the account has no second
    /// factor yet and must have one, it is 403 `enrolment_required`: begin with `enrol`, then send the first
    /// code here.
    sign_in: POST "/session", Anyone, body SignIn => SessionOpened;
    /// Begins a second factor for an account that has none: the seed for an authenticator app. It counts from
    /// the first sign-in with a code of it.
    enrol: POST "/session/totp", Anyone, body Enrol => Enrolment;
    /// Who is signed in with this token, and until when.
    session: GET "/session", Support => Session;
    /// Revokes this token.
    sign_out: DELETE "/session", Support => Done;
    /// Takes the password again, with a code where one is sent. For ten minutes, the session may do what the
    /// password, or the password and a code, are asked for.
    confirm_password: POST "/session/confirm", Support, body ConfirmPassword => Session;
    /// Changes one's own password. All other devices are signed out, browsers too.
    change_password: POST "/session/password", Support, body ChangePassword => Done;
    /// Makes new recovery codes; the older ones are worth nothing.
    renew_recovery_codes: POST "/session/recovery-codes", Support code => RecoveryCodes;
    /// The devices on which one is signed in.
    list_devices: GET "/session/devices", Support => Items<Device>;
    /// Signs one of one's own devices out.
    revoke_device: DELETE "/session/devices/{id}", Support, id i64 => Done;

    /// Counters, days, recent records and the plans that sell best. Days are East Africa Time.
    dashboard: GET "/dashboard", Support, query DashboardQuery => Dashboard;
    /// Finds customers, orders and services by their words. The best hits come first.
    search: GET "/search", Support, query SearchQuery => Items<Hit>;
    /// What changed since a position of the audit log. Without `since`: only the present position.
    changes: GET "/changes", Support, query ChangesQuery => Changes;

    /// Customers and staff.
    list_users: GET "/users", Support, query UserQuery => Page<UserItem>;
    /// Makes an account. Its owner is mailed an invitation: a link, good for 7 days, to set the password.
    /// Only an `admin` makes staff.
    create_user: POST "/users", Support code_for_staff, body NewUser => User;
    /// One person with figures, services, last orders and what happened in the account.
    show_user: GET "/users/{id}", Support, id i64 => User;
    /// Changes what is given. A new e-mail needs a reason and waits: until the owner of the present address
    /// confirms it, or for 24 hours. Both addresses are told. Roles, and staff, an `admin` changes.
    edit_user: PATCH "/users/{id}", Support code_for_staff, id i64, body UserEdit => User;
    /// Cancels a change of the e-mail that waits.
    cancel_email_change: DELETE "/users/{id}/email-change", Support code_for_staff, id i64 => User;
    /// Mails the invitation again, to an account whose e-mail was never confirmed. The earlier link ends.
    send_invitation: POST "/users/{id}/invitation", Support code_for_staff, id i64 => MailQueued;
    /// Removes the second factor of an account whose owner lost it, with a reason: all its sessions end, and
    /// the owner is told. Never one's own.
    reset_two_factor: POST "/users/{id}/two-factor/reset", Admin code_for_staff, id i64, body Reason => User;
    /// Locks the account: all its sessions and tokens end, and it cannot sign in.
    disable_user: POST "/users/{id}/disable", Admin code_for_staff, id i64, body Reason => User;
    /// Opens it again.
    enable_user: POST "/users/{id}/enable", Admin code_for_staff, id i64, body Reason => User;
    /// Deletes the account: the person is anonymised, the money records stay. Refused while services exist.
    /// `confirm` is the account's e-mail.
    delete_user: DELETE "/users/{id}", Admin code_for_staff, id i64, body Confirm => Done;
    /// What happened in the account, the newest first.
    list_activity: GET "/users/{id}/activity", Support, id i64, query PageQuery => Page<Activity>;
    /// Where each of the customer's services is opened, and with which username. Passwords are revealed one
    /// by one.
    credentials: GET "/users/{id}/credentials", Support, id i64 => Items<Credential>;
    /// A one-time link to see the portal as this customer, good for 60 seconds. Never for staff.
    impersonate: POST "/users/{id}/impersonate", Admin fresh, id i64, body Reason => ImpersonationLink;

    /// Hosted accounts.
    list_services: GET "/services", Support, query ServiceQuery => Page<ServiceItem>;
    /// One service with the steps of its set-up.
    show_service: GET "/services/{id}", Support, id i64 => Service;
    /// Changes domain or plan, on the panel first.
    edit_service: PATCH "/services/{id}", Support fresh, id i64, body ServiceEdit => Service;
    /// Deletes the account on the panel and ends the service. `confirm` is its domain.
    delete_service: DELETE "/services/{id}", Admin fresh, id i64, body Confirm => Service;
    /// The steps of its set-up and of what was done on the panel since.
    list_logs: GET "/services/{id}/logs", Support, id i64 => Items<LogStep>;
    /// The panel password. Appended to the audit log before it is answered; at most 20 an hour.
    reveal_password: POST "/services/{id}/reveal", Support fresh, id i64 => Password;
    /// The credentials, for a device that saves them for offline use until the given day. Appended to the
    /// audit log, with that day, before it is answered; counts as a revealed password.
    save_offline_credentials: POST "/services/{id}/keep", Support fresh, id i64,
        body SaveOfflineCredentials => OfflineCredentials;
    /// Records that a device has removed the saved credentials.
    remove_offline_credentials: DELETE "/services/{id}/keep", Support, id i64 => Done;
    /// Starts a set-up that failed again.
    reprovision: POST "/services/{id}/reprovision", Support, id i64 => Service;
    /// Switches the account off on the panel and keeps everything.
    suspend: POST "/services/{id}/suspend", Support fresh, id i64, body Reason => Service;
    /// Switches it on again on the panel.
    activate: POST "/services/{id}/activate", Support fresh, id i64, body Reason => Service;
    /// Mails the customer where the account's details are (with the password, where the portal is set so).
    send_credentials: POST "/services/{id}/send-credentials", Support fresh, id i64 => MailQueued;
    /// A one-time address that signs this member of staff in to the customer's control panel. Counts as a
    /// password that was revealed.
    open_panel: POST "/services/{id}/panel", Support fresh, id i64 => PanelLink;

    /// Purchases.
    list_orders: GET "/orders", Support, query OrderQuery => Page<OrderItem>;
    /// Orders for a customer, who gets the link to pay by mail.
    create_order: POST "/orders", Support, body NewOrder => OrderCreated;
    /// One order with its payments, status history, service and attention items.
    show_order: GET "/orders/{id}", Support, id String => Order;
    /// Changes what may be changed: the customer's details; domain and phone while it is not paid.
    edit_order: PATCH "/orders/{id}", Support fresh, id String, body OrderEdit => Order;
    /// Deletes an order that no money ever came for, and that no payment request is open for. `confirm` is
    /// its number.
    delete_order: DELETE "/orders/{id}", Admin fresh, id String, body Confirm => Done;
    /// Everything that happened, oldest first: payment requests, webhooks, checks, panel calls, mails,
    /// actions of staff.
    list_timeline: GET "/orders/{id}/timeline", Support, id String => Items<TimelineEntry>;
    /// What the gateway said of its payments, raw.
    list_payment_events: GET "/orders/{id}/payment-events", Support, id String => Items<PaymentEvent>;
    /// Asks the gateway about every payment of the order, now.
    check_payment: POST "/orders/{id}/check-payment", Support, id String => Order;
    /// Marks it as paid by a gateway reference that was never used, with a reason.
    mark_paid: POST "/orders/{id}/mark-paid", Admin fresh, id String, body MarkPaid => Order;
    /// Cancels it with a reason. What is set up stays until it is deleted.
    cancel_order: POST "/orders/{id}/cancel", Admin fresh, id String, body Reason => Order;

    /// All plans, active or not, with what they sold.
    list_plans: GET "/plans", Support => Items<Plan>;
    /// For how many months a plan can be bought, and what that takes off its price.
    list_terms: GET "/terms", Support => Items<Term>;
    /// A new plan; its slug is made from the name.
    create_plan: POST "/plans", Admin fresh, body NewPlan => Plan;
    /// One plan, by its slug.
    show_plan: GET "/plans/{id}", Support, id String => Plan;
    /// Changes what is given. Orders keep the price they were placed at.
    edit_plan: PATCH "/plans/{id}", Admin fresh, id String, body PlanEdit => Plan;
    /// Sells it.
    activate_plan: POST "/plans/{id}/activate", Admin fresh, id String => Plan;
    /// Stops selling it; what was sold goes on.
    deactivate_plan: POST "/plans/{id}/deactivate", Admin fresh, id String => Plan;
    /// Deletes a plan that was never ordered. `confirm` is its slug.
    delete_plan: DELETE "/plans/{id}", Admin fresh, id String, body Confirm => Done;
    /// The panel's own plans, and whether the panel answers.
    panel_plans: GET "/panel/plans", Support => PanelPlans;

    /// Attention items: what only staff can settle.
    list_attention: GET "/attention", Support, query AttentionQuery => Page<AttentionItem>;
    /// One attention item; where money came for no payment in the table, with the orders that it could be
    /// for.
    show_attention: GET "/attention/{id}", Support, id i64 => AttentionCase;
    /// Resolves an attention item with a reason. Items about money are resolved by an `admin`.
    resolve_attention: POST "/attention/{id}/resolve", Support, id i64, body Reason => AttentionItem;

    /// The audit log, newest first.
    list_audit: GET "/audit", Admin, query AuditQuery => AuditPage;
    /// Verifies the whole audit log: whether any entry was changed, deleted, inserted or reordered.
    verify_audit: GET "/audit/verify", Admin => AuditVerdict;
    /// One of `users`, `orders`, `services`, `payments`, `audit` as CSV, streamed: all rows, or those that
    /// its list shows with these filters, or those that were selected.
    export: GET "/exports/{id}", Admin fresh, id String, query ExportQuery => Csv;
}
