//! Rocket with nothing in it, configured as the portal is: what the portal could reach at most.
use rocket::{get, routes};

#[get("/")]
fn hello() -> &'static str {
    "Hello, world!"
}

pub async fn serve(port: u16) {
    let rocket = rocket::custom(hollyn_portal::server::figment(port)).mount("/", routes![hello]);
    if let Err(error) = rocket.launch().await {
        eprintln!("hello: {error}");
    }
}
