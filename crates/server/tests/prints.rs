//! Prints 加印 of one's own portrait.

use std::time::Duration;

use gradshot_domain::{Money, Policy, PrintProduct};
use gradshot_testkit::{Answer, JPEG, Scene, TestServer, TestStudent};
use gradshot_wire::collection::{
    Collection, ConsentPurpose, GiveConsent, NextStep, PayOrder, PaymentProvider,
};
use gradshot_wire::identity::MessagesPage;
use gradshot_wire::pay::{RefundStateName, Refunds};
use gradshot_wire::prints::{
    OrderPrints, PrintOrder, PrintOrderStateName, PrintWork, PrintWorkPage, Prints, Recipient, SendPrints,
};
use gradshot_wire::review::{Decide, ReviewDesk};
use gradshot_wire::rights::{AccessReason, AccessedBy, AccessedData, AccessesPage};

const ADDRESS: &str = "示范省示范市示范路 1 号 3 号楼";

fn product(id: &str, title: &str, copies: u16, fen: u32) -> PrintProduct {
    PrintProduct {
        id: id.to_owned(),
        title: title.to_owned(),
        en_title: None,
        layout: id.to_owned(),
        copies,
        price: Money::from_fen(fen),
        postage: Money::from_fen(1200),
    }
}

async fn scene() -> Scene {
    let prints =
        vec![product("one-inch-8", "一寸 8 张", 8, 800), product("two-inch-4", "二寸 4 张", 4, 1000)];
    Scene::set_with(TestServer::start().await, Policy { prints, ..Policy::pay_first() }).await
}

fn wish(student: &TestStudent) -> OrderPrints {
    OrderPrints {
        product: "one-inch-8".to_owned(),
        sheets: 2,
        recipient: Recipient {
            name: student.person.name.clone(),
            phone: student.person.phone.clone(),
            address: ADDRESS.to_owned(),
        },
    }
}

async fn order(student: &TestStudent, wish: &OrderPrints) -> Answer {
    student.caller.post_json(&format!("/api/collections/{}/prints", student.collection()), wish).await
}

async fn look(student: &TestStudent) -> Prints {
    student.caller.get(&format!("/api/collections/{}/prints", student.collection())).await.ok()
}

async fn submitted(scene: &Scene) -> TestStudent {
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    assert!(!look(&student).await.may_order);
    assert_eq!(order(&student, &wish(&student)).await.problem(), "prints.too_early");
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    assert_eq!(order(&student, &wish(&student)).await.problem(), "consent.missing");
    let path = format!("/api/collections/{}/consents", student.collection());
    let consent = GiveConsent { purpose: ConsentPurpose::PrintAndMail, text_version: "2026-11-1".to_owned() };
    let _: Collection = student.caller.post_json(&path, &consent).await.ok();
    student
}

async fn pay(student: &TestStudent, order: &PrintOrder) {
    let pay = PayOrder { provider: PaymentProvider::Sandbox };
    let path = format!("/api/orders/{}/pay", order.order);
    let _: Collection = student.caller.post_json(&path, &pay).await.ok();
}

async fn approve(scene: &Scene) {
    let desk: ReviewDesk = scene.reviewer.post("/api/review/next").await.ok();
    let path = format!("/api/review/portraits/{}", desk.item.expect("one waits").portrait);
    let _: ReviewDesk = scene.reviewer.post_json(&path, &Decide::Approve).await.ok();
}

