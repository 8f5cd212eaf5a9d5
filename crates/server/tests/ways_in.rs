//! Ways in: codes by SMS, passwords, sessions, and what an account was granted.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gradshot_domain::Role;
use gradshot_testkit::{Caller, Scene, TestServer};
use gradshot_wire::identity::{
    Account, BindWechat, ChangeGrant, ChangePassword, CodePurpose, Grant, IdentityKind, MessageStateName,
    MessagesPage, NewStaff, PhoneProof, ResetPassword, SendSmsCode, Session, Sessions, SignIn, SignInByCode,
    SignInByWechat, SignUp, SmsCodeSent, StaffPage, WaysIn, WechatSignIn,
};

const PHONE: &str = "13951730000";

fn ask(purpose: CodePurpose) -> SendSmsCode {
    SendSmsCode { phone: PHONE.to_owned(), purpose }
}

fn enter(code: &str) -> SignInByCode {
    SignInByCode { phone: PHONE.to_owned(), code: code.to_owned() }
}

/// The newest message's code, as support reads it to somebody on the phone.
async fn code(support: &Caller) -> String {
    let page: MessagesPage = support.get("/api/office/messages").await.ok();
    let text = page.messages[0].text.clone().expect("messages stay here");
    text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect()
}

fn wrong(code: &str) -> String {
    if code == "000000" { "000001".to_owned() } else { "000000".to_owned() }
}

#[tokio::test]
async fn m1_1_2_a_phone_number_and_a_code_are_enough_to_come_in() {
    let server = TestServer::start().await;
    let support = server.staff("support", Role::Support).await;
    let anyone = server.anyone();
    let sent = anyone.post_json("/api/sms-codes", &ask(CodePurpose::SignIn)).await;
    assert_eq!(sent.status, 202);
    let sent: SmsCodeSent = sent.ok();
    assert_eq!(sent.expires_at.duration_since(sent.next_at).as_secs(), 4 * 60);
    let code = code(&support).await;
    assert_eq!(
        anyone.post_json("/api/sign-in/code", &enter(&wrong(&code))).await.problem(),
        "sms_code.wrong"
    );
    let first = anyone.post_json("/api/sign-in/code", &enter(&code)).await;
    assert_eq!(first.status, 201, "a new number gets an account");
    assert!(first.headers["set-cookie"].to_str().unwrap().contains("HttpOnly"));
    let session: Session = first.ok();
    assert_eq!(session.account.grants, [Grant::Student]);
    let identity = &session.account.identities[0];
    assert_eq!((identity.kind, identity.verified), (IdentityKind::Phone, true));
    assert!(!session.account.has_password);
    assert_eq!(
        anyone.post_json("/api/sign-in/code", &enter(&code)).await.problem(),
        "sms_code.wrong",
        "a code is good once"
    );
}

async fn by_wechat(anyone: &Caller, name: &str) -> WechatSignIn {
    let code = SignInByWechat { code: format!("sandbox-{name}") };
    anyone.post_json("/api/sign-in/wechat", &code).await.ok()
}

fn authorized(slip: &str, phone: &str) -> BindWechat {
    let proof = PhoneProof::Wechat { phone_code: format!("sandbox-{phone}") };
    BindWechat { slip: slip.to_owned(), proof }
}

#[tokio::test]
async fn m1_1_2_wechat_and_an_authorized_phone_number_are_enough_to_come_in() {
    let server = TestServer::start().await;
    let anyone = server.anyone();
    let ways: WaysIn = anyone.get("/api/ways-in").await.ok();
    assert!(ways.wechat.is_some_and(|wechat| wechat.sandbox), "the page says that it is pretended");
    let WechatSignIn::PhoneNeeded { slip } = by_wechat(&anyone, "lin").await else { panic!("known already") };
    let bind = authorized(&slip, PHONE);
    let first = anyone.post_json("/api/sign-in/wechat/phone", &bind).await;
    assert_eq!(first.status, 201, "a new number gets an account");
    assert!(first.headers["set-cookie"].to_str().unwrap().contains("HttpOnly"));
    let session: Session = first.ok();
    let kinds: Vec<IdentityKind> = session.account.identities.iter().map(|identity| identity.kind).collect();
    assert_eq!(kinds, [IdentityKind::Phone, IdentityKind::Wechat]);
    assert!(session.account.identities.iter().all(|identity| identity.verified));
    assert!(session.account.identities[1].masked.starts_with("微信"), "no openid is shown");
    assert_eq!(anyone.post_json("/api/sign-in/wechat/phone", &bind).await.problem(), "wechat.taken");

    let WechatSignIn::Session(again) = by_wechat(&anyone, "lin").await else { panic!("forgotten") };
    assert_eq!(again.account.id, session.account.id, "one press from then on");
    let me: Account = anyone.with_token(again.token).get("/api/account").await.ok();
    assert_eq!(me.id, session.account.id);
}

