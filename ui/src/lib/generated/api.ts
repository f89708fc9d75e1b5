// The shapes of the admin API, made from core/src/api. Do not change it here: a test compares.

/**
 * What a portal is.
 */
export type About = { company: string, 
/**
 * The portal's version.
 */
version: string, 
/**
 * The number of this API.
 */
api: number, 
/**
 * The site's address.
 */
url: string, 
/**
 * Whether staff must have a second factor.
 */
is_totp_required: boolean, };

/**
 * One thing that happened in an account.
 */
export type Activity = { at: string, 
/**
 * Like `user.signed_in`.
 */
action: string, 
/**
 * `user:7`, `staff:2`, `visitor`, `worker`.
 */
actor: string, 
/**
 * Who that is, where it is a person.
 */
person: UserRef | null, details: string | null, address: string | null, };

/**
 * A matter with what helps to settle it.
 */
export type AttentionCase = { item: AttentionItem, 
/**
 * The phone that paid, where money came for no payment of ours and the gateway told it.
 */
payer_phone: string | null, 
/**
 * Orders whose money it could be, the likeliest first. A person decides.
 */
candidates: Array<Candidate>, };

/**
 * A matter that only a person can settle.
 */
export type AttentionItem = { id: number, kind: AttentionKind, 
/**
 * Whether it is about money that moved: an `admin` closes it.
 */
is_money: boolean, 
/**
 * In a few words.
 */
title: string, 
/**
 * What happened.
 */
details: string, 
/**
 * What can be done.
 */
advice: string, amount_tzs: number | null, order: OrderRef | null, service_id: number | null, payment_id: number | null, created_at: string, resolved_at: string | null, 
/**
 * `staff:2`, or `worker` where it settled itself.
 */
resolved_by: string | null, 
/**
 * Who that is, where it is a person.
 */
resolver: UserRef | null, resolution: string | null, };

/**
 * Why something needs a person.
 */
export type AttentionKind = "shortfall" | "surplus" | "second_payment" | "paid_after_end" | "mismatch" | "reference_used" | "unresolved" | "stray_payment" | "setup_failed" | "set_up_after_cancel" | "panel_refuses_us" | "panel_unreachable" | "mail_failed" | "job_stuck";

/**
 * Which matters.
 */
export type AttentionQuery = { 
/**
 * Open ones where it is not given.
 */
state: AttentionState | null, kind: AttentionKind | null, 
/**
 * From 1.
 */
page: number | null, 
/**
 * At most 100.
 */
per_page: number | null, };

/**
 * Open, resolved, or both.
 */
export type AttentionState = "open" | "resolved" | "all";

/**
 * One entry.
 */
export type AuditItem = { 
/**
 * Its place in the record.
 */
id: number, at: string, actor: string, 
/**
 * Who that is, where it is a person.
 */
actor_person: UserRef | null, 
/**
 * Whom it was done for, where that is somebody else.
 */
subject: string | null, subject_person: UserRef | null, action: string, object: string, object_id: number | null, details: string | null, address: string | null, request_id: string | null, };

/**
 * A page of the record.
 */
export type AuditPage = { items: Array<AuditItem>, total: number, 
/**
 * False where there are more than `total`.
 */
is_total_exact: boolean, page: number, per_page: number, 
/**
 * Where several filters meet, only so far back was looked: null where everything was.
 */
searched_back_to: string | null, };

/**
 * Which entries.
 */
export type AuditQuery = { 
/**
 * A word of the action, the actor or the details.
 */
q: string | null, 
/**
 * Like `staff:2`.
 */
actor: string | null, 
/**
 * An action, or its beginning up to a dot: `service.suspended`, `service`.
 */
action: string | null, 
/**
 * Like `order`.
 */
object: string | null, 
/**
 * With `object`: its row.
 */
object_id: number | null, 
/**
 * At that time or later.
 */
from: string | null, 
/**
 * Before that time.
 */
to: string | null, 
/**
 * From 1.
 */
page: number | null, 
/**
 * At most 100.
 */
per_page: number | null, };

