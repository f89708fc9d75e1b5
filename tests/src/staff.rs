//! Staff at their devices, through the typed client.
use crate::TestApp;
use hollyn_core::{
    api::{Client, Enrol, SignIn},
    domain::{
        ids::UserId,
        user::{Email, NewPassword, PersonName, Role},
    },
    ops::{
        Caller,
        auth::{self, NewAccount, WelcomeEmail},
    },
};
use totp_rs::{Builder, Secret};

/// What all staff of a test sign in with.
pub const STAFF_PASSWORD: &str = "tunasaidia wateja";

/// A member of staff with an authenticator app.
pub struct StaffWithTotp {
    pub email: String,
    pub client: Client,
    /// Of the client.
    pub token: String,
    /// The authenticator app's seed.
    pub secret: String,
    pub recovery_codes: Vec<String>,
}

impl TestApp {
    /// A client of the API, not signed in.
    pub fn client(&self) -> Client {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
        Client::new(http.expect("a client is built"), &self.url)
    }

    /// A new member of staff (`staff1@hollyn.online`, `staff2@...`), signed in nowhere. Returns the address.
    pub async fn make_staff(&self, role: Role) -> String {
        let nth = 1 + self.count("select count(*) from users where role <> 'user'").await;
        let email = format!("staff{nth}@hollyn.online");
        self.create_staff(&format!("Asha Mwinyi {nth}"), &email, role).await;
        email
    }

    /// A new member of staff with that name and address, signed in nowhere.
    pub async fn create_staff(&self, name: &str, email: &str, role: Role) -> UserId {
        let (name, address) =
            (PersonName::parse(name).expect("a name"), Email::parse(email).expect("an address"));
        let password = NewPassword::parse(STAFF_PASSWORD).expect("a password");
        let new = NewAccount {
            name,
            email: address,
            phone: None,
            password,
            role,
            locale: "en".into(),
            welcome: WelcomeEmail::Confirmed,
        };
        let created = auth::create_account(&self.ctx, &Caller::default(), &new).await;
        created.expect("the database answers").expect("the address is new").id
    }

    /// A new member of staff with an authenticator app, signed in on a device just now with its first code.
    pub async fn staff_with_totp(&self, role: Role) -> StaffWithTotp {
        let email = self.make_staff(role).await;
        let password = STAFF_PASSWORD.to_owned();
        let enrol = Enrol { email: email.clone(), password: password.clone() };
        let secret = self.client().enrol(&enrol).await.expect("an enrolment begins").secret;
        let totp = Some(self.totp_code(&secret));
        let sign_in = SignIn { email: email.clone(), password, totp, device: "a laptop".to_owned() };
        let opened = self.client().sign_in(&sign_in).await.expect("the first code confirms");
        let (client, recovery_codes) = (self.client().with_token(&opened.token), opened.recovery_codes);
        StaffWithTotp { email, client, token: opened.token, secret, recovery_codes }
    }

    /// The code that an authenticator app with this seed shows now.
    pub fn totp_code(&self, secret: &str) -> String {
        let secret = Secret::try_from_base32(secret).expect("base32");
        let totp = Builder::new().with_secret(secret).with_account_name("x").build().expect("a seed");
        totp.generate(u64::try_from(self.ctx.now().0 / 1_000_000).expect("after 1970")).to_string()
    }

    /// A new member of staff, signed in on a device just now. The mail that tells of it waits for the worker.
    pub async fn staff(&self, role: Role) -> Client {
        let email = self.make_staff(role).await;
        let device = "a laptop".to_owned();
        let sign_in = SignIn { email, password: STAFF_PASSWORD.into(), totp: None, device };
        let opened = self.client().sign_in(&sign_in).await.expect("staff sign in");
        self.client().with_token(&opened.token)
    }
}
