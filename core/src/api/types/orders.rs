//! Purchases and their money.
use super::{
    AttentionItem, Day, OrderStatus, PaymentStatus, PlanRef, ServiceItem, ServiceStatus, StatusChange, Time,
};
use crate::domain::{list, order, order_action, payment, timeline::PaymentRecord};

api_types! {
    /// Which orders, in which order.
    #[derive(Default)]
    #[serde(default)]
    pub struct OrderQuery {
        /// UUID, number, name, e-mail, phone, reference or domain, or its beginning.
        pub q: Option<String>,
        pub status: Option<OrderStatus>,
        /// A mobile-money network, like `M-PESA`.
        pub operator: Option<String>,
        /// Placed on that day or later.
        pub from: Option<Day>,
        /// Placed on that day or earlier.
        pub to: Option<Day>,
        /// Only this customer's.
        pub user: Option<i64>,
        /// Only of the plan with this slug.
        pub plan: Option<String>,
        pub sort: Option<OrderSort>,
        /// From 1.
        pub page: Option<i64>,
        /// At most 100.
        pub per_page: Option<i64>,
    }

    /// The order of a list of orders; a minus puts the greatest first.
    #[derive(Copy, Eq)]
    pub enum OrderSort {
        #[serde(rename = "created")]
        Created,
        #[serde(rename = "-created")]
        CreatedDown,
        #[serde(rename = "price")]
        Price,
        #[serde(rename = "-price")]
        PriceDown,
    }

    /// An order in a list.
    pub struct OrderItem {
        /// Its name in paths.
        pub uuid: String,
        /// What people read aloud: `H-7K3M9Q`.
        pub number: String,
        pub status: OrderStatus,
        pub plan: PlanRef,
        pub user_id: i64,
        pub customer_name: String,
        pub customer_email: String,
        pub customer_phone: String,
        pub domain: Option<String>,
        pub months: i64,
        pub price_tzs: i64,
        /// The network that the money came through.
        pub operator: Option<String>,
        /// The gateway's reference of the money.
        pub payment_ref: Option<String>,
        /// The status of the newest payment.
        pub payment_status: Option<PaymentStatus>,
        pub service_id: Option<i64>,
        pub service_status: Option<ServiceStatus>,
        pub created_at: Time,
        pub paid_at: Option<Time>,
    }

    /// An order, named.
    pub struct OrderRef {
        pub uuid: String,
        pub number: String,
        pub status: OrderStatus,
    }

    /// A person, named.
    pub struct UserRef {
        pub id: i64,
        pub name: String,
        pub email: String,
    }

    /// An order with everything that its page shows.
    pub struct Order {
        pub order: OrderItem,
        /// The plan's price for one month when it was ordered.
        pub base_price_monthly_tzs: i64,
        pub discount_percent: i64,
        /// `en` or `sw`: the language of its mails.
        pub locale: String,
        /// Where the customer pays it.
        pub pay_url: String,
        /// All payments, the newest first.
        pub payments: Vec<Payment>,
        pub service: Option<ServiceItem>,
        /// Of the order, its payments and its service; oldest first.
        pub history: Vec<StatusChange>,
        /// Its attention items, open or resolved.
        pub attention: Vec<AttentionItem>,
        /// What this member of staff may do with it now.
        pub actions: Vec<OrderAction>,
    }

    /// What can be done with an order.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum OrderAction {
        Edit,
        CheckPayment,
        MarkPaid,
        Cancel,
        Delete,
    }

    /// One payment: a request to one phone, or a reference that staff gave.
    pub struct Payment {
        pub id: i64,
        pub attempt: i64,
        /// Our name for it at the gateway.
        pub gateway_order_id: String,
        pub status: PaymentStatus,
        pub phone: String,
        /// What the number looked like; `channel` is where the money came from.
        pub operator: Option<String>,
        pub channel: Option<String>,
        pub amount_tzs: i64,
        pub received_tzs: Option<i64>,
        /// Whether it made the order paid.
        pub is_applied: bool,
        pub transaction: Option<String>,
        pub reference: Option<String>,
        pub refusal: Option<String>,
        pub created_at: Time,
        pub settled_at: Option<Time>,
        /// When the gateway is asked next, where it is.
        pub next_check_at: Option<Time>,
    }

    /// One thing that happened to an order.
    pub struct TimelineEntry {
        pub at: Time,
        pub kind: TimelineKind,
        /// In a few words.
        pub title: String,
        pub text: Option<String>,
        /// `staff:2`, `user:7`, `worker`, `gateway`.
        pub actor: Option<String>,
        /// Who that is, where it is a person.
        pub person: Option<UserRef>,
        /// None where it is neither.
        pub success: Option<bool>,
        /// What was said over the wire, masked.
        pub payload: Option<String>,
    }

    /// The source of a timeline entry.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum TimelineKind {
        /// A state changed.
        Status,
        /// A payment request went to a phone.
        PaymentRequest,
        /// The gateway sent a webhook.
        Webhook,
        /// The gateway was asked.
        Check,
        /// The panel was called.
        Panel,
        /// A mail.
        Mail,
        /// Staff did something.
        Staff,
        /// An attention item was raised or resolved.
        Attention,
    }

    /// What the gateway said, raw.
    pub struct PaymentEvent {
        pub id: i64,
        pub at: Time,
        pub event_type: String,
        /// `zeno` or `manual`.
        pub gateway: String,
        pub reference: Option<String>,
        pub amount_tzs: Option<i64>,
        pub currency: Option<String>,
        pub status: String,
        pub payload: Option<String>,
    }

    /// An order that staff place for a customer.
    #[derive(Default)]
    pub struct NewOrder {
        pub user_id: i64,
        /// A plan's slug.
        pub plan: String,
        pub months: i64,
        #[serde(default)]
        pub domain: Option<String>,
        /// The phone that pays; the account's where it is not given.
        #[serde(default)]
        pub phone: Option<String>,
    }

    /// The new order.
    pub struct OrderCreated {
        pub uuid: String,
        pub number: String,
        pub price_tzs: i64,
        /// Where the customer pays it. It was mailed, too.
        pub pay_url: String,
        /// False where the customer had the same thing pending already: this is that order.
        pub is_new: bool,
    }

    /// What to change of an order. What is not given stays.
    #[derive(Default)]
    #[serde(default)]
    pub struct OrderEdit {
        pub customer_name: Option<String>,
        pub customer_email: Option<String>,
        /// Only while it is not paid.
        pub customer_phone: Option<String>,
        /// Only before it is set up; an empty one takes the domain away.
        pub domain: Option<String>,
    }

    /// How it was paid, and who says so.
    #[derive(Default)]
    pub struct MarkPaid {
        /// The gateway's or the operator's reference. None was ever used twice.
        pub reference: String,
        pub reason: String,
    }
}