/**
 * Whether the record is whole.
 */
export type AuditVerdict = { is_whole: boolean, 
/**
 * How many entries were read.
 */
entries: number, 
/**
 * The fingerprint of the last one: worth noting elsewhere.
 */
head: string, 
/**
 * The first entry that does not fit.
 */
broken_at: number | null, 
/**
 * What does not fit there.
 */
problem: string | null, };

/**
 * An order whose money it could be.
 */
export type Candidate = { order: OrderItem, 
/**
 * Why it is named here; at least one.
 */
because: Array<CandidateReason>, };

/**
 * Why an order could be the one.
 */
export type CandidateReason = "same_phone" | "same_amount";

/**
 * One thing that changed.
 */
export type Change = { at: string, 
/**
 * `user`, `order`, `service`, `payment`, `plan`, `attention`.
 */
noun: string, 
/**
 * Its name in paths, where it has one.
 */
id: string | null, 
/**
 * Like `order.payment_succeeded`.
 */
action: string, 
/**
 * What a person should be told, where anything.
 */
notice: Notice | null, };

/**
 * A new password for oneself.
 */
export type ChangePassword = { current: string, new: string, };

/**
 * What changed.
 */
export type Changes = { 
/**
 * For the next call.
 */
cursor: number, 
/**
 * There is more: ask again at once.
 */
has_more: boolean, 
/**
 * Oldest first.
 */
items: Array<Change>, 
/**
 * Open matters that need a person.
 */
attention: number, };

/**
 * Since when.
 */
export type ChangesQuery = { 
/**
 * A `cursor` that was answered before.
 */
since: number | null, };

/**
 * A dangerous act, confirmed by typing the name of what it is done to.
 */
export type Confirm = { 
/**
 * The name, as the endpoint says.
 */
confirm: string, reason: string, };

/**
 * One's own password, asked for again.
 */
export type ConfirmPassword = { password: string, };

/**
 * Of all time, and as it is now.
 */
export type Counters = { users: number, plans: number, orders: number, orders_pending: number, orders_failed: number, services_active: number, 
/**
 * Succeeded payments applied to orders.
 */
revenue_tzs: number, 
/**
 * Over active services: what was paid, divided by its months.
 */
mrr_tzs: number, 
/**
 * Open matters that need a person.
 */
attention: number, };

/**
 * Where a service is opened.
 */
export type Credential = { service_id: number, domain: string, username: string | null, 
/**
 * Whether there is a password to reveal.
 */
has_password: boolean, panel_url: string | null, status: ServiceStatus, };

/**
 * Everything that the first screen shows.
 */
export type Dashboard = { counters: Counters, 
/**
 * Every day of the range, days without anything too.
 */
days: Array<DayFigures>, 
/**
 * The last eight.
 */
recent_orders: Array<OrderItem>, 
/**
 * The last eight.
 */
recent_services: Array<ServiceItem>, 
/**
 * The last six.
 */
recent_users: Array<UserItem>, 
/**
 * Five at most, by paid orders, of all time.
 */
top_plans: Array<TopPlan>, 
/**
 * How pushes ended within the range, per network.
 */
operators: Array<OperatorFigures>, 
/**
 * How set-ups ended within the range.
 */
setup: SetupFigures, };

/**
 * Which days. The last 14 where none are given; at most 400.
 */
export type DashboardQuery = { 
/**
 * The first day.
 */
from: string | null, 
/**
 * The last day.
 */
to: string | null, };

/**
 * One day in East Africa Time.
 */
export type DayFigures = { day: string, orders: number, orders_paid: number, revenue_tzs: number, };

/**
 * A device that is signed in.
 */
export type Device = { id: number, name: string, address: string, created_at: string, last_seen_at: string, expires_at: string, 
/**
 * Whether it is the one that asks.
 */
is_current: boolean, };

/**
 * It is done; there is nothing to tell.
 */
export type Done = Record<symbol, never>;

