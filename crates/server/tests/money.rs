//! Money: who pays, what happens when nobody does, and how it goes back.

use std::time::Duration;

use gradshot_domain::{Money, Payer, Policy, Role};
use gradshot_testkit::{Answer, Scene, TestServer, TestStudent};
use gradshot_wire::collection::{Collection, NextStep, OrderStateName, PayOrder, PaymentProvider};
use gradshot_wire::identity::{Account, NewStaff};
use gradshot_wire::pay::{
    AskRefund, CounterOrders, GroupOrder, InvoiceData, JoinPayGroup, LinkedOrder, NewPayGroup, PayGroup,
    PayGroups, PayLink, PaymentStateName, PaymentStatus, Prepaid, Refund, RefundStateName, Refunds,
};

const SANDBOX: PayOrder = PayOrder { provider: PaymentProvider::Sandbox };

async fn with_order(scene: &Scene, index: usize) -> TestStudent {
    let mut student = scene.student(index).await;
    student.register(scene).await;
    student.consent().await;
    student.book(scene).await;
    student
}

async fn order(student: &TestStudent) -> gradshot_wire::collection::Order {
    student.look().await.order.expect("an order")
}

async fn support(scene: &Scene) -> gradshot_testkit::Caller {
    scene.server.staff("support", Role::Support).await
}

fn refund(amount: Option<u32>) -> AskRefund {
    AskRefund { amount: amount.map(Money::from_fen), reason: "照相馆临时停业".to_owned() }
}

#[tokio::test]
async fn m1_5_1_the_price_shown_is_the_price_and_is_paid_once() {
    let scene = Scene::set().await;
    let student = with_order(&scene, 0).await;
    assert_eq!(order(&student).await.total, scene.studio.packages[0].price);
    let path = format!("/api/orders/{}/prepay", order(&student).await.id);
    let prepaid: Prepaid = student.caller.post_json(&path, &SANDBOX).await.ok();
    assert_eq!(prepaid.sheet["number"], prepaid.payment.to_string());
    let check = format!("/api/payments/{}/check", prepaid.payment);
    let status = async || -> PaymentStateName {
        let status: PaymentStatus = student.caller.post(&check).await.ok();
        status.state
    };
    assert_eq!(status().await, PaymentStateName::Prepared);
    let pretend = format!("/api/sandbox/payments/{}/pay", prepaid.payment);
    assert_eq!(scene.server.anyone().post(&pretend).await.status, 204);
    assert_eq!(order(&student).await.state, OrderStateName::Unpaid, "nobody has asked yet");
    assert_eq!(status().await, PaymentStateName::Succeeded);
    assert_eq!(status().await, PaymentStateName::Succeeded);
    assert_eq!(order(&student).await.state, OrderStateName::Paid);
    assert_eq!(student.caller.post_json(&path, &SANDBOX).await.problem(), "order.paid");
    let other = scene.student(1).await;
    assert_eq!(other.caller.post(&check).await.problem(), "payment.not_found");
    assert_eq!(other.caller.post_json(&path, &SANDBOX).await.problem(), "order.not_found");
}

#[tokio::test]
async fn a_call_back_is_taken_once_and_only_from_the_provider() {
    let scene = Scene::set().await;
    let student = with_order(&scene, 0).await;
    let path = format!("/api/orders/{}/prepay", order(&student).await.id);
    let prepaid: Prepaid = student.caller.post_json(&path, &SANDBOX).await.ok();
    let call = async |provider: &str, body: &str| -> Answer {
        let path = format!("/api/payments/callback/{provider}");
        scene.server.anyone().post_as(&path, "application/octet-stream", body.as_bytes().to_vec()).await
    };
    let number = prepaid.payment.to_string();
    assert_eq!(call("sandbox", "another number").await.problem(), "payment.callback_forged");
    assert_eq!(call("nobody", &number).await.problem(), "payment.provider_unknown");
    assert_eq!(call("sandbox", &number).await.status, 204);
    assert_eq!(order(&student).await.state, OrderStateName::Unpaid, "a call does not pay");
    scene.server.anyone().post(&format!("/api/sandbox/payments/{number}/pay")).await;
    for _ in 0..3 {
        assert_eq!(call("sandbox", &number).await.status, 204);
    }
    assert_eq!(order(&student).await.state, OrderStateName::Paid);
}