#[tokio::test]
async fn m2_5_3_prints_are_ordered_paid_printed_sent_and_received() {
    let scene = scene().await;
    let student = submitted(&scene).await;
    let ordered: PrintOrder = order(&student, &wish(&student)).await.ok();
    assert_eq!((ordered.total, ordered.state), (Money::from_fen(2800), PrintOrderStateName::Unpaid));
    assert_eq!(student.look().await.next_step, NextStep::WaitForReview, "the portrait's own order is apart");
    pay(&student, &ordered).await;
    assert_eq!(look(&student).await.orders[0].state, PrintOrderStateName::Paid);

    let work: PrintWorkPage = scene.admin.get("/api/admin/print-orders").await.ok();
    assert!(!work.orders[0].may_print, "a reviewer has not decided");
    let path = format!("/api/admin/print-orders/{}", ordered.order);
    assert_eq!(scene.admin.post(&format!("{path}/print")).await.problem(), "prints.not_now");
    approve(&scene).await;
    let recipient = format!("{path}/recipient");
    assert_eq!(scene.admin.get(&recipient).await.problem(), "prints.not_now");
    let list = scene.admin.get("/api/admin/print-orders?state=ordered").await;
    assert!(!list.text().contains(ADDRESS) && !list.text().contains(&student.person.phone));
    assert!(list.ok::<PrintWorkPage>().orders[0].may_print);
    let begun: PrintWork = scene.admin.post(&format!("{path}/print")).await.ok();
    assert_eq!((begun.state, begun.product.layout.as_str()), (PrintOrderStateName::Printing, "one-inch-8"));
    assert_eq!(scene.admin.get(&format!("{path}/portrait.jpg")).await.body, JPEG);
    assert_eq!(scene.admin.get(&recipient).await.ok::<Recipient>().address, ADDRESS);
    let cancel = format!("/api/print-orders/{}/cancel", ordered.order);
    assert_eq!(student.caller.post(&cancel).await.problem(), "prints.not_now", "it is being printed");

    let bad = SendPrints { courier: "示范快递".to_owned(), number: "1 2".to_owned() };
    assert_eq!(scene.admin.post_json(&format!("{path}/send"), &bad).await.problem(), "prints.parcel");
    let parcel = SendPrints { number: "SF0000000001".to_owned(), ..bad };
    let _: PrintWork = scene.admin.post_json(&format!("{path}/send"), &parcel).await.ok();
    let messages: MessagesPage = scene.admin.get("/api/office/messages").await.ok();
    let tells = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains("SF0000000001"));
    assert!(messages.messages.iter().any(|message| tells(&message.text)));
    let seen = look(&student).await.orders.remove(0);
    assert_eq!(
        (seen.state, seen.courier_number.as_deref()),
        (PrintOrderStateName::Sent, Some("SF0000000001"))
    );
    let received = format!("/api/print-orders/{}/received", ordered.order);
    let seen: PrintOrder = student.caller.post(&received).await.ok();
    assert_eq!((seen.state, seen.recipient), (PrintOrderStateName::Received, None));

    let page: AccessesPage = student.caller.get("/api/account/accesses").await.ok();
    for what in [AccessedData::Portrait, AccessedData::Recipient] {
        let look = page.accesses.iter().find(|look| look.what == what && look.reason == AccessReason::Print);
        assert_eq!(look.expect("the look is told").by, AccessedBy::Admin, "{what:?}");
    }
}

#[tokio::test]
async fn m2_5_3_what_was_paid_for_prints_goes_back_when_they_are_cancelled() {
    let scene = scene().await;
    let student = submitted(&scene).await;
    let ordered: PrintOrder = order(&student, &wish(&student)).await.ok();
    pay(&student, &ordered).await;
    let cancel = format!("/api/print-orders/{}/cancel", ordered.order);
    let seen: PrintOrder = student.caller.post(&cancel).await.ok();
    assert_eq!((seen.state, seen.recipient), (PrintOrderStateName::Refunded, None));
    let refunds: Refunds = student.caller.get(&format!("/api/orders/{}/refunds", ordered.order)).await.ok();
    assert_eq!(
        (refunds.refunds[0].amount, refunds.refunds[0].state),
        (Money::from_fen(2800), RefundStateName::Done)
    );
    assert_eq!(student.look().await.next_step, NextStep::WaitForReview, "the portrait goes on");

    let unpaid: PrintOrder = order(&student, &wish(&student)).await.ok();
    scene.server.clock.advance(Duration::from_mins(31));
    scene.server.server.run_due_jobs().await.unwrap();
    let seen = look(&student).await.orders;
    let late = seen.iter().find(|seen| seen.order == unpaid.order).expect("it is listed");
    assert_eq!(late.state, PrintOrderStateName::Cancelled, "nobody paid in time");
}

#[tokio::test]
async fn m2_5_3_or_no_prints_at_all() {
    let scene = Scene::set().await;
    let student = submitted_without_prints(&scene).await;
    assert_eq!(look(&student).await.products, []);
    assert_eq!(order(&student, &wish(&student)).await.problem(), "prints.not_offered");
}

async fn submitted_without_prints(scene: &Scene) -> TestStudent {
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    student
}

#[tokio::test]
async fn a_wish_that_cannot_be_sent_is_refused() {
    let scene = scene().await;
    let student = submitted(&scene).await;
    let good = wish(&student);
    let with = |change: &dyn Fn(&mut OrderPrints)| {
        let mut wish = good.clone();
        change(&mut wish);
        wish
    };
    for (wish, problem) in [
        (with(&|wish| wish.product = "poster".to_owned()), "prints.not_offered"),
        (with(&|wish| wish.sheets = 0), "prints.sheets"),
        (with(&|wish| wish.recipient.phone = "12".to_owned()), "phone.malformed"),
        (with(&|wish| wish.recipient.address = "x".to_owned()), "prints.recipient"),
        (with(&|wish| wish.recipient.name = "\u{7}".to_owned()), "prints.recipient"),
    ] {
        assert_eq!(order(&student, &wish).await.problem(), problem);
    }
    for _ in 0..3 {
        let _: PrintOrder = order(&student, &good).await.ok();
    }
    assert_eq!(order(&student, &good).await.problem(), "prints.limit");
}