/**
 * Who wants a second factor.
 */
export type Enrol = { email: string, password: string, };

/**
 * The seed of a second factor.
 */
export type Enrolment = { 
/**
 * For typing, base32.
 */
secret: string, 
/**
 * For a QR code: `otpauth://totp/...`.
 */
uri: string, };

/**
 * What comes back with every status from 400 on.
 */
export type ErrorBody = { error: ErrorDetail, };

/**
 * What is wrong, for the program.
 */
export type ErrorCode = "bad_request" | "unauthorized" | "wrong_credentials" | "totp_required" | "totp_wrong" | "forbidden" | "fresh_required" | "enrolment_required" | "not_found" | "conflict" | "too_large" | "invalid" | "limited" | "provider" | "internal";

/**
 * What is wrong, for the program, the person and the log.
 */
export type ErrorDetail = { 
/**
 * For the program.
 */
code: ErrorCode, 
/**
 * For the person: one sentence.
 */
message: string, 
/**
 * What is wrong with which field.
 */
fields: { [key in string]: string }, 
/**
 * Under which the log tells more.
 */
request_id: string, };

/**
 * Which rows: those that the noun's list shows with the same filters. What its list does not know is refused.
 */
export type ExportQuery = { 
/**
 * Only these, as paths name them, with commas between; at most 100. For `users`, `orders` and `services`.
 */
ids: string | null, 
/**
 * Where more is found than the list counts, the newest 500. In the record everything is looked through.
 */
q: string | null, 
/**
 * Of orders or services.
 */
status: string | null, operator: string | null, plan: string | null, user: number | null, role: Role | null, is_disabled: boolean | null, actor: string | null, action: string | null, object: string | null, object_id: number | null, 
/**
 * A day for orders, a time for the record.
 */
from: string | null, 
/**
 * The last day for orders; the first time that is too late for the record.
 */
to: string | null, };

/**
 * One thing that a plan includes.
 */
export type Feature = { label: string, value: string, };

/**
 * Something that was found.
 */
export type Hit = { kind: HitKind, 
/**
 * Its name in paths: a user's or service's id, an order's UUID.
 */
id: string, title: string, text: string, 
/**
 * Its state, or a person's role.
 */
state: string, };

/**
 * What was found.
 */
export type HitKind = "user" | "order" | "service";

/**
 * A one-time link to see the portal as a customer.
 */
export type ImpersonationLink = { url: string, expires_at: string, };

/**
 * A short list, whole.
 */
export type Items<T> = { items: Array<T>, };

/**
 * One step on the panel. Secrets in it are masked.
 */
export type LogStep = { at: string, 
/**
 * `create_user`, `look`, `status_update`, ...
 */
step: string, 
/**
 * The try of the set-up that it belongs to, counted from 1 over the service's life; none where it was done to
 * an account that is set up.
 */
attempt: number | null, 
/**
 * `sent`, `done`, `failed`, `unknown`, ...
 */
status: string, message: string, request: string | null, response: string | null, success: boolean, };

/**
 * A mail is on its way.
 */
export type MailQueued = { recipient: string, };

/**
 * How it was paid, and who says so.
 */
export type MarkPaid = { 
/**
 * The gateway's or the operator's reference. None was ever used twice.
 */
reference: string, reason: string, };

/**
 * An order that staff place for a customer.
 */
export type NewOrder = { user_id: number, 
/**
 * A plan's slug.
 */
plan: string, months: number, domain: string | null, 
/**
 * The phone that pays; the account's where it is not given.
 */
phone: string | null, };

/**
 * A new plan.
 */
export type NewPlan = { name: string, price_tzs: number, features: Array<Feature>, is_active: boolean, 
/**
 * The panel's plan, as the panel spells it.
 */
panel_plan: string | null, };

/**
 * A new account.
 */
export type NewUser = { name: string, email: string, phone: string | null, 
/**
 * `user` where it is not given.
 */
role: Role | null, 
/**
 * Without one, a link to set it is mailed.
 */
password: string | null, 
/**
 * `en` or `sw`; `en` where it is not given.
 */
locale: string | null, };

