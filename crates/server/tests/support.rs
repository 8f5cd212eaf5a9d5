//! Students who ask, and support that answers.

use std::time::Duration;

use gradshot_domain::Role;
use gradshot_testkit::{Caller, JPEG, Scene};
use gradshot_wire::collection::NextStep;
use gradshot_wire::identity::MessagesPage;
use gradshot_wire::rights::{AccessReason, AccessedBy, AccessesPage};
use gradshot_wire::support::{Conversation, ConversationStateName, Inbox, MyConversation, Say, SupportInfo};
use gradshot_wire::support_student::{FindStudent, LetSupportSee, SupportedStudent};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n a picture of a problem";

fn words(text: &str) -> Say {
    Say { text: text.to_owned() }
}

async fn inbox(support: &Caller) -> Inbox {
    support.get("/api/office/inbox").await.ok()
}

#[tokio::test]
async fn m1_7_1_help_is_a_phone_number_hours_common_questions_and_a_conversation() {
    let scene = Scene::set().await;
    let info: SupportInfo = scene.server.anyone().get("/api/support").await.ok();
    assert!(!info.phone.is_empty() && !info.zh_hours.is_empty() && info.questions.len() >= 5);
    let support = scene.server.staff("support", Role::Support).await;
    let student = scene.student(0).await;
    let none: MyConversation = student.caller.get("/api/conversation").await.ok();
    assert_eq!(none.conversation, None);
    assert_eq!(
        student.caller.post_json("/api/conversation", &words(" ")).await.problem(),
        "conversation.line"
    );
    let asked: Conversation =
        student.caller.post_json("/api/conversation", &words("照片可以换吗？\n谢谢")).await.ok();
    assert_eq!(asked.state, ConversationStateName::WaitsForStaff);

    let waiting = inbox(&support).await.waiting;
    assert_eq!(waiting[0].masked_student, student.person.phone.replace(&student.person.phone[3..7], "****"));
    let path = format!("/api/office/conversations/{}", waiting[0].conversation);
    let seen = support.get(&path).await;
    assert!(!seen.text().contains(&student.person.name), "support sees no name");
    assert_eq!(seen.ok::<Conversation>().lines[0].text, "照片可以换吗？\n谢谢");
    scene.server.clock.advance(Duration::from_secs(1));
    let _: Conversation = support.post_json(&path, &words("审核前可以撤回。")).await.ok();
    assert!(inbox(&support).await.waiting.is_empty());
    let mine: MyConversation = student.caller.get("/api/conversation").await.ok();
    let mine = mine.conversation.expect("a conversation");
    assert_eq!(mine.state, ConversationStateName::WaitsForStudent);
    assert_eq!(mine.lines.iter().map(|line| line.from_staff).collect::<Vec<_>>(), [false, true]);
    let messages: MessagesPage = support.get("/api/office/messages").await.ok();
    assert_eq!(messages.messages[0].template, "support.answered");
}

#[tokio::test]
async fn m1_7_1_a_picture_is_attached_for_support_alone() {
    let scene = Scene::set().await;
    let support = scene.server.staff("support", Role::Support).await;
    let student = scene.student(0).await;
    let attach = async |file: &[u8]| {
        student
            .caller
            .post_as("/api/conversation/attachments", "application/octet-stream", file.to_vec())
            .await
    };
    assert_eq!(attach(b"MZ a program").await.problem(), "attachment.kind");
    assert_eq!(attach(&vec![0; 3 * 1024 * 1024]).await.problem(), "body.too_large");
    let said: Conversation = attach(PNG).await.ok();
    let url = said.lines[0].attachment_url.clone().expect("an attachment");
    for caller in [&student.caller, &support] {
        let file = caller.get(&url).await;
        assert_eq!(file.headers["content-type"], "image/png");
        assert_eq!(file.headers["content-disposition"], "attachment");
        assert_eq!(file.body, PNG);
    }
    let other = scene.student(1).await;
    assert_eq!(other.caller.get(&url).await.problem(), "attachment.not_found");
    assert_eq!(scene.reviewer.get(&url).await.problem(), "attachment.not_found");
}

