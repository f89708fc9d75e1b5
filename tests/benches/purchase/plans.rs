//! The plans' page beside Rocket's hello-world.
use crate::{
    Figure,
    server::Server,
    turns::{Beside, beside_hello},
};

pub async fn measure() -> Vec<Figure> {
    let dir = tempfile::tempdir().expect("a folder");
    let portal = Server::portal(dir.path(), &[], &[]).await;
    let page = Beside {
        what: "/plans beside Rocket's hello-world",
        by_processor: "the same by the processor's time",
        path: "/plans",
        headers: "",
        aim: ">= 60 %",
        percent: 60.0,
    };
    beside_hello(&portal, &page).await
}