/**
 * What a person should be told.
 */
export type Notice = { kind: NoticeKind, title: string, text: string, };

/**
 * Why a person should be told.
 */
export type NoticeKind = "paid" | "setup_failed" | "attention";

/**
 * A service's login, to be kept in a device's keyring and nowhere else.
 */
export type OfflineCredentials = { domain: string, username: string | null, password: string, 
/**
 * Where the customer signs in to the panel.
 */
panel_url: string | null, 
/**
 * Then the device forgets it.
 */
until: string, };

/**
 * How pushes over one network ended.
 */
export type OperatorFigures = { 
/**
 * Like `M-PESA`; `unknown` where the number told none.
 */
operator: string, succeeded: number, failed: number, cancelled: number, };

/**
 * An order with everything that its page shows.
 */
export type Order = { order: OrderItem, 
/**
 * The plan's price for one month when it was ordered.
 */
base_price_monthly_tzs: number, discount_percent: number, 
/**
 * `en` or `sw`: the language of its mails.
 */
locale: string, 
/**
 * Where the customer pays it.
 */
pay_url: string, 
/**
 * All pushes, the newest first.
 */
payments: Array<Payment>, service: ServiceItem | null, 
/**
 * Of the order, its pushes and its service; oldest first.
 */
history: Array<StatusChange>, 
/**
 * What needs a person, open or not.
 */
attention: Array<AttentionItem>, 
/**
 * What this member of staff may do with it now.
 */
acts: Array<OrderAction>, };

/**
 * What can be done with an order.
 */
export type OrderAction = "edit" | "check_payment" | "mark_paid" | "cancel" | "delete";

/**
 * The new order.
 */
export type OrderCreated = { uuid: string, number: string, price_tzs: number, 
/**
 * Where the customer pays it. It was mailed, too.
 */
pay_url: string, 
/**
 * False where the customer had the same thing pending already: this is that order.
 */
is_new: boolean, };

/**
 * What to change of an order. What is not given stays.
 */
export type OrderEdit = { customer_name: string | null, customer_email: string | null, 
/**
 * Only while it is not paid.
 */
customer_phone: string | null, 
/**
 * Only before it is set up; an empty one takes the domain away.
 */
domain: string | null, };

/**
 * An order in a list.
 */
export type OrderItem = { 
/**
 * Its name in paths.
 */
uuid: string, 
/**
 * What people read aloud: `H-7K3M9Q`.
 */
number: string, status: OrderStatus, plan: PlanRef, user_id: number, customer_name: string, customer_email: string, customer_phone: string, domain: string | null, months: number, price_tzs: number, 
/**
 * The network that the money came through.
 */
operator: string | null, 
/**
 * The gateway's reference of the money.
 */
payment_ref: string | null, 
/**
 * Where the newest push stands.
 */
payment_status: PaymentStatus | null, service_id: number | null, service_status: ServiceStatus | null, created_at: string, paid_at: string | null, };

/**
 * Which orders, in which order.
 */
export type OrderQuery = { 
/**
 * UUID, number, name, e-mail, phone, reference or domain, or its beginning.
 */
q: string | null, status: OrderStatus | null, 
/**
 * A mobile-money network, like `M-PESA`.
 */
operator: string | null, 
/**
 * Placed on that day or later.
 */
from: string | null, 
/**
 * Placed on that day or earlier.
 */
to: string | null, 
/**
 * Only this customer's.
 */
user: number | null, 
/**
 * Only of the plan with this slug.
 */
plan: string | null, sort: OrderSort | null, 
/**
 * From 1.
 */
page: number | null, 
/**
 * At most 100.
 */
per_page: number | null, };

/**
 * An order, named.
 */
export type OrderRef = { uuid: string, number: string, status: OrderStatus, };

/**
 * The order of a list of orders; a minus puts the greatest first.
 */
