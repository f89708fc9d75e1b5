//! Who acts: the actor of a status change or an audit entry, and the circumstances of the action.
use super::{UnknownVariant, ids::UserId};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// Who caused a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// A visitor who is not signed in.
    Visitor,
    /// A signed-in customer.
    Customer(UserId),
    /// A member of staff.
    Staff(UserId),
    /// The background worker.
    Worker,
    /// The payment gateway.
    Gateway,
}

impl Actor {
    /// Reads an actor of the audit log. None where the text is no actor, as in a row that was tampered with.
    pub fn stored(text: &str) -> Option<Actor> {
        text.parse().ok()
    }

    /// The user behind the actor; None for a visitor, the worker and the gateway.
    pub fn user_id(self) -> Option<UserId> {
        match self {
            Actor::Customer(id) | Actor::Staff(id) => Some(id),
            Actor::Visitor | Actor::Worker | Actor::Gateway => None,
        }
    }
}

/// The stored spelling: `visitor`, `user:7`, `staff:2`, `worker`, `gateway`.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Visitor => f.write_str("visitor"),
            Actor::Customer(id) => write!(f, "user:{id}"),
            Actor::Staff(id) => write!(f, "staff:{id}"),
            Actor::Worker => f.write_str("worker"),
            Actor::Gateway => f.write_str("gateway"),
        }
    }
}

impl FromStr for Actor {
    type Err = UnknownVariant;

    fn from_str(text: &str) -> Result<Actor, UnknownVariant> {
        let unknown = || UnknownVariant { kind: "Actor", value: text.to_owned() };
        match text.split_once(':') {
            None => match text {
                "visitor" => Ok(Actor::Visitor),
                "worker" => Ok(Actor::Worker),
                "gateway" => Ok(Actor::Gateway),
                _ => Err(unknown()),
            },
            Some((kind, id)) => {
                let id = UserId(id.parse().map_err(|_| unknown())?);
                match kind {
                    "user" => Ok(Actor::Customer(id)),
                    "staff" => Ok(Actor::Staff(id)),
                    _ => Err(unknown()),
                }
            }
        }
    }
}

/// A user by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedUser {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

/// The names of the users behind some actors.
#[derive(Debug, Clone, Default)]
pub struct ActorNames(BTreeMap<UserId, NamedUser>);

impl ActorNames {
    pub fn new(users: impl IntoIterator<Item = NamedUser>) -> ActorNames {
        ActorNames(users.into_iter().map(|user| (user.id, user)).collect())
    }

    /// The user behind an actor; None for a visitor, the worker and the gateway.
    pub fn of(&self, actor: Actor) -> Option<&NamedUser> {
        self.0.get(&actor.user_id()?)
    }
}

/// Who causes a change, for whom, and from where: what the status history and the audit log record beside the
/// change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditContext {
    pub actor: Actor,
    /// The customer on whose behalf staff act; None where the actor acts for themselves.
    pub on_behalf_of: Option<UserId>,
    /// The client's address, where a request caused the change.
    pub address: Option<String>,
    /// The request's id, where a request caused the change.
    pub request_id: Option<String>,
}

impl AuditContext {
    /// The background worker, outside any request.
    pub fn worker() -> AuditContext {
        AuditContext { actor: Actor::Worker, on_behalf_of: None, address: None, request_id: None }
    }

    /// The payment gateway, outside any request.
    pub fn gateway() -> AuditContext {
        AuditContext { actor: Actor::Gateway, ..AuditContext::worker() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_read_as_it_is_stored() {
        let actors = [
            (Actor::Visitor, "visitor"),
            (Actor::Customer(UserId(7)), "user:7"),
            (Actor::Staff(UserId(2)), "staff:2"),
            (Actor::Worker, "worker"),
            (Actor::Gateway, "gateway"),
        ];
        for (actor, stored) in actors {
            assert_eq!(actor.to_string(), stored);
            assert_eq!(stored.parse(), Ok(actor));
        }
        for other in ["", "user", "user:", "user:x", "worker:1", "admin:1"] {
            assert!(other.parse::<Actor>().is_err(), "{other}");
        }
    }
}
