//! Staff at their devices, through the typed client.
use crate::TestApp;
use hollyn_core::{
    api::{Client, SignIn},
    domain::{
        ids::UserId,
        user::{Email, NewPassword, PersonName, Role},
    },
    ops::{
        Caller,
        auth::{self, NewAccount, WelcomeEmail},
    },
};

/// What all staff of a test sign in with.
pub const STAFF_PASSWORD: &str = "tunasaidia wateja";

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
            welcome: WelcomeEmail::None,
        };
        let created = auth::create_account(&self.ctx, &Caller::default(), &new).await;
        created.expect("the database answers").expect("the address is new").id
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
