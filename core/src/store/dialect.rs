//! How our own types look to the database: numbers are `bigint`, words are `varchar`.
use crate::domain::{
    UnknownVariant,
    actor::Actor,
    attention::AttentionKind,
    audit_action::{AuditAction, AuditObject},
    ids::{AttentionId, JobId, MailId, OrderId, OrderUuid, PaymentId, PlanId, ServiceId, UserId},
    money::Tzs,
    order::OrderStatus,
    payment::{GatewayName, PaymentEventStatus, PaymentEventType, PaymentStatus, WebhookVerdict},
    provisioning::{PanelRequestOutcome, ProvisioningStep, StepStatus},
    rate_limit::LimitedAction,
    service::ServiceStatus,
    time::{Day, Timestamp},
    user::Role,
};
use sqlx::{Any, Database, Decode, Encode, Type, any::AnyTypeInfo, encode::IsNull, error::BoxDynError};

macro_rules! bigint {
    ($($name:ty),+ $(,)?) => {$(
        impl Type<Any> for $name {
            fn type_info() -> AnyTypeInfo { <i64 as Type<Any>>::type_info() }
            fn compatible(ty: &AnyTypeInfo) -> bool { <i64 as Type<Any>>::compatible(ty) }
        }
        impl Encode<'_, Any> for $name {
            fn encode_by_ref(&self, buf: &mut <Any as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                <i64 as Encode<Any>>::encode_by_ref(&self.0, buf)
            }
        }
        impl<'r> Decode<'r, Any> for $name {
            fn decode(value: <Any as Database>::ValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok(Self(<i64 as Decode<Any>>::decode(value)?))
            }
        }
    )+};
}

macro_rules! word {
    ($($name:ty: $to:expr, $from:expr);+ $(;)?) => {$(
        impl Type<Any> for $name {
            fn type_info() -> AnyTypeInfo { <String as Type<Any>>::type_info() }
            fn compatible(ty: &AnyTypeInfo) -> bool { <String as Type<Any>>::compatible(ty) }
        }
        impl Encode<'_, Any> for $name {
            fn encode_by_ref(&self, buf: &mut <Any as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                <String as Encode<Any>>::encode($to(self), buf)
            }
        }
        impl<'r> Decode<'r, Any> for $name {
            fn decode(value: <Any as Database>::ValueRef<'r>) -> Result<Self, BoxDynError> {
                $from(<String as Decode<Any>>::decode(value)?)
            }
        }
    )+};
}

bigint!(UserId, PlanId, OrderId, PaymentId, ServiceId, JobId, MailId, AttentionId, Tzs, Timestamp, Day);

word! {
    OrderStatus: |s: &OrderStatus| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    PaymentStatus: |s: &PaymentStatus| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    PanelRequestOutcome: |s: &PanelRequestOutcome| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    ProvisioningStep: |s: &ProvisioningStep| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    StepStatus: |s: &StepStatus| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    LimitedAction: |s: &LimitedAction| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    ServiceStatus: |s: &ServiceStatus| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    AttentionKind: |s: &AttentionKind| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    AuditAction: |s: &AuditAction| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    AuditObject: |s: &AuditObject| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    GatewayName: |s: &GatewayName| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    PaymentEventStatus: |s: &PaymentEventStatus| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    PaymentEventType: |s: &PaymentEventType| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    WebhookVerdict: |s: &WebhookVerdict| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    Actor: |s: &Actor| s.to_string(), |t: String| Ok(UnknownVariant::parse(&t)?);
    Role: |s: &Role| s.into_str().to_owned(), |t: String| Ok(UnknownVariant::parse(&t)?);
    OrderUuid: |s: &OrderUuid| s.to_string(), |t: String| OrderUuid::parse(&t).ok_or_else(|| "not a UUID".into());
}

/// A flag: `bigint` 0 or 1. A column that is declared BOOLEAN cannot be read through the `Any` driver at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag(pub i64);
bigint!(Flag);

impl From<bool> for Flag {
    fn from(on: bool) -> Self {
        Self(i64::from(on))
    }
}

impl From<Flag> for bool {
    fn from(flag: Flag) -> Self {
        flag.0 != 0
    }
}