impl From<&order::PlanRef> for PlanRef {
    fn from(plan: &order::PlanRef) -> PlanRef {
        PlanRef { slug: plan.slug.clone(), name: plan.name.clone() }
    }
}

/// Without the states of what belongs to it.
impl From<&order::Order> for OrderItem {
    fn from(order: &order::Order) -> OrderItem {
        let settlement = order.settlement();
        OrderItem {
            uuid: order.uuid.to_string(),
            number: order.uuid.number(),
            status: order.status().into(),
            plan: (&order.plan).into(),
            user_id: order.user_id.0,
            customer_name: order.customer.name.clone(),
            customer_email: order.customer.email.clone(),
            customer_phone: order.customer.phone.clone(),
            domain: order.domain.clone(),
            months: order.price.months,
            price_tzs: order.price.total.0,
            operator: settlement.and_then(|settlement| settlement.operator.clone()),
            payment_ref: settlement.and_then(|settlement| settlement.reference.clone()),
            payment_status: None,
            service_id: None,
            service_status: None,
            created_at: order.created_at.into(),
            paid_at: order.paid_at().map(Into::into),
        }
    }
}

impl From<&list::ListedOrder> for OrderItem {
    fn from(listed: &list::ListedOrder) -> OrderItem {
        OrderItem {
            payment_status: listed.payment_status.map(Into::into),
            service_id: listed.service.map(|(id, _)| id.0),
            service_status: listed.service.map(|(_, status)| status.into()),
            ..OrderItem::from(&listed.order)
        }
    }
}

impl From<&order::Order> for OrderRef {
    fn from(order: &order::Order) -> OrderRef {
        let (uuid, number) = (order.uuid.to_string(), order.uuid.number());
        OrderRef { uuid, number, status: order.status().into() }
    }
}

impl From<&payment::Payment> for Payment {
    fn from(payment: &payment::Payment) -> Payment {
        let receipt = payment.receipt();
        Payment {
            id: payment.id.0,
            attempt: payment.attempt,
            gateway_order_id: payment.gateway_order_id.clone(),
            status: payment.status().into(),
            phone: payment.payer_phone.clone(),
            operator: payment.operator.clone(),
            channel: receipt.and_then(|receipt| receipt.channel.clone()),
            amount_tzs: payment.amount.0,
            received_tzs: payment.received().map(|received| received.0),
            is_applied: payment.is_applied(),
            transaction: payment.transid().map(str::to_owned),
            reference: receipt.and_then(|receipt| receipt.reference.clone()),
            refusal: payment.refusal().map(str::to_owned),
            created_at: payment.created_at.into(),
            settled_at: receipt.map(|receipt| receipt.settled_at.into()),
            next_check_at: payment.next_check_at.map(Into::into),
        }
    }
}

impl From<&PaymentRecord> for PaymentEvent {
    fn from(record: &PaymentRecord) -> PaymentEvent {
        PaymentEvent {
            id: record.id,
            at: record.created_at.into(),
            event_type: record.event_type.to_string(),
            gateway: record.gateway.to_string(),
            reference: record.reference.clone(),
            amount_tzs: record.amount.map(|amount| amount.0),
            currency: record.currency.clone(),
            status: record.status.to_string(),
            payload: record.payload.clone(),
        }
    }
}

impl From<order_action::OrderAction> for OrderAction {
    fn from(action: order_action::OrderAction) -> OrderAction {
        match action {
            order_action::OrderAction::Edit => OrderAction::Edit,
            order_action::OrderAction::CheckPayment => OrderAction::CheckPayment,
            order_action::OrderAction::MarkPaid => OrderAction::MarkPaid,
            order_action::OrderAction::Cancel => OrderAction::Cancel,
            order_action::OrderAction::Delete => OrderAction::Delete,
        }
    }
}
