//! What each call does to the accounts, and what the panel says about it: Webuzo's envelope, where an error
//! is a string, a list or a map as it happens, and an empty PHP map arrives as `[]`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Account, PLANS, PanelCall, PanelState, SimPanel, rules};

type Fields = BTreeMap<String, String>;

/// Done, with what is said about it; or refused, with the value of `error`.
pub(super) type Said = Result<Value, Value>;

impl SimPanel {
    /// Does what a call asks for. `origin` is where sign-on links go.
    pub(super) fn perform(&self, call: PanelCall, fields: &Fields, origin: &str) -> Said {
        match call {
            PanelCall::Create => self.create(fields),
            PanelCall::Edit => self.edit(fields),
            PanelCall::Look => Ok(self.look(field(fields, "search"))),
            PanelCall::Suspend => self.set_suspended(field(fields, "suspend"), true),
            PanelCall::Resume => self.set_suspended(field(fields, "unsuspend"), false),
            PanelCall::Delete => self.delete(field(fields, "delete_user")),
            PanelCall::Plans => Ok(plans()),
            PanelCall::AddDomain => self.add_domain(fields),
            PanelCall::SignOn => self.sign_on(field(fields, "loginAs"), origin),
            PanelCall::Unknown => Err(json!("Invalid act")),
        }
    }

    fn create(&self, fields: &Fields) -> Said {
        let user = field2(fields, "user", "username");
        let password = field2(fields, "user_passwd", "password");
        let again = fields.get("cnf_user_passwd").map_or(password, String::as_str);
        let domain = field(fields, "domain");
        rules::username(user).map_err(|error| json!({ "user": error }))?;
        rules::password(user, password, again).map_err(|error| json!([error]))?;
        // The Laravel road has no domain in its first step.
        if !domain.is_empty() || fields.contains_key("create_user") {
            rules::domain(domain).map_err(|error| json!([error]))?;
        }
        let plan = rules::plan(field2(fields, "plan", "package")).map_err(|error| json!([error]))?;
        let now = (self.options.now)();
        self.memory.change(|state| {
            if state.panel.accounts.contains_key(user) {
                return Err(json!({ "user": "The username is already in use" }));
            }
            free(&state.panel, domain)?;
            let account = Account {
                user: user.to_owned(),
                password: password.to_owned(),
                domain: domain.to_owned(),
                email: field(fields, "email").to_owned(),
                plan: plan.to_owned(),
                suspended: false,
                created_at: now,
                addon_domains: Vec::new(),
            };
            state.panel.accounts.insert(user.to_owned(), account);
            Ok(done("The user has been created successfully"))
        })
    }

    fn edit(&self, fields: &Fields) -> Said {
        let user = field2(fields, "user_name", "user");
        let (password, domain) = (field(fields, "user_passwd"), field(fields, "domain"));
        if !password.is_empty() {
            let again = field(fields, "cnf_user_passwd");
            rules::password(user, password, again).map_err(|error| json!([error]))?;
        }
        rules::domain(domain).map_err(|error| json!([error]))?;
        let plan = rules::plan(field(fields, "plan")).map_err(|error| json!([error]))?;
        self.memory.change(|state| {
            if rules::owner(&state.panel, domain).is_some_and(|owner| owner != user) {
                return Err(json!(["The domain already exists"]));
            }
            let account = state.panel.accounts.get_mut(user).ok_or_else(no_user)?;
            // The whole record each time: what is not sent is emptied, as the panel does it.
            account.email = field(fields, "email").to_owned();
            account.domain = domain.to_owned();
            account.plan = plan.to_owned();
            if !password.is_empty() {
                account.password = password.to_owned();
            }
            Ok(done("The user has been edited successfully"))
        })
    }

    fn look(&self, search: &str) -> Value {
        let found: Map<String, Value> = self.memory.read(|state| {
            let accounts = state.panel.accounts.values().filter(|account| account.user.contains(search));
            accounts.map(|account| (account.user.clone(), shown(account))).collect()
        });
        json!({ "users": if found.is_empty() { json!([]) } else { Value::Object(found) }, "error": [] })
    }

