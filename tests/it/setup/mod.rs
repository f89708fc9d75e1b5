//! Setting accounts up: what a customer who paid, and the staff behind it, would complain about.
mod account;
mod cancelled;
mod config;
mod contract;
mod deaths;
mod faults;
mod log;
mod queue;
mod removal;
mod sending;
mod staff;
mod tries;

use hollyn_core::{
    AppContext,
    context::Failpoint,
    domain::{
        ids::OrderUuid,
        job::{Job, Task},
        service::Service,
        user::Role,
    },
    ops::{Caller, Result, jobs, orders::OrderView, services},
    store::jobs as queue_of,
    tx,
};
use hollyn_portal::{
    config::{Config, Env},
    sandbox::panel::PanelCall,
    server,
};
use hollyn_tests::TestApp;
use std::sync::Arc;

/// A second context on the same files, as after a restart, with its own failpoint.
pub(crate) async fn second_context(
    app: &TestApp,
    failpoint: Failpoint,
    vars: &[(&str, &str)],
) -> Arc<AppContext> {
    let mut env = app.providers.env();
    let own = [("APP_URL", app.url.clone()), ("HOLLYN_DATA_DIR", app.dir().display().to_string())];
    env.extend(own.map(|(name, value)| (name.to_owned(), value)));
    env.extend(vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let config = Config::read(&Env::of(env)).expect("the variables are right");
    server::open_context(config, app.clock.clone(), failpoint)
        .await
        .expect("the context opens a second time")
        .0
}

/// Runs that context's jobs until nothing is due.
pub(crate) async fn work(ctx: &Arc<AppContext>) {
    for _ in 0..100 {
        if jobs::round(ctx, "second").await.expect("a round of work") == 0 {
            return;
        }
    }
    panic!("the worker goes in circles");
}

/// The order's service.
pub(crate) fn service(view: OrderView) -> Service {
    view.service.expect("the order has a service")
}

/// The service's username on the panel and its password.
pub(crate) async fn login(app: &TestApp, service: &Service) -> (String, String) {
    let username = service.username().expect("a username is reserved").to_string();
    (username, app.panel_password(service.id).await.1)
}

/// Whether what is kept for the order opens its account on the panel, under the order's own domain.
async fn opens(app: &TestApp, uuid: OrderUuid) -> bool {
    let service = service(app.view(uuid).await);
    let (username, password) = login(app, &service).await;
    let domain = app.sim().panel.account(&username).map(|account| account.domain);
    app.sim().panel.logins(&username, &password) && domain.as_deref() == Some(&service.domain)
}

/// The set-up's steps so far, as `create_user done`.
async fn steps(app: &TestApp, uuid: OrderUuid) -> Vec<String> {
    app.view(uuid).await.steps.iter().map(|step| format!("{} {}", step.step, step.status)).collect()
}

/// How often a set-up of the order was begun.
async fn tries(app: &TestApp, uuid: OrderUuid) -> usize {
    steps(app, uuid).await.iter().filter(|step| *step == "status_update provisioning").count()
}

/// How often the panel was asked to create an account.
fn creates(app: &TestApp) -> usize {
    app.sim().panel.calls(PanelCall::Create)
}

/// The subjects of all mails with that word in them.
fn mails_about(app: &TestApp, word: &str) -> Vec<String> {
    let mails = app.sim().mailbox.mails();
    mails.into_iter().map(|mail| mail.subject).filter(|subject| subject.contains(word)).collect()
}

/// Somebody of the staff, and what they do is written down under.
pub(crate) async fn staff(app: &TestApp) -> Caller {
    let user = app.create_staff("Asha Mwinyi", "asha@hollyn.online", Role::Support).await;
    Caller { staff: Some(user), address: "127.0.0.1".into(), ..Caller::default() }
}

/// Runs a claimed set-up.
async fn provision(ctx: &AppContext, job: &Job) -> Result<()> {
    let Task::Provision(service) = job.task else { panic!("no set-up: {}", job.task) };
    services::provision::provision(ctx, job, service).await
}

/// Takes the oldest due job of that kind for `holder`, as the worker's round does.
async fn claim(app: &TestApp, kind: &str, holder: &str) -> Option<Job> {
    let now = app.ctx.now();
    let until = app.ctx.lease_end();
    tx!(&app.ctx.db, c => {
        let due = queue_of::due(c, now, 50).await?;
        match due.iter().find(|job| job.task.parts().0 == kind) {
            Some(job) => queue_of::claim(c, job, holder, until).await,
            None => Ok(None),
        }
    })
    .expect("the database answers")
}
