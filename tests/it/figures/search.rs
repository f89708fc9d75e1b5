//! Search: by every field, by beginnings of words, and not for deleted accounts.
use super::{domains_of, hosted, names_of, orders_of, people_page, staff};
use hollyn_core::{
    domain::{
        list::UserFilter,
        search::{Found, Hit},
    },
    ops::search,
};
use hollyn_tests::{Buyer, TestApp};

/// Names by beginnings of words, in any order and case.
#[tokio::test]
async fn orders_are_found_by_name_phone_email_domain_number_and_reference() {
    let app = TestApp::start().await;
    let (_, uuid) = hosted(&app, &Buyer::default()).await;
    let (_, other) = hosted(&app, &Buyer::nth(1)).await;
    let view = app.view(uuid).await;
    let payment = view.paid_by().expect("it is paid").clone();
    let (number, transid) = (view.order.uuid.number(), payment.transid().expect("money has a name"));
    let typed = [
        "nee",
        "NEEMA",
        "mush",
        "neema mu",
        " Mushi, neema ",
        "n mushi",
        "neema%",
        "neema.mushi@example.com",
        "neema.mushi@ex",
        "0754 318 206",
        "+255 754 318 206",
        "255754318206",
        "0754-318-206",
        "754318206",
        "0754 318",
        "mushi 0754 318 206",
        "kahawakibo.co.tz",
        "kahawa",
        &number,
        &number[2..],
        &number.to_lowercase(),
        transid,
        &transid.to_lowercase(),
        payment.receipt().unwrap().reference.as_deref().expect("the gateway's name of it"),
        &payment.gateway_order_id,
        &uuid.to_string(),
    ];
    for q in typed {
        assert_eq!(orders_of(&app, q).await, [uuid], "{q}");
    }
    for q in ["eema", "ushi", "neema hamisi", "0754 318 207", "kibo", "ne%ma", "' or 1=1 --", "example.com"] {
        assert!(orders_of(&app, q).await.is_empty(), "{q}");
    }
    for all in ["", " ", "n", "%", "075", "07"] {
        assert_eq!(orders_of(&app, all).await, [other, uuid], "{all:?}");
    }
}

/// A corrected number replaces the wrong one.
#[tokio::test]
async fn orders_are_found_by_the_paying_phone() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::nth(1)).await;
    let corrected = Buyer { phone: "0655 111 222".into(), ..Buyer::nth(1) };
    assert_eq!(browser.order(&corrected).await, uuid);
    assert_eq!(orders_of(&app, "0655111222").await, [uuid]);
    assert!(orders_of(&app, &Buyer::nth(1).phone).await.is_empty());
    browser.push(uuid, 0, "0784 333 444").await;
    assert_eq!(orders_of(&app, "0784 333 444").await, [uuid]);
    app.work().await;
}

#[tokio::test]
async fn services_are_found_by_domain_username_and_email() {
    let app = TestApp::start().await;
    let buyer = Buyer { domain: "shop.kahawa-kibo.co.tz".into(), ..Buyer::default() };
    let (_, uuid) = hosted(&app, &buyer).await;
    hosted(&app, &Buyer::nth(1)).await;
    let username = app.view(uuid).await.service.unwrap().username().unwrap().to_string();
    for q in [
        "shop.kahawa-kibo.co.tz",
        "shop",
        "kahawa",
        "kibo",
        "kahawa kibo",
        &username,
        "neema.mushi@example.com",
    ] {
        assert_eq!(domains_of(&app, q).await, ["shop.kahawa-kibo.co.tz"], "{q}");
    }
    assert_eq!(domains_of(&app, &uuid.to_string()).await, ["shop.kahawa-kibo.co.tz"]);
    for q in ["hawa", "kahawa duka", "neema.mushi@example.org"] {
        assert!(domains_of(&app, q).await.is_empty(), "{q}");
    }
}