    fn set_suspended(&self, user: &str, suspended: bool) -> Said {
        self.memory.change(|state| {
            let account = state.panel.accounts.get_mut(user).ok_or_else(no_user)?;
            account.suspended = suspended;
            Ok(done(if suspended {
                "User(s) suspended successfully"
            } else {
                "User(s) unsuspended successfully"
            }))
        })
    }

    fn delete(&self, user: &str) -> Said {
        self.memory.change(|state| {
            state.panel.accounts.remove(user).ok_or_else(no_user)?;
            state.panel.tickets.retain(|_, whose| whose != user);
            Ok(json!({ "done": 1 }))
        })
    }

    fn add_domain(&self, fields: &Fields) -> Said {
        let user = field2(fields, "loginAs", "username");
        let domain = field(fields, "domain");
        rules::domain(domain).map_err(|error| json!([error]))?;
        self.memory.change(|state| {
            let account = state.panel.accounts.get(user).ok_or_else(no_user)?;
            // The Laravel road names the primary domain in its second step, perhaps for the second time.
            if account.domain == domain && !fields.contains_key("add") {
                return Ok(json!({ "done": 1 }));
            }
            free(&state.panel, domain)?;
            let account = state.panel.accounts.get_mut(user).ok_or_else(no_user)?;
            if account.domain.is_empty() {
                account.domain = domain.to_owned();
            } else {
                account.addon_domains.push(domain.to_owned());
            }
            Ok(done("The domain has been added successfully"))
        })
    }

    fn sign_on(&self, user: &str, origin: &str) -> Said {
        let ticket = self.secret();
        self.memory.change(|state| {
            let account = state.panel.accounts.get(user).ok_or_else(no_user)?;
            if account.suspended {
                return Err(json!("Your account has been suspended"));
            }
            let url = format!("{origin}/sandbox/panel?ticket={ticket}");
            state.panel.tickets.insert(ticket, user.to_owned());
            Ok(json!({ "done": { "url": url } }))
        })
    }
}

fn free(state: &PanelState, domain: &str) -> Result<(), Value> {
    if !domain.is_empty() && rules::owner(state, domain).is_some() {
        return Err(json!(["The domain already exists"]));
    }
    Ok(())
}

fn shown(account: &Account) -> Value {
    let limit =
        PLANS.iter().find(|(slug, _, _)| *slug == account.plan).map_or(0, |(_, _, gb)| u64::from(*gb));
    let bytes = if limit == 0 { json!("unlimited") } else { json!(limit << 30) };
    let mut record = json!({
        "user": account.user,
        "domain": account.domain,
        "email": account.email,
        "plan": account.plan,
        "owner": "root",
        "homedir": format!("/home/{}", account.user),
        "resource": {
            "disk": { "limit": bytes, "used_bytes": 1_204_224 },
            "bandwidth": { "limit": "unlimited", "used_bytes": 0 },
        },
    });
    if account.suspended {
        record["status"] = json!("suspended");
    }
    record
}

fn plans() -> Value {
    let plans: Map<String, Value> = PLANS
        .iter()
        .map(|(slug, name, _)| ((*slug).to_owned(), json!({ "plan_name": name, "slug": slug })))
        .collect();
    json!({ "plans": plans, "error": [] })
}

fn done(message: &str) -> Value {
    json!({ "done": { "msg": message }, "error": [] })
}

fn no_user() -> Value {
    json!(["The user does not exist"])
}

pub(super) fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", |value| value.trim())
}

/// The field by its name in the documentation, else by the Laravel road's.
pub(super) fn field2<'a>(fields: &'a Fields, name: &str, laravel: &str) -> &'a str {
    match field(fields, name) {
        "" => field(fields, laravel),
        value => value,
    }
}