#[tokio::test]
async fn m1_1_2_wechat_leads_to_the_account_that_the_phone_number_has() {
    let server = TestServer::start().await;
    let support = server.staff("support", Role::Support).await;
    let anyone = server.anyone();
    let _: SmsCodeSent = anyone.post_json("/api/sms-codes", &ask(CodePurpose::SignIn)).await.ok();
    let session: Session = anyone.post_json("/api/sign-in/code", &enter(&code(&support).await)).await.ok();

    // In a browser without the phone's authorization, a code by SMS proves the number.
    let WechatSignIn::PhoneNeeded { slip } = by_wechat(&anyone, "lin").await else { panic!("known already") };
    server.clock.advance(Duration::from_secs(61));
    let _: SmsCodeSent = anyone.post_json("/api/sms-codes", &ask(CodePurpose::SignIn)).await.ok();
    let code = code(&support).await;
    let proof = |code: &str| PhoneProof::Sms { phone: PHONE.to_owned(), code: code.to_owned() };
    let bind = BindWechat { slip: slip.clone(), proof: proof(&wrong(&code)) };
    assert_eq!(anyone.post_json("/api/sign-in/wechat/phone", &bind).await.problem(), "sms_code.wrong");
    let bind = BindWechat { slip, proof: proof(&code) };
    let bound = anyone.post_json("/api/sign-in/wechat/phone", &bind).await;
    assert_eq!(bound.status, 200);
    assert_eq!(bound.ok::<Session>().account.id, session.account.id, "one account however one comes in");
}

#[tokio::test]
async fn what_did_not_come_from_wechat_lets_nobody_in() {
    let server = TestServer::start().await;
    let anyone = server.anyone();
    let forged = SignInByWechat { code: "anything".to_owned() };
    assert_eq!(anyone.post_json("/api/sign-in/wechat", &forged).await.problem(), "wechat.code");
    let endless = SignInByWechat { code: format!("sandbox-{}", "x".repeat(1000)) };
    assert_eq!(anyone.post_json("/api/sign-in/wechat", &endless).await.problem(), "wechat.code");
    for slip in ["", "00ff", "no hex"] {
        let answer = anyone.post_json("/api/sign-in/wechat/phone", &authorized(slip, PHONE)).await;
        assert_eq!(answer.problem(), "wechat.slip");
    }
    let WechatSignIn::PhoneNeeded { slip } = by_wechat(&anyone, "lin").await else { panic!("known already") };
    let no_number = authorized(&slip, "12345");
    assert_eq!(anyone.post_json("/api/sign-in/wechat/phone", &no_number).await.problem(), "wechat.code");
    server.clock.advance(Duration::from_mins(10));
    let late = authorized(&slip, PHONE);
    assert_eq!(anyone.post_json("/api/sign-in/wechat/phone", &late).await.problem(), "wechat.slip");

    let without = TestServer::start_with(|options| options.wechat = None).await;
    let ways: WaysIn = without.anyone().get("/api/ways-in").await.ok();
    assert_eq!(ways.wechat, None);
    let code = SignInByWechat { code: "sandbox-lin".to_owned() };
    assert_eq!(without.anyone().post_json("/api/sign-in/wechat", &code).await.problem(), "wechat.not_here");
}