export type OrderSort = "created" | "-created" | "price" | "-price";

/**
 * Where an order stands.
 */
export type OrderStatus = "pending" | "paid" | "active" | "complete" | "failed" | "cancelled";

/**
 * A page of a list.
 */
export type Page<T> = { items: Array<T>, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * False where there are more than `total`: counting ends at 10,000 where nothing else is known.
 */
is_total_exact: boolean, 
/**
 * From 1.
 */
page: number, per_page: number, };

/**
 * Which page of a list.
 */
export type PageQuery = { 
/**
 * From 1.
 */
page: number | null, 
/**
 * At most 100; 25 where it is not given.
 */
per_page: number | null, };

/**
 * An address that signs in to the panel, once. It is a password.
 */
export type PanelLink = { url: string, };

/**
 * One of the panel's plans.
 */
export type PanelPlan = { slug: string, name: string, };

/**
 * Which panel plan one of our plans is set up with.
 */
export type PanelPlanUse = { 
/**
 * Our plan's slug.
 */
plan: string, 
/**
 * The panel's; none where the panel has none that fits, and its default would be taken.
 */
panel_plan: string | null, };

/**
 * The panel's own plans.
 */
export type PanelPlans = { items: Array<PanelPlan>, 
/**
 * Why the list is empty, where the panel did not answer.
 */
problem: string | null, 
/**
 * Which panel plan each of our plans is set up with.
 */
used: Array<PanelPlanUse>, };

/**
 * A panel password. It should not stay on a screen.
 */
export type Password = { password: string, 
/**
 * After how many seconds a screen hides it again.
 */
hide_after_seconds: number, };

/**
 * One push to one phone.
 */
export type Payment = { id: number, attempt: number, 
/**
 * Our name for it at the gateway.
 */
gateway_order_id: string, status: PaymentStatus, phone: string, 
/**
 * What the number looked like; `channel` is where the money came from.
 */
operator: string | null, channel: string | null, amount_tzs: number, received_tzs: number | null, 
/**
 * Whether it made the order paid.
 */
is_applied: boolean, transaction: string | null, reference: string | null, refusal: string | null, created_at: string, settled_at: string | null, 
/**
 * When the gateway is asked next, where it is.
 */
next_check_at: string | null, };

/**
 * What the gateway said, raw.
 */
export type PaymentEvent = { id: number, at: string, event_type: string, 
/**
 * `zeno` or `manual`.
 */
gateway: string, reference: string | null, amount_tzs: number | null, currency: string | null, status: string, payload: string | null, };

/**
 * Where a push stands.
 */
export type PaymentStatus = "created" | "pending" | "unknown" | "failed" | "cancelled" | "succeeded";

/**
 * A plan with what it sold.
 */
export type Plan = { id: number, name: string, 
/**
 * Its name in paths and on the panel.
 */
slug: string, 
/**
 * For one month.
 */
price_tzs: number, 
/**
 * In the order in which they are shown.
 */
features: Array<Feature>, 
/**
 * Whether it can be ordered.
 */
is_active: boolean, 
/**
 * Its place in the price list, from 0.
 */
position: number, 
/**
 * The panel's plan that was chosen for it; none where it is found by name.
 */
panel_plan: string | null, orders: number, orders_paid: number, 
/**
 * Succeeded payments applied to its orders.
 */
revenue_tzs: number, services_active: number, updated_at: string, };

/**
 * What to change of a plan. What is not given stays.
 */
export type PlanEdit = { name: string | null, price_tzs: number | null, features: Array<Feature> | null, position: number | null, 
/**
 * An empty one: found by name again.
 */
panel_plan: string | null, };

/**
 * A plan, named.
 */
export type PlanRef = { slug: string, name: string, };

/**
 * Why. It is kept in the record.
 */
export type Reason = { reason: string, };

/**
 * Codes that each open the account once, without the authenticator app.
 */
export type RecoveryCodes = { codes: Array<string>, };

/**
 * What a person may do.
 */