#[tokio::test]
async fn m1_6_2_a_friend_pays_and_sees_an_amount_and_a_masked_name() {
    let scene = Scene::set().await;
    let student = with_order(&scene, 0).await;
    let make = format!("/api/orders/{}/pay-link", order(&student).await.id);
    let first: PayLink = student.caller.post(&make).await.ok();
    let link: PayLink = student.caller.post(&make).await.ok();
    let friend = scene.server.anyone();
    let path = |link: &PayLink| format!("/api/pay-links/{}", link.token);
    assert_eq!(friend.get(&path(&first)).await.problem(), "pay_link.unknown", "only the newest leads there");
    let page = friend.get(&path(&link)).await;
    assert!(!page.text().contains(&student.person.name) && !page.text().contains("示范"));
    let seen: LinkedOrder = page.ok();
    assert_eq!((seen.masked_name.as_str(), seen.total), ("林**", Money::from_fen(3500)));
    assert!(seen.sandbox && link.url.ends_with(&link.token));
    let paid: LinkedOrder = friend.post_json(&format!("{}/pay", path(&link)), &SANDBOX).await.ok();
    assert_eq!(paid.state, OrderStateName::Paid);
    let again: LinkedOrder = friend.post_json(&format!("{}/pay", path(&link)), &SANDBOX).await.ok();
    assert_eq!(again, paid);
    assert_eq!(student.look().await.next_step, NextStep::CheckIn);
    assert_eq!(student.caller.post(&make).await.problem(), "order.closed");
}

#[tokio::test]
async fn who_may_pay_is_the_campaigns_to_say() {
    let policy = Policy { payers: vec![Payer::Counter], ..Policy::pay_first() };
    let scene = Scene::set_with(TestServer::start().await, policy).await;
    let student = with_order(&scene, 0).await;
    assert_eq!(student.pay().await.problem(), "payment.payer");
    let link = format!("/api/orders/{}/pay-link", order(&student).await.id);
    assert_eq!(student.caller.post(&link).await.problem(), "payment.payer");
    let group = NewPayGroup { campaign: scene.campaign.id, title: "2 班".to_owned() };
    assert_eq!(student.caller.post_json("/api/pay-groups", &group).await.problem(), "payment.payer");
}

#[tokio::test]
async fn a_counter_takes_money_for_its_own_studio() {
    let scene = Scene::set().await;
    let student = with_order(&scene, 0).await;
    let other = scene.another_studio("OTHER").await;
    let operator = async |login: &str, studio| {
        let staff =
            NewStaff { login: login.to_owned(), password: "staff-password".to_owned(), role: Role::Operator };
        let path = format!("/api/admin/studios/{studio}/staff");
        let _: Account = scene.admin.post_json(&path, &staff).await.ok();
        scene.server.sign_in(login, "staff-password").await
    };
    let (here, there) = (operator("here", scene.studio.id).await, operator("there", other.id).await);
    let list = format!("/api/office/studios/{}/orders", scene.studio.id);
    let listed: CounterOrders = here.get(&list).await.ok();
    assert_eq!(listed.orders[0].masked_name.as_str(), "林**");
    assert_eq!(there.get(&list).await.problem(), "studio.not_found");
    let take = format!("/api/office/orders/{}/counter-payment", listed.orders[0].order);
    assert_eq!(there.post(&take).await.problem(), "order.not_found");
    assert_eq!(student.caller.post(&take).await.problem(), "role.forbidden");
    for _ in 0..2 {
        let taken: GroupOrder = here.post(&take).await.ok();
        assert_eq!(taken.state, OrderStateName::Paid);
    }
    let left: CounterOrders = here.get(&list).await.ok();
    assert!(left.orders.is_empty());
    assert_eq!(student.look().await.next_step, NextStep::CheckIn);
}