#[tokio::test]
async fn m1_1_2_who_comes_again_has_the_same_account() {
    let server = TestServer::start().await;
    let support = server.staff("support", Role::Support).await;
    let anyone = server.anyone();
    let sign_up = SignUp {
        phone: PHONE.to_owned(),
        password: "long enough".to_owned(),
        password_again: "long enough".to_owned(),
        code: None,
    };
    let made: Session = anyone.post_json("/api/sign-up", &sign_up).await.ok();
    assert!(!made.account.identities[0].verified);
    let _: SmsCodeSent = anyone.post_json("/api/sms-codes", &ask(CodePurpose::SignIn)).await.ok();
    let again: Session = anyone.post_json("/api/sign-in/code", &enter(&code(&support).await)).await.ok();
    assert_eq!(again.account.id, made.account.id);
    assert!(again.account.identities[0].verified);
    assert!(!again.account.has_password, "whoever set it never proved to have the number");
    let sign_in = SignIn { login: PHONE.to_owned(), password: "long enough".to_owned() };
    assert_eq!(anyone.post_json("/api/sign-in", &sign_in).await.problem(), "sign_in.wrong");
    assert_eq!(anyone.with_token(made.token).get("/api/account").await.problem(), "session.missing");
    let mine = anyone.with_token(again.token);
    let own = ChangePassword {
        old_password: None,
        password: "my own one".to_owned(),
        password_again: "my own one".to_owned(),
    };
    assert_eq!(mine.post_json("/api/account/password", &own).await.status, 204);
    keeps_a_password_of_its_own(&server, &support).await;
}

/// A number that was proved keeps its password when its owner comes by code again.
async fn keeps_a_password_of_its_own(server: &TestServer, support: &Caller) {
    server.clock.advance(Duration::from_mins(1));
    let anyone = server.anyone();
    let _: SmsCodeSent = anyone.post_json("/api/sms-codes", &ask(CodePurpose::SignIn)).await.ok();
    let third: Session = anyone.post_json("/api/sign-in/code", &enter(&code(support).await)).await.ok();
    assert!(third.account.has_password);
}

#[tokio::test]
async fn m2_2_2_an_account_with_a_proved_phone_number_and_the_password_twice() {
    let server = TestServer::start().await;
    let support = server.staff("support", Role::Support).await;
    let anyone = server.anyone();
    let _: SmsCodeSent = anyone.post_json("/api/sms-codes", &ask(CodePurpose::SignIn)).await.ok();
    let code = code(&support).await;
    let sign_up = |again: &str, code: &str| SignUp {
        phone: PHONE.to_owned(),
        password: "long enough".to_owned(),
        password_again: again.to_owned(),
        code: Some(code.to_owned()),
    };
    let unequal = anyone.post_json("/api/sign-up", &sign_up("long", &code)).await;
    assert_eq!(unequal.problem(), "password.differ");
    let guess = anyone.post_json("/api/sign-up", &sign_up("long enough", &wrong(&code))).await;
    assert_eq!(guess.problem(), "sms_code.wrong");
    let made: Session = anyone.post_json("/api/sign-up", &sign_up("long enough", &code)).await.ok();
    assert!(made.account.identities[0].verified);
}

