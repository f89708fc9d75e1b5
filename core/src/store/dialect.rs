//! How the types of the domain are stored: numbers as `bigint`, texts and enums as `varchar`.
use crate::domain::{
    UnknownVariant,
    actor::Actor,
    attention::AttentionKind,
    audit_action::{AuditAction, AuditObject},
    ids::{AttentionId, JobId, MailId, OrderId, OrderUuid, PaymentId, PlanId, ServiceId, UserId, WebhookId},
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
            fn encode_by_ref(
                &self,
                buf: &mut <Any as Database>::ArgumentBuffer,
            ) -> Result<IsNull, BoxDynError> {
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

macro_rules! text {
    ($($name:ty: $to:expr, $from:expr);+ $(;)?) => {$(
        impl Type<Any> for $name {
            fn type_info() -> AnyTypeInfo { <String as Type<Any>>::type_info() }
            fn compatible(ty: &AnyTypeInfo) -> bool { <String as Type<Any>>::compatible(ty) }
        }
        impl Encode<'_, Any> for $name {
            fn encode_by_ref(
                &self,
                buf: &mut <Any as Database>::ArgumentBuffer,
            ) -> Result<IsNull, BoxDynError> {
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

/// Enums, stored by the names of their variants.
macro_rules! variants {
    ($($name:ty),+ $(,)?) => { text! { $(
        $name: |variant: &$name| variant.into_str().to_owned(),
            |text: String| Ok(UnknownVariant::parse(&text)?)
    );+ } };
}

bigint!(
    UserId,
    PlanId,
    OrderId,
    PaymentId,
    ServiceId,
    JobId,
    MailId,
    AttentionId,
    WebhookId,
    Tzs,
    Timestamp,
    Day
);

variants! {
    OrderStatus,
    PaymentStatus,
    PanelRequestOutcome,
    ProvisioningStep,
    StepStatus,
    LimitedAction,
    ServiceStatus,
    AttentionKind,
    AuditAction,
    AuditObject,
    GatewayName,
    PaymentEventStatus,
    PaymentEventType,
    WebhookVerdict,
    Role,
}

text! {
    Actor: ToString::to_string, |text: String| Ok(UnknownVariant::parse(&text)?);
    OrderUuid: ToString::to_string, |text: String| OrderUuid::parse(&text).ok_or_else(|| "not a UUID".into());
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