export type Role = "user" | "support" | "admin";

/**
 * How long a device keeps a login for offline use.
 */
export type SaveOfflineCredentials = { 
/**
 * 1 to 30.
 */
days: number, };

/**
 * What is looked for.
 */
export type SearchQuery = { q: string, };

/**
 * A service with everything that its page shows.
 */
export type Service = { service: ServiceItem, 
/**
 * When set-up is tried next, where it is.
 */
next_try_at: string | null, 
/**
 * How often it was tried since it was asked for last.
 */
tries: number, 
/**
 * Oldest first.
 */
logs: Array<LogStep>, 
/**
 * Oldest first.
 */
history: Array<StatusChange>, 
/**
 * What this member of staff may do with it now.
 */
acts: Array<ServiceAction>, };

/**
 * What can be done with a service.
 */
export type ServiceAction = "edit" | "reprovision" | "suspend" | "activate" | "send_credentials" | "reveal" | "open_panel" | "delete";

/**
 * What to change of a service. What is not given stays.
 */
export type ServiceEdit = { 
/**
 * Of no other living service.
 */
domain: string | null, 
/**
 * A plan's slug.
 */
plan: string | null, };

/**
 * A service in a list.
 */
export type ServiceItem = { id: number, domain: string, username: string | null, status: ServiceStatus, plan: PlanRef, user: UserRef, order: OrderRef, 
/**
 * Where the customer signs in to the panel.
 */
panel_url: string | null, 
/**
 * Whether there is a password to reveal.
 */
has_password: boolean, created_at: string, activated_at: string | null, paid_until: string | null, };

/**
 * Which services, in which order.
 */
export type ServiceQuery = { 
/**
 * Domain, username or the customer's e-mail, or its beginning.
 */
q: string | null, status: ServiceStatus | null, 
/**
 * Only this customer's.
 */
user: number | null, 
/**
 * Only of the plan with this slug.
 */
plan: string | null, sort: ServiceSort | null, 
/**
 * From 1.
 */
page: number | null, 
/**
 * At most 100.
 */
per_page: number | null, };

/**
 * The order of a list of services; a minus puts the greatest first.
 */
export type ServiceSort = "created" | "-created" | "domain" | "-domain" | "paid_until" | "-paid_until";

/**
 * Where a service stands.
 */
export type ServiceStatus = "requested" | "provisioning" | "active" | "failed" | "suspended" | "cancelled";

/**
 * Who is signed in.
 */
export type Session = { user: Staff, device: string, expires_at: string, 
/**
 * Until then the password need not be asked for again.
 */
fresh_until: string | null, };

/**
 * A token of its own for a device.
 */
export type SessionOpened = { 
/**
 * Sent as `Authorization: Bearer ...`. It is told this once.
 */
token: string, 
/**
 * It ends then at the latest; after 8 idle hours before that.
 */
expires_at: string, user: Staff, 
/**
 * Where this sign-in confirmed a new second factor: its recovery codes, told this once.
 */
recovery_codes: Array<string>, };

/**
 * How set-ups ended.
 */
export type SetupFigures = { succeeded: number, failed: number, 
/**
 * From paid to active; none where nothing was set up.
 */
median_seconds: number | null, };

/**
 * Who signs in, and on which device.
 */
export type SignIn = { email: string, password: string, 
/**
 * Six digits of the authenticator app, or a recovery code.
 */
totp: string | null, 
/**
 * What the person calls the device.
 */
device: string, };

/**
 * A member of staff.
 */
export type Staff = { id: number, name: string, email: string, role: Role, has_totp: boolean, };

/**
 * How a state came about.
 */
export type StatusChange = { at: string, 
/**
 * `order`, `payment` or `service`.
 */
subject: string, event: string, from: string, to: string, 
/**
 * `staff:2`, `user:7`, `worker`, `gateway`.
 */
actor: string, 
/**
 * Who that is, where it is a person.
 */
person: UserRef | null, reason: string | null, };

