//! What a person may ask for: a copy of everything, and its deletion.

use std::io::{Cursor, Read as _};
use std::time::Duration;

use gradshot_testkit::{JPEG, Scene};
use gradshot_wire::collection::Collection;
use gradshot_wire::identity::{CodePurpose, MessagesPage, SendSmsCode, SignIn, SmsCodeSent};
use gradshot_wire::rights::{AccountClosed, CloseAccount};
use gradshot_wire::support::{Conversation, Say};

#[tokio::test]
async fn everything_that_is_kept_of_a_person_comes_in_one_file() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let file = student.caller.get("/api/account/export.zip").await;
    assert_eq!(file.headers["content-type"], "application/zip");
    let mut zip = zip::ZipArchive::new(Cursor::new(file.body)).unwrap();
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let data = String::from_utf8(read("account.json")).unwrap();
    let person = &student.person;
    for mine in [&person.name, &person.number, &person.phone, &person.id_last4, &person.image_code] {
        assert!(data.contains(mine.as_str()), "{mine} is missing");
    }
    assert!(data.contains("provide_to_registry") && !data.contains(&scene.people[1].name));
    assert_eq!(read(&format!("portraits/{}.jpg", receipt.portrait)), JPEG);
}

#[tokio::test]
async fn an_account_is_closed_by_code_and_nobody_comes_in_any_more() {
    let scene = Scene::set().await;
    let station = scene.station("1号机位").await;
    let student = scene.student_in_line(0).await;
    let receipt = station.photograph_next().await;
    let _: Conversation =
        student.caller.post_json("/api/conversation", &Say { text: "在吗".to_owned() }).await.ok();
    let code = async || -> CloseAccount {
        scene.server.clock.advance(Duration::from_mins(2));
        let ask = SendSmsCode { phone: student.person.phone.clone(), purpose: CodePurpose::DeleteAccount };
        let _: SmsCodeSent = scene.server.anyone().post_json("/api/sms-codes", &ask).await.ok();
        let page: MessagesPage = scene.admin.get("/api/office/messages").await.ok();
        let text = page.messages[0].text.clone().expect("messages stay here");
        let code = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit);
        CloseAccount { code: code.collect() }
    };
    let path = "/api/account/close";
    let guess = CloseAccount { code: "12".to_owned() };
    assert_eq!(student.caller.post_json(path, &guess).await.problem(), "sms_code.wrong");
    let _: Collection = student.confirm(receipt.portrait).await.ok();
    assert_eq!(student.caller.post_json(path, &code().await).await.problem(), "account.in_use");
    let _: Collection =
        student.caller.post(&format!("/api/portraits/{}/withdraw", receipt.portrait)).await.ok();
    let closed: AccountClosed = student.caller.post_json(path, &code().await).await.ok();
    assert_eq!((closed.identities, closed.conversation_lines), (1, 1));
    assert!(closed.messages >= 2 && closed.sessions >= 1);
    assert_eq!(student.caller.get("/api/account").await.problem(), "session.missing");
    let sign_in = SignIn { login: student.person.phone.clone(), password: "student-password".to_owned() };
    assert_eq!(scene.server.anyone().post_json("/api/sign-in", &sign_in).await.problem(), "sign_in.wrong");
}