#[tokio::test]
async fn users_are_found_by_their_changed_name_email_and_phone() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (browser, _) = app.order(&buyer).await;
    let password = ("password", buyer.password.clone());
    browser.post("/profile/name", &[("name", "Zawadi Komba".to_owned())]).await;
    browser.post("/profile/phone", &[("phone", "0655 000 111".to_owned()), password.clone()]).await;
    browser.post("/profile/email", &[("email", "zawadi@example.com".to_owned()), password]).await;
    for q in ["zawadi", "komba", "zawadi@example.com", "+255655000111"] {
        assert_eq!(names_of(&app, q).await, ["Zawadi Komba"], "{q}");
    }
    for q in ["hamisi", &buyer.email, &buyer.phone] {
        assert!(names_of(&app, q).await.is_empty(), "{q}");
    }
    app.work().await;
}

/// The order is still found by the payment reference.
#[tokio::test]
async fn a_deleted_account_is_not_found() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    let (browser, uuid) = hosted(&app, &buyer).await;
    let view = app.view(uuid).await;
    let (service, reference) =
        (view.service.unwrap().id, view.order.settlement().unwrap().reference.clone().unwrap());
    app.delete_service(&staff(), service, "asked for it").await.unwrap();
    let answer = browser.post("/profile/delete", &[("password", buyer.password.clone())]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    for q in ["neema", "mushi", "neema.mushi@example.com", "0754 318 206", "255754318206"] {
        assert!(names_of(&app, q).await.is_empty(), "{q}");
        assert!(orders_of(&app, q).await.is_empty(), "{q}");
        assert!(domains_of(&app, q).await.is_empty(), "{q}");
        assert!(search::everything(&app.ctx, q, 8).await.unwrap().is_empty(), "{q}");
    }
    let left = "select count(*) from search_terms where term like 'neema%' or term like 'mushi%' or term \
        like '754318%'";
    assert_eq!(app.count(left).await, 0);
    assert_eq!(orders_of(&app, &reference).await, [uuid]);
    let gone = UserFilter { is_disabled: Some(true), ..UserFilter::default() };
    assert_eq!(people_page(&app, &gone).await.total, 1);
    app.work().await;
}

#[tokio::test]
async fn whole_words_rank_before_beginnings_of_words() {
    let app = TestApp::start().await;
    let juma = Buyer { name: "Juma Said".into(), ..Buyer::nth(1) };
    let jumanne = Buyer { name: "Jumanne Juma".into(), ..Buyer::nth(2) };
    let jumaa = Buyer { name: "Jumaa Bakari".into(), ..Buyer::nth(3) };
    let (_, uuid) = hosted(&app, &juma).await;
    for buyer in [&jumanne, &jumaa] {
        app.advance(60);
        app.order(buyer).await;
    }
    let hits = search::everything(&app.ctx, "juma", 8).await.unwrap();
    let people: Vec<&str> = hits
        .iter()
        .filter(|hit| matches!(hit.found, Found::User { .. }))
        .map(|hit| hit.title.as_str())
        .collect();
    assert_eq!(people, ["Jumanne Juma", "Juma Said", "Jumaa Bakari"]);
    let exact: Vec<bool> = hits.iter().map(|hit| hit.is_exact).collect();
    assert!(exact.is_sorted_by(|one, next| one >= next), "{exact:?}");
    assert_eq!(
        hits.len(),
        7,
        "three people, three orders, and the service by its customer's e-mail: {hits:?}"
    );
    assert_eq!(search::everything(&app.ctx, "juma", 1).await.unwrap().len(), 3, "one of each");
    let kinds = |hits: &[Hit]| {
        let kind = |hit: &Hit| match hit.found {
            Found::User { .. } => "user",
            Found::Order { .. } => "order",
            Found::Service { .. } => "service",
        };
        let mut kinds: Vec<&str> = hits.iter().map(kind).collect();
        kinds.sort_unstable();
        kinds.join(" ")
    };
    let of_order = search::everything(&app.ctx, &uuid.to_string(), 8).await.unwrap();
    assert_eq!(kinds(&of_order), "order service user");
    let by_domain = search::everything(&app.ctx, "duka1.co.tz", 8).await.unwrap();
    assert_eq!(kinds(&by_domain), "order service");
    assert!(search::everything(&app.ctx, "x", 8).await.unwrap().is_empty());
    app.work().await;
}