#[tokio::test]
async fn b_6_who_waits_longest_comes_first_and_a_closed_conversation_opens_again() {
    let scene = Scene::set().await;
    let support = scene.server.staff("support", Role::Support).await;
    let mut conversations = Vec::new();
    let students = [scene.student(0).await, scene.student(1).await];
    for student in &students {
        let asked: Conversation = student.caller.post_json("/api/conversation", &words("在吗")).await.ok();
        conversations.push(asked.id);
        scene.server.clock.advance(Duration::from_secs(10));
    }
    let order: Vec<_> = inbox(&support).await.waiting.iter().map(|entry| entry.conversation).collect();
    assert_eq!(order, conversations);
    let closed: Conversation = students[0].caller.post("/api/conversation/close").await.ok();
    assert_eq!(closed.state, ConversationStateName::Closed);
    assert_eq!(inbox(&support).await.waiting.len(), 1);
    let again: Conversation =
        students[0].caller.post_json("/api/conversation", &words("还有一个问题")).await.ok();
    assert_eq!((again.id, again.lines.len()), (conversations[0], 2));
    assert_eq!(inbox(&support).await.waiting.len(), 2);
}

#[tokio::test]
async fn b_6_support_sees_what_the_student_sees_and_nothing_that_it_does_not_need() {
    let scene = Scene::set().await;
    let support = scene.server.staff("support", Role::Support).await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let asked: Conversation = student.caller.post_json("/api/conversation", &words("照片好吗")).await.ok();
    let path = format!("/api/support/conversations/{}/student", asked.id);
    let answer = support.get(&path).await;
    let person = &student.person;
    for secret in [&person.name, &person.number, &person.phone, &person.image_code] {
        assert!(!answer.text().contains(secret.as_str()), "support needs no {secret}");
    }
    assert!(!answer.text().contains("token") && !answer.text().contains("verdict"));
    let seen: SupportedStudent = answer.ok();
    let collection = &seen.collections[0];
    assert_eq!((collection.masked_name.as_str(), collection.next_step), ("林**", NextStep::Decide));
    assert_eq!(collection.portrait.as_ref().map(|portrait| portrait.id), Some(receipt.portrait));

    let picture = format!("/api/support/portraits/{}/picture.jpg", receipt.portrait);
    assert_eq!(support.get(&picture).await.problem(), "portrait.not_found", "the student gave no leave");
    let leave = async |allowed: bool| {
        let leave = LetSupportSee { allowed };
        assert_eq!(student.caller.post_json("/api/conversation/portrait-leave", &leave).await.status, 204);
    };
    leave(true).await;
    let seen: SupportedStudent = support.get(&path).await.ok();
    assert_eq!(seen.collections[0].portrait.as_ref().unwrap().picture_url.as_deref(), Some(&*picture));
    assert_eq!(support.get(&picture).await.body, JPEG);
    leave(false).await;
    assert_eq!(support.get(&picture).await.problem(), "portrait.not_found");
    leave(true).await;
    scene.server.clock.advance(Duration::from_hours(25));
    let support = scene.server.sign_in("support", "staff-password").await;
    assert_eq!(support.get(&picture).await.problem(), "portrait.not_found", "a day later it is over");

    let page: AccessesPage = student.caller.get("/api/account/accesses").await.ok();
    let looks = page.accesses.iter().filter(|look| look.reason == AccessReason::Support);
    assert!(looks.clone().count() >= 3 && looks.clone().all(|look| look.by == AccessedBy::Support));
}

#[tokio::test]
async fn b_6_a_student_who_calls_is_found_by_the_whole_number_alone() {
    let scene = Scene::set().await;
    let support = scene.server.staff("support", Role::Support).await;
    let student = scene.student(0).await;
    let find = async |phone: &str| {
        support.post_json("/api/support/students", &FindStudent { phone: phone.to_owned() }).await
    };
    let found: SupportedStudent = find(&student.person.phone).await.ok();
    assert!(found.masked_student.contains("****") && found.collections.is_empty());
    assert_eq!(find(&student.person.phone[..7]).await.problem(), "phone.malformed");
    let page: AccessesPage = student.caller.get("/api/account/accesses").await.ok();
    assert_eq!(page.accesses[0].reason, AccessReason::PhoneSearch);
    for guess in 0..20 {
        assert_eq!(find(&format!("138000000{guess:02}")).await.problem(), "student.not_found");
    }
    assert_eq!(find(&student.person.phone).await.problem(), "student.search_locked");
}
