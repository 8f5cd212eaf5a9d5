//! What the demonstration begins with: a school, a studio, people to review, a roster.

use gradshot_domain::{CampaignId, Category, Money, PackageId, Policy, StudioId};
use gradshot_wire::campaign::{
    NewPackage, NewStation, OpenCampaign, OpenStudio, OpenedCampaign, PairingCode, Studio,
};
use gradshot_wire::identity::{Account, NewStaff, Role, Session, SignIn};
use gradshot_wire::roster::RosterReport;

use super::api::Api;
use super::people::{Person, person, roster_csv};
use crate::ServerRoom;

/// A seeded demonstration.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// The server.
    pub server: String,
    /// The campaign.
    pub id: CampaignId,
    /// The studio.
    pub studio: StudioId,
    /// The studio's code.
    pub studio_code: String,
    /// Its package.
    pub package: PackageId,
    /// Pairs the studio's first station.
    pub pairing_code: String,
    /// The administrator.
    pub admin: StaffLogin,
    /// The reviewer.
    pub reviewer: StaffLogin,
    /// The students on the roster.
    pub people: Vec<Person>,
}

/// An account of the demonstration.
#[derive(Debug, Clone)]
pub struct StaffLogin {
    /// User name.
    pub login: String,
    /// Password. The demonstration's server vanishes with the program, so it may be printed.
    pub password: String,
}

/// Seeds a campaign with so many students, over the API.
pub async fn seed(room: &ServerRoom, students: usize) -> anyhow::Result<Campaign> {
    let admin = StaffLogin { login: "admin".to_owned(), password: "demo-admin-2027".to_owned() };
    let reviewer = StaffLogin { login: "reviewer".to_owned(), password: "demo-review-2027".to_owned() };
    room.server.create_staff(&admin.login, &admin.password, Role::Admin).await?;

    let api = sign_in(&room.url, &admin).await?;
    let opened: OpenedCampaign = api
        .send(
            "/api/admin/campaigns",
            &OpenCampaign {
                school_name: "示范大学".to_owned(),
                title: "2027 届毕业生图像采集（演示）".to_owned(),
                code: Some("DEMO27".to_owned()),
                categories: vec![Category::Bachelor, Category::Master],
                policy: Policy::pay_first(),
            },
        )
        .await?;
    let studio: Studio = api
        .send(
            "/api/admin/studios",
            &OpenStudio {
                name: "示范照相馆".to_owned(),
                code: "SFZX".to_owned(),
                address: "示范路 1 号".to_owned(),
                phone: "4000000000".to_owned(),
                packages: vec![NewPackage {
                    name: "毕业证照采集".to_owned(),
                    en_name: Some("Graduation ID photo".to_owned()),
                    price: Money::from_fen(3500),
                }],
            },
        )
        .await?;
    let pairing: PairingCode = api
        .send(
            &format!("/api/admin/studios/{}/stations", studio.id),
            &NewStation { name: "1号机位".to_owned() },
        )
        .await?;
    let _: Account = api
        .send(
            "/api/admin/staff",
            &NewStaff {
                login: reviewer.login.clone(),
                password: reviewer.password.clone(),
                role: Role::Reviewer,
            },
        )
        .await?;
    let people: Vec<Person> = (0..students).map(person).collect();
    let _: RosterReport = api
        .send_csv(&format!("/api/admin/campaigns/{}/roster", opened.campaign.id), roster_csv(&people))
        .await?;
    let package = studio.packages.first().map(|package| package.id);
    Ok(Campaign {
        server: room.url.clone(),
        id: opened.campaign.id,
        studio: studio.id,
        studio_code: studio.code,
        package: package.ok_or_else(|| anyhow::anyhow!("the server opened a studio without its package"))?,
        pairing_code: pairing.code,
        admin,
        reviewer,
        people,
    })
}

/// Signs a member of staff in.
pub(super) async fn sign_in(server: &str, who: &StaffLogin) -> anyhow::Result<Api> {
    let api = Api::new(server)?;
    let credentials = SignIn { login: who.login.clone(), password: who.password.clone() };
    let session: Session = api.send("/api/sign-in", &credentials).await?;
    Ok(api.with_token(session.token))
}
