//! The portal is killed at every line where something could be lost, and started again. The providers live
//! on, the customers try again, and in the end the books must agree. `CRASH_ONLY=settle` tries the points
//! with that in their name.
mod case;
mod customer;
mod journals;
mod portal;

use case::{Case, Trouble};
use std::{collections::BTreeMap, sync::Arc};
use tokio::{sync::Semaphore, task::JoinSet};

/// Every point that a purchase passes, in its order.
const POINTS: [&str; 22] = [
    "order.account",
    "order.placed",
    "payment.committed",
    "payment.sent",
    "payment.noted",
    "webhook.received",
    "webhook.stored",
    "settle.claimed",
    "settle.asked",
    "settle.booking",
    "settle.booked",
    "job.claimed",
    "provision.begun",
    "provision.reserved",
    "provision.sent",
    "provision.created",
    "provision.changed",
    "provision.shown",
    "provision.activating",
    "provision.activated",
    "mail.sent",
    "mail.noted",
];

/// Portals that run side by side: most of the time they wait for a lease or for the gateway's timetable.
const ABREAST: usize = 16;

/// Five deaths for each point: alone and found at once; the second of two customers; with a gateway, with a
/// panel that misbehaves; and twice.
fn cases() -> Vec<Case> {
    let of_point = |point| {
        let plain = Case {
            point,
            nth: 1,
            twice: false,
            customers: 1,
            months: 1,
            away_seconds: 35,
            trouble: Trouble::None,
        };
        // A push that never went out can be followed by another only after two minutes.
        let at_once = if point == "payment.committed" { 125 } else { 0 };
        [
            Case { away_seconds: at_once, ..plain },
            Case { nth: 2, customers: 2, months: 3, away_seconds: 130, ..plain },
            Case { months: 6, away_seconds: 130, trouble: Trouble::Gateway, ..plain },
            Case { months: 12, away_seconds: 130, trouble: Trouble::Panel, ..plain },
            Case { twice: true, away_seconds: 20 * 60, ..plain },
        ]
    };
    let mut cases: Vec<Case> = POINTS.into_iter().flat_map(of_point).collect();
    // Those that wait for a real lease begin first.
    cases.sort_by_key(|case| case.away_seconds != 0);
    cases
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_done_twice_wherever_the_portal_is_killed() {
    let only = std::env::var("CRASH_ONLY").unwrap_or_default();
    let places = Arc::new(Semaphore::new(ABREAST));
    let mut running = JoinSet::new();
    for case in cases().into_iter().filter(|case| case.point.contains(&only)) {
        let places = places.clone();
        running.spawn(async move {
            let _place = places.acquire_owned().await.expect("the places stay");
            (case.point, case.run().await)
        });
    }
    let (mut survived, mut wrong) = (BTreeMap::<&str, u32>::new(), Vec::new());
    while let Some(ended) = running.join_next().await {
        match ended {
            Ok((point, Ok(kills))) => *survived.entry(point).or_default() += kills,
            Ok((_, Err(report))) => wrong.push(report),
            Err(error) => wrong.push(format!("a case broke off: {error}")),
        }
    }
    let by_point: Vec<String> = survived.iter().map(|(point, kills)| format!("{point} {kills}")).collect();
    println!(
        "{} kills survived at {} points: {}",
        survived.values().sum::<u32>(),
        by_point.len(),
        by_point.join(", ")
    );
    assert!(wrong.is_empty(), "{} cases went wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
}