#[tokio::test]
async fn codes_are_few_and_short_lived() {
    let server = TestServer::start().await;
    let support = server.staff("support", Role::Support).await;
    let anyone = server.anyone();
    let send = async || anyone.post_json("/api/sms-codes", &ask(CodePurpose::SignIn)).await;
    assert_eq!(send().await.status, 202);
    assert_eq!(send().await.problem(), "sms_code.too_soon");
    let late = code(&support).await;
    server.clock.advance(Duration::from_mins(5));
    assert_eq!(anyone.post_json("/api/sign-in/code", &enter(&late)).await.problem(), "sms_code.wrong");

    assert_eq!(send().await.status, 202);
    let tried = code(&support).await;
    for _ in 0..5 {
        let guess = enter(&wrong(&tried));
        assert_eq!(anyone.post_json("/api/sign-in/code", &guess).await.problem(), "sms_code.wrong");
    }
    assert_eq!(
        anyone.post_json("/api/sign-in/code", &enter(&tried)).await.problem(),
        "sms_code.wrong",
        "five tries and no more"
    );
    for _ in 0..3 {
        server.clock.advance(Duration::from_mins(1));
        assert_eq!(send().await.status, 202);
    }
    server.clock.advance(Duration::from_mins(1));
    assert_eq!(send().await.problem(), "sms_code.too_soon", "five in an hour");
    let bad = SendSmsCode { phone: "12345".to_owned(), purpose: CodePurpose::SignIn };
    assert_eq!(anyone.post_json("/api/sms-codes", &bad).await.problem(), "phone.malformed");
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_a_code() {
    let server = TestServer::start().await;
    let support = server.staff("support", Role::Support).await;
    let anyone = server.anyone();
    let _: SmsCodeSent = anyone.post_json("/api/sms-codes", &ask(CodePurpose::ResetPassword)).await.ok();
    let page: MessagesPage = support.get("/api/office/messages").await.ok();
    assert!(page.messages.is_empty(), "nothing is sent where there is no account, and nobody is told so");

    let sign_up = SignUp {
        phone: PHONE.to_owned(),
        password: "long enough".to_owned(),
        password_again: "long enough".to_owned(),
        code: None,
    };
    let old: Session = anyone.post_json("/api/sign-up", &sign_up).await.ok();
    server.clock.advance(Duration::from_mins(1));
    let _: SmsCodeSent = anyone.post_json("/api/sms-codes", &ask(CodePurpose::ResetPassword)).await.ok();
    let code = code(&support).await;
    assert_eq!(
        anyone.post_json("/api/sign-in/code", &enter(&code)).await.problem(),
        "sms_code.wrong",
        "a code for a password signs nobody in"
    );
    let reset = ResetPassword {
        phone: PHONE.to_owned(),
        code,
        password: "another one".to_owned(),
        password_again: "another one".to_owned(),
    };
    let new: Session = anyone.post_json("/api/password/reset", &reset).await.ok();
    assert_eq!(anyone.with_token(old.token).get("/api/account").await.problem(), "session.missing");
    let _: Account = anyone.with_token(new.token).get("/api/account").await.ok();
    let sign_in = SignIn { login: PHONE.to_owned(), password: "another one".to_owned() };
    let _: Session = anyone.post_json("/api/sign-in", &sign_in).await.ok();
}

#[tokio::test]
async fn a_password_is_changed_with_the_one_so_far_and_other_devices_are_signed_out() {
    let scene = Scene::set().await;
    let student = scene.student(0).await;
    let sign_in = SignIn { login: student.person.phone.clone(), password: "student-password".to_owned() };
    let other: Session = scene.server.anyone().post_json("/api/sign-in", &sign_in).await.ok();
    let other = scene.server.anyone().with_token(other.token);
    let change = |old: Option<&str>| ChangePassword {
        old_password: old.map(str::to_owned),
        password: "another one".to_owned(),
        password_again: "another one".to_owned(),
    };
    let path = "/api/account/password";
    assert_eq!(student.caller.post_json(path, &change(None)).await.problem(), "password.missing");
    assert_eq!(student.caller.post_json(path, &change(Some("guess"))).await.problem(), "password.wrong");
    assert_eq!(student.caller.post_json(path, &change(Some("student-password"))).await.status, 204);
    let _: Account = student.caller.get("/api/account").await.ok();
    assert_eq!(other.get("/api/account").await.problem(), "session.missing");
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_alone() {
    let scene = Scene::set().await;
    let (mine, others) = (scene.student(0).await, scene.student(1).await);
    let sign_in = SignIn { login: mine.person.phone.clone(), password: "student-password".to_owned() };
    let second: Session = scene.server.anyone().post_json("/api/sign-in", &sign_in).await.ok();
    let listed: Sessions = mine.caller.get("/api/account/sessions").await.ok();
    assert_eq!(listed.sessions.len(), 2);
    assert_eq!(listed.sessions.iter().filter(|session| session.current).count(), 1);
    let other = listed.sessions.iter().find(|session| !session.current).expect("the second");
    let path = format!("/api/account/sessions/{}", other.id);
    assert_eq!(others.caller.delete(&path).await.problem(), "session.not_found");
    assert_eq!(mine.caller.delete(&path).await.status, 204);
    let second = scene.server.anyone().with_token(second.token);
    assert_eq!(second.get("/api/account").await.problem(), "session.missing");
    let third: Session = scene.server.anyone().post_json("/api/sign-in", &sign_in).await.ok();
    assert_eq!(mine.caller.post("/api/account/sessions/end-others").await.status, 204);
    let third = scene.server.anyone().with_token(third.token);
    assert_eq!(third.get("/api/account").await.problem(), "session.missing");
}

#[tokio::test]
async fn a_grant_is_good_where_it_was_given_and_until_it_is_taken_away() {
    let scene = Scene::set().await;
    let staff = NewStaff {
        login: "operator".to_owned(),
        password: "staff-password".to_owned(),
        role: Role::Operator,
    };
    assert_eq!(scene.admin.post_json("/api/admin/staff", &staff).await.problem(), "staff.role");
    let path = format!("/api/admin/studios/{}/staff", scene.studio.id);
    let made: Account = scene.admin.post_json(&path, &staff).await.ok();
    assert_eq!(made.grants, [Grant::Operator { studio: scene.studio.id }]);
    let operator = scene.server.sign_in("operator", "staff-password").await;

    let path = format!("/api/admin/accounts/{}/grants", made.id);
    let support = ChangeGrant { grant: Grant::Support };
    assert_eq!(operator.get("/api/office/messages").await.problem(), "role.forbidden");
    let _: Account = scene.admin.post_json(&path, &support).await.ok();
    let _: MessagesPage = operator.get("/api/office/messages").await.ok();
    let _: Account = scene.admin.post_json(&format!("{path}/revoke"), &support).await.ok();
    assert_eq!(operator.get("/api/office/messages").await.problem(), "role.forbidden", "at once");

    let nowhere =
        ChangeGrant { grant: Grant::Operator { studio: gradshot_domain::StudioId::from_bytes([9; 16]) } };
    assert_eq!(scene.admin.post_json(&path, &nowhere).await.problem(), "studio.not_found");
    let page: StaffPage = scene.admin.get("/api/admin/staff").await.ok();
    assert_eq!(page.staff.len(), 3, "students are no staff");
    let me: Account = scene.admin.get("/api/account").await.ok();
    let own = format!("/api/admin/accounts/{}/grants/revoke", me.id);
    let admin = ChangeGrant { grant: Grant::Admin };
    assert_eq!(scene.admin.post_json(&own, &admin).await.problem(), "grant.own");
}

#[tokio::test]
async fn b_5_a_message_that_was_not_taken_is_tried_again() {
    struct Moody(AtomicUsize);
    impl gradshot_server::Sender for Moody {
        fn name(&self) -> &'static str {
            "moody"
        }
        fn send<'a>(
            &'a self,
            message: &'a gradshot_server::Outgoing,
        ) -> futures::future::BoxFuture<'a, Result<(), gradshot_server::SendError>> {
            assert_eq!(message.to.as_str(), PHONE);
            let refused = self.0.fetch_add(1, Ordering::SeqCst) == 0;
            let answer = if refused { Err(gradshot_server::SendError("busy".to_owned())) } else { Ok(()) };
            Box::pin(std::future::ready(answer))
        }
    }
    let server = TestServer::start_sending(Arc::new(Moody(AtomicUsize::new(0)))).await;
    let support = server.staff("support", Role::Support).await;
    let _: SmsCodeSent = server.anyone().post_json("/api/sms-codes", &ask(CodePurpose::SignIn)).await.ok();
    let seen = async || {
        let page: MessagesPage = support.get("/api/office/messages").await.ok();
        let message = page.messages.into_iter().next().expect("a message");
        assert_eq!((message.text, message.masked_to.as_str()), (None, "139****0000"), "sent, so not shown");
        (message.state, message.attempts)
    };
    assert_eq!(seen().await, (MessageStateName::Queued, 1));
    assert_eq!(server.server.deliver_messages().await, 0, "not before its time");
    server.clock.advance(Duration::from_secs(30));
    assert_eq!(server.server.deliver_messages().await, 1);
    assert_eq!(seen().await, (MessageStateName::Sent, 2));
}