#[tokio::test]
async fn a_class_leader_pays_for_the_group_with_one_payment() {
    let policy = Policy { payers: vec![Payer::Student, Payer::ClassLeader], ..Policy::pay_first() };
    let scene = Scene::set_with(TestServer::start().await, policy).await;
    let leader = with_order(&scene, 0).await;
    let classmates = [with_order(&scene, 1).await, with_order(&scene, 2).await];
    let group = NewPayGroup { campaign: scene.campaign.id, title: "软件工程 2 班".to_owned() };
    let group: PayGroup = leader.caller.post_json("/api/pay-groups", &group).await.ok();
    let path = format!("/api/pay-groups/{}", group.code);
    for student in classmates.iter().chain([&leader]) {
        let join = JoinPayGroup { order: order(student).await.id };
        let path = format!("{path}/join");
        assert_eq!(student.caller.post_json(&path, &join).await.status, 204);
        assert_eq!(student.caller.post_json(&path, &join).await.status, 204);
    }
    let foreign = JoinPayGroup { order: order(&leader).await.id };
    let stolen = classmates[0].caller.post_json(&format!("{path}/join"), &foreign).await;
    assert_eq!(stolen.problem(), "order.not_found");
    assert_eq!(classmates[0].caller.get(&path).await.problem(), "pay_group.unknown");
    let led: PayGroups = leader.caller.get("/api/pay-groups").await.ok();
    assert_eq!(
        led.groups.iter().map(|led| (&led.code, led.orders.len())).collect::<Vec<_>>(),
        [(&group.code, 3)]
    );
    assert!(classmates[0].caller.get("/api/pay-groups").await.ok::<PayGroups>().groups.is_empty());
    let _: Collection = classmates[0].pay().await.ok();
    let shown: PayGroup = leader.caller.get(&path).await.ok();
    assert_eq!((shown.orders.len(), shown.unpaid_total), (3, Money::from_fen(7000)));
    let paid: PayGroup = leader.caller.post_json(&format!("{path}/pay"), &SANDBOX).await.ok();
    assert!(paid.orders.iter().all(|order| order.state == OrderStateName::Paid));
    assert_eq!(paid.unpaid_total, Money::from_fen(0));
    assert_eq!(classmates[1].look().await.next_step, NextStep::CheckIn);
}

#[tokio::test]
async fn m2_4_5_an_unpaid_order_closes_by_itself_and_money_that_comes_too_late_goes_back() {
    let scene = Scene::set().await;
    let student = with_order(&scene, 0).await;
    let id = order(&student).await.id;
    let prepay = format!("/api/orders/{id}/prepay");
    let prepaid: Prepaid = student.caller.post_json(&prepay, &SANDBOX).await.ok();
    assert_eq!(scene.server.server.close_late_payments().await, 0);
    scene.server.clock.advance(Duration::from_mins(31));
    let pretend = format!("/api/sandbox/payments/{}/pay", prepaid.payment);
    assert_eq!(scene.server.anyone().post(&pretend).await.status, 204);
    let check = format!("/api/payments/{}/check", prepaid.payment);
    let status: PaymentStatus = student.caller.post(&check).await.ok();
    assert_eq!(status.state, PaymentStateName::Succeeded);
    assert_ne!(order(&student).await.state, OrderStateName::Paid);
    let refunds: Refunds = student.caller.get(&format!("/api/orders/{id}/refunds")).await.ok();
    assert_eq!(
        (refunds.refunds[0].amount, refunds.refunds[0].state),
        (Money::from_fen(3500), RefundStateName::Done)
    );

    let again = student.book(&scene).await;
    assert_eq!(again.next_step, NextStep::Pay);
    let unpaid = format!("/api/orders/{}/prepay", order(&student).await.id);
    let _: Prepaid = student.caller.post_json(&unpaid, &SANDBOX).await.ok();
    scene.server.clock.advance(Duration::from_mins(31));
    assert_eq!(scene.server.server.close_late_payments().await, 1);
    assert_eq!(student.pay().await.problem(), "order.closed");
}