/**
 * For how long a plan is bought.
 */
export type Term = { months: number, 
/**
 * What the price of those months is less by; what is taken off is whole shillings, rounded down.
 */
discount_percent: number, };

/**
 * One thing that happened to an order.
 */
export type TimelineEntry = { at: string, kind: TimelineKind, 
/**
 * In a few words.
 */
title: string, text: string | null, 
/**
 * `staff:2`, `user:7`, `worker`, `gateway`.
 */
actor: string | null, 
/**
 * Who that is, where it is a person.
 */
person: UserRef | null, 
/**
 * None where it is neither.
 */
success: boolean | null, 
/**
 * What was said over the wire, masked.
 */
payload: string | null, };

/**
 * Whose doing an entry is.
 */
export type TimelineKind = "status" | "push" | "notice" | "check" | "panel" | "mail" | "staff" | "attention";

/**
 * How often a plan was bought.
 */
export type TopPlan = { plan: PlanRef, orders_paid: number, revenue_tzs: number, };

/**
 * A person with everything that their page shows.
 */
export type User = { id: number, name: string, email: string, phone: string | null, role: Role, 
/**
 * `en` or `sw`.
 */
locale: string, email_verified_at: string | null, disabled_at: string | null, has_totp: boolean, created_at: string, figures: UserFigures, 
/**
 * Active ones first.
 */
services: Array<ServiceItem>, 
/**
 * The last ten.
 */
orders: Array<OrderItem>, 
/**
 * The last twenty things that happened in the account.
 */
activity: Array<Activity>, };

/**
 * What to change of an account. What is not given stays.
 */
export type UserEdit = { name: string | null, email: string | null, 
/**
 * An empty one takes the phone away.
 */
phone: string | null, role: Role | null, 
/**
 * `en` or `sw`.
 */
locale: string | null, };

/**
 * A customer's figures.
 */
export type UserFigures = { orders: number, orders_paid: number, orders_failed: number, services_active: number, services_in_setup: number, 
/**
 * Succeeded payments that were applied.
 */
spent_tzs: number, last_paid_at: string | null, };

/**
 * A person in a list.
 */
export type UserItem = { id: number, name: string, email: string, phone: string | null, role: Role, is_verified: boolean, is_disabled: boolean, orders: number, services: number, spent_tzs: number, created_at: string, };

/**
 * Which people, in which order.
 */
export type UserQuery = { 
/**
 * Name, e-mail or phone, or the beginning of a word of them.
 */
q: string | null, role: Role | null, 
/**
 * Only locked accounts, or only open ones.
 */
is_disabled: boolean | null, sort: UserSort | null, 
/**
 * From 1.
 */
page: number | null, 
/**
 * At most 100.
 */
per_page: number | null, };

/**
 * A person, named.
 */
export type UserRef = { id: number, name: string, email: string, };

/**
 * The order of a list of people; a minus puts the greatest first.
 */
export type UserSort = "created" | "-created" | "name" | "-name" | "email" | "-email";

