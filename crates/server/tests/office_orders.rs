//! Orders found in the office, with their money, and given back from there.

use std::time::Duration;

use gradshot_domain::{Money, Role};
use gradshot_testkit::{Caller, Scene, TestStudent};
use gradshot_wire::collection::OrderStateName;
use gradshot_wire::office_order::{
    FindOrders, FoundOrders, OfficeOrder, OrderEventName, OrderFile, OrderKind,
};
use gradshot_wire::pay::{AskRefund, PaymentStateName, Refund, RefundStateName};
use gradshot_wire::rights::{AccessReason, AccessedData, AccessesPage};

const SEARCH: &str = "/api/office/orders/search";

async fn found(support: &Caller, wanted: FindOrders) -> Vec<OfficeOrder> {
    let found: FoundOrders = support.post_json(SEARCH, &wanted).await.ok();
    found.orders
}

/// Two students: the first has paid, the second has not.
async fn scene() -> (Scene, Caller, [TestStudent; 2]) {
    let scene = Scene::set().await;
    let support = scene.server.staff("support", Role::Support).await;
    let mut students = [scene.student(0).await, scene.student(1).await];
    for student in &mut students {
        student.register(&scene).await;
        student.consent().await;
        student.book(&scene).await;
        scene.server.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(students[0].pay().await.status, 200);
    (scene, support, students)
}

#[tokio::test]
async fn an_order_is_found_by_number_student_state_day_and_studio() {
    let (scene, support, students) = scene().await;
    let paid = students[0].look().await.order.expect("an order").id;
    let text = paid.to_string();
    let by = FindOrders::default;
    for wanted in [
        FindOrders { number: Some(text.clone()), ..by() },
        FindOrders { number: Some(text[text.len() - 8..].to_uppercase()), ..by() },
        FindOrders { phone: Some(students[0].person.phone.clone()), ..by() },
        FindOrders {
            name: Some(students[0].person.name.clone()),
            id_last4: Some(students[0].person.id_last4.clone()),
            ..by()
        },
        FindOrders { state: Some(OrderStateName::Paid), ..by() },
    ] {
        let orders = found(&support, wanted).await;
        assert_eq!(orders.iter().map(|order| order.id).collect::<Vec<_>>(), [paid]);
    }
    let today = gradshot_domain::BusinessDay::of(gradshot_domain::Clock::now(&*scene.server.clock));
    let all = FindOrders {
        kind: Some(OrderKind::Studio),
        studio: Some(scene.studio.id),
        campaign: Some(scene.campaign.id),
        from: Some(today),
        to: Some(today),
        ..by()
    };
    assert_eq!(found(&support, all.clone()).await.len(), 2);
    assert!(found(&support, FindOrders { kind: Some(OrderKind::Phone), ..all.clone() }).await.is_empty());
    assert!(found(&support, FindOrders { from: None, before: Some(paid), ..all.clone() }).await.is_empty());
    assert!(found(&support, FindOrders { from: Some(today.next()), to: None, ..all }).await.is_empty());
    let order = &found(&support, FindOrders { number: Some(text), ..by() }).await[0];
    assert_eq!((order.masked_name.as_str(), order.total), ("林**", Money::from_fen(3500)));
    assert_eq!(order.title.as_deref(), Some("毕业证照采集"));
    assert_eq!(order.en_title.as_deref(), Some("Graduation ID photo"));
}

#[tokio::test]
async fn what_nobody_has_is_told_and_counted_and_who_was_looked_for_is_told_too() {
    let (scene, support, students) = scene().await;
    let by = FindOrders::default;
    for (wanted, problem) in [
        (FindOrders { number: Some("123".to_owned()), ..by() }, "order.number"),
        (FindOrders { phone: Some("123".to_owned()), ..by() }, "phone.malformed"),
        (FindOrders { name: Some("林小雨".to_owned()), ..by() }, "id_last4.malformed"),
        (FindOrders { id_last4: Some("0120".to_owned()), ..by() }, "name.malformed"),
        (
            FindOrders {
                from: Some("2026-05-19".parse().unwrap()),
                to: Some("2026-05-18".parse().unwrap()),
                ..by()
            },
            "order.days",
        ),
        (FindOrders { phone: Some("13800000000".to_owned()), ..by() }, "student.not_found"),
    ] {
        assert_eq!(support.post_json(SEARCH, &wanted).await.problem(), problem);
    }
    for _ in 0..30 {
        let nobody = FindOrders { phone: Some("13800000000".to_owned()), ..by() };
        support.post_json(SEARCH, &nobody).await;
    }
    let again = FindOrders { phone: Some(students[0].person.phone.clone()), ..by() };
    assert_eq!(support.post_json(SEARCH, &again).await.problem(), "student.search_locked");
    let other = scene.server.staff("support.two", Role::Support).await;
    let orders = found(&other, again.clone()).await;
    assert_eq!(orders.len(), 1);
    // Who asks for a further page has looked too: nobody is looked for unseen by naming one.
    assert!(found(&other, FindOrders { before: Some(orders[0].id), ..again }).await.is_empty());
    let seen: AccessesPage = students[0].caller.get("/api/account/accesses").await.ok();
    let looks = seen.accesses.iter().map(|access| (access.what, access.reason));
    let told = looks.filter(|look| *look == (AccessedData::Orders, AccessReason::PhoneSearch)).count();
    assert_eq!(told, 2);
}

#[tokio::test]
async fn an_order_shows_its_payments_its_refunds_and_what_happened() {
    let (_scene, support, students) = scene().await;
    let paid = students[0].look().await.order.expect("an order").id;
    let path = format!("/api/office/orders/{paid}");
    let file: OrderFile = support.get(&path).await.ok();
    assert_eq!((file.refundable, file.payments.len()), (Money::from_fen(3500), 1));
    assert_eq!(file.payments[0].state, PaymentStateName::Succeeded);
    let part = AskRefund { amount: Some(Money::from_fen(500)), reason: "少印一张".to_owned() };
    let _: Refund = support.post_json(&format!("{path}/refunds"), &part).await.ok();
    let file: OrderFile = support.get(&path).await.ok();
    assert_eq!((file.refundable, file.order.refunded), (Money::from_fen(3000), Money::from_fen(500)));
    assert_eq!(file.order.state, OrderStateName::Paid);
    assert_eq!(file.refunds[0].asked_by.as_deref(), Some("support"));
    let rest = AskRefund { amount: None, reason: "照相馆临时停业".to_owned() };
    let _: Refund = support.post_json(&format!("{path}/refunds"), &rest).await.ok();
    let file: OrderFile = support.get(&path).await.ok();
    assert_eq!((file.refundable, file.order.state), (Money::from_fen(0), OrderStateName::Refunded));
    assert!(file.refunds.iter().all(|refund| refund.state == RefundStateName::Done));
    let what: Vec<_> = file.events.iter().map(|event| event.what).collect();
    assert_eq!(what.first(), Some(&OrderEventName::Placed));
    for happened in [OrderEventName::Paid, OrderEventName::RefundAsked, OrderEventName::RefundDone] {
        assert!(what.contains(&happened), "{happened:?}");
    }
    assert!(file.events.is_sorted_by_key(|event| event.at));
    let payment = file.payments[0].id.to_string();
    let by_payment = FindOrders { number: Some(payment), ..FindOrders::default() };
    assert_eq!(found(&support, by_payment).await[0].id, paid, "the payer knows the payment's number");
    let seen: AccessesPage = students[0].caller.get("/api/account/accesses").await.ok();
    assert!(seen.accesses.iter().any(|access| access.what == AccessedData::Orders));
}