#[tokio::test]
async fn m2_4_5_an_unpaid_order_is_given_up_and_another_way_is_chosen_at_once() {
    let scene = Scene::set().await;
    let student = with_order(&scene, 0).await;
    let id = order(&student).await.id;
    let prepaid: Prepaid = student.caller.post_json(&format!("/api/orders/{id}/prepay"), &SANDBOX).await.ok();
    let phone = format!("/api/collections/{}/phone", student.collection());
    assert_eq!(student.caller.post(&phone).await.problem(), "order.open");
    let give_up = format!("/api/orders/{id}/give-up");
    let stranger = scene.student(1).await;
    assert_eq!(stranger.caller.post(&give_up).await.problem(), "order.not_found");
    for _ in 0..2 {
        let given_up: Collection = student.caller.post(&give_up).await.ok();
        assert_eq!(given_up.next_step, NextStep::ChooseRoute);
    }
    // Money that was on its way comes back.
    let pretend = format!("/api/sandbox/payments/{}/pay", prepaid.payment);
    assert_eq!(scene.server.anyone().post(&pretend).await.status, 204);
    let check = format!("/api/payments/{}/check", prepaid.payment);
    let _: PaymentStatus = student.caller.post(&check).await.ok();
    let refunds: Refunds = student.caller.get(&format!("/api/orders/{id}/refunds")).await.ok();
    assert_eq!(refunds.refunds[0].amount, Money::from_fen(3500));

    scene.server.clock.advance(Duration::from_secs(1));
    let chosen: Collection = student.caller.post(&phone).await.ok();
    assert_eq!(chosen.next_step, NextStep::Pay);
    let _: Collection = student.pay().await.ok();
    let paid = format!("/api/orders/{}/give-up", order(&student).await.id);
    assert_eq!(student.caller.post(&paid).await.problem(), "order.paid");
}

#[tokio::test]
async fn b_5_money_goes_back_in_parts_and_never_more_than_came() {
    let scene = Scene::set().await;
    let support = support(&scene).await;
    let student = with_order(&scene, 0).await;
    let id = order(&student).await.id;
    let path = format!("/api/office/orders/{id}/refunds");
    assert_eq!(support.post_json(&path, &refund(None)).await.problem(), "refund.not_paid");
    let _: Collection = student.pay().await.ok();
    let _: Refund = support.post_json(&path, &refund(Some(500))).await.ok();
    assert_eq!(order(&student).await.state, OrderStateName::Paid, "the rest stays");
    assert_eq!(support.post_json(&path, &refund(Some(3001))).await.problem(), "refund.too_much");
    let nameless = AskRefund { amount: None, reason: String::new() };
    assert_eq!(support.post_json(&path, &nameless).await.problem(), "refund.reason");
    let rest: Refund = support.post_json(&path, &refund(None)).await.ok();
    assert_eq!(rest.amount, Money::from_fen(3000));
    assert_eq!(order(&student).await.state, OrderStateName::Refunded);
    assert_eq!(support.post_json(&path, &refund(None)).await.problem(), "refund.not_paid");
    let all: Refunds = student.caller.get(&format!("/api/orders/{id}/refunds")).await.ok();
    assert!(all.refunds.iter().all(|refund| refund.state == RefundStateName::Done) && all.refunds.len() == 2);
    assert_eq!(student.caller.post_json(&path, &refund(None)).await.problem(), "role.forbidden");
}

#[tokio::test]
async fn an_invoice_is_asked_for_by_who_paid() {
    let scene = Scene::set().await;
    let student = with_order(&scene, 0).await;
    let path = format!("/api/orders/{}/invoice", order(&student).await.id);
    let data = InvoiceData {
        title: "示范科技有限公司".to_owned(),
        tax_number: Some("91350000000000000x".to_owned()),
        email: "lin@example.com".to_owned(),
    };
    assert_eq!(student.caller.post_json(&path, &data).await.problem(), "order.unpaid");
    let _: Collection = student.pay().await.ok();
    let bad = InvoiceData { email: "nowhere".to_owned(), ..data.clone() };
    assert_eq!(student.caller.post_json(&path, &bad).await.problem(), "invoice.invalid");
    assert_eq!(student.caller.get(&path).await.problem(), "invoice.not_found");
    assert_eq!(student.caller.post_json(&path, &data).await.status, 204);
    let kept: InvoiceData = student.caller.get(&path).await.ok();
    assert_eq!(
        (kept.title.as_str(), kept.tax_number.as_deref()),
        ("示范科技有限公司", Some("91350000000000000X"))
    );
    assert_eq!(scene.student(1).await.caller.get(&path).await.problem(), "order.not_found");
}