/** Every endpoint: what goes in and what comes out. */
export interface Endpoints {
  about: { id: null; query: null; body: null; answer: About };
  sign_in: { id: null; query: null; body: SignIn; answer: SessionOpened };
  enrol: { id: null; query: null; body: Enrol; answer: Enrolment };
  session: { id: null; query: null; body: null; answer: Session };
  sign_out: { id: null; query: null; body: null; answer: Done };
  confirm_password: { id: null; query: null; body: ConfirmPassword; answer: Session };
  change_password: { id: null; query: null; body: ChangePassword; answer: Done };
  renew_recovery_codes: { id: null; query: null; body: null; answer: RecoveryCodes };
  list_devices: { id: null; query: null; body: null; answer: Items<Device> };
  revoke_device: { id: number; query: null; body: null; answer: Done };
  dashboard: { id: null; query: Partial<DashboardQuery>; body: null; answer: Dashboard };
  search: { id: null; query: Partial<SearchQuery>; body: null; answer: Items<Hit> };
  changes: { id: null; query: Partial<ChangesQuery>; body: null; answer: Changes };
  list_users: { id: null; query: Partial<UserQuery>; body: null; answer: Page<UserItem> };
  create_user: { id: null; query: null; body: NewUser; answer: User };
  show_user: { id: number; query: null; body: null; answer: User };
  edit_user: { id: number; query: null; body: Partial<UserEdit>; answer: User };
  disable_user: { id: number; query: null; body: Reason; answer: User };
  enable_user: { id: number; query: null; body: Reason; answer: User };
  delete_user: { id: number; query: null; body: Confirm; answer: Done };
  list_activity: { id: number; query: Partial<PageQuery>; body: null; answer: Page<Activity> };
  credentials: { id: number; query: null; body: null; answer: Items<Credential> };
  impersonate: { id: number; query: null; body: Reason; answer: ImpersonationLink };
  list_services: { id: null; query: Partial<ServiceQuery>; body: null; answer: Page<ServiceItem> };
  show_service: { id: number; query: null; body: null; answer: Service };
  edit_service: { id: number; query: null; body: Partial<ServiceEdit>; answer: Service };
  delete_service: { id: number; query: null; body: Confirm; answer: Service };
  list_logs: { id: number; query: null; body: null; answer: Items<LogStep> };
  reveal_password: { id: number; query: null; body: null; answer: Password };
  save_offline_credentials: { id: number; query: null; body: SaveOfflineCredentials; answer: OfflineCredentials };
  remove_offline_credentials: { id: number; query: null; body: null; answer: Done };
  reprovision: { id: number; query: null; body: null; answer: Service };
  suspend: { id: number; query: null; body: Reason; answer: Service };
  activate: { id: number; query: null; body: Reason; answer: Service };
  send_credentials: { id: number; query: null; body: null; answer: MailQueued };
  open_panel: { id: number; query: null; body: null; answer: PanelLink };
  list_orders: { id: null; query: Partial<OrderQuery>; body: null; answer: Page<OrderItem> };
  create_order: { id: null; query: null; body: NewOrder; answer: OrderCreated };
  show_order: { id: string; query: null; body: null; answer: Order };
  edit_order: { id: string; query: null; body: Partial<OrderEdit>; answer: Order };
  delete_order: { id: string; query: null; body: Confirm; answer: Done };
  list_timeline: { id: string; query: null; body: null; answer: Items<TimelineEntry> };
  list_payment_events: { id: string; query: null; body: null; answer: Items<PaymentEvent> };
  check_payment: { id: string; query: null; body: null; answer: Order };
  mark_paid: { id: string; query: null; body: MarkPaid; answer: Order };
  cancel_order: { id: string; query: null; body: Reason; answer: Order };
  list_plans: { id: null; query: null; body: null; answer: Items<Plan> };
  list_terms: { id: null; query: null; body: null; answer: Items<Term> };
  create_plan: { id: null; query: null; body: NewPlan; answer: Plan };
  show_plan: { id: string; query: null; body: null; answer: Plan };
  edit_plan: { id: string; query: null; body: Partial<PlanEdit>; answer: Plan };
  activate_plan: { id: string; query: null; body: null; answer: Plan };
  deactivate_plan: { id: string; query: null; body: null; answer: Plan };
  delete_plan: { id: string; query: null; body: Confirm; answer: Done };
  panel_plans: { id: null; query: null; body: null; answer: PanelPlans };
  list_attention: { id: null; query: Partial<AttentionQuery>; body: null; answer: Page<AttentionItem> };
  show_attention: { id: number; query: null; body: null; answer: AttentionCase };
  resolve_attention: { id: number; query: null; body: Reason; answer: AttentionItem };
  list_audit: { id: null; query: Partial<AuditQuery>; body: null; answer: AuditPage };
  verify_audit: { id: null; query: null; body: null; answer: AuditVerdict };
  export: { id: string; query: Partial<ExportQuery>; body: null; answer: string };
}
