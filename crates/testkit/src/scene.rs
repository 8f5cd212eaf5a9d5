//! The stage that most tests need.

use std::sync::Arc;

use gradshot_domain::{Category, Money, Policy, Role};
use gradshot_wire::campaign::{
    Campaign, NewPackage, NewStation, OpenCampaign, OpenStudio, OpenedCampaign, PairingCode, Studio,
};
use gradshot_wire::identity::NewStaff;
use gradshot_wire::roster::RosterReport;

use crate::{Caller, Person, TestServer, TestStation, TestStudent, people, roster_csv};

/// A campaign with a roster, a studio, an administrator and a reviewer.
pub struct Scene {
    /// The server.
    pub server: TestServer,
    /// An administrator.
    pub admin: Caller,
    /// A reviewer.
    pub reviewer: Caller,
    /// The campaign.
    pub campaign: Campaign,
    /// The studio.
    pub studio: Studio,
    /// The students on the roster, none of whom has signed up.
    pub people: Vec<Person>,
}

impl Scene {
    /// Sets the scene with 20 students and a campaign that is paid for first.
    pub async fn set() -> Self {
        Self::set_with(TestServer::start().await, Policy::pay_first()).await
    }

    /// Sets the scene on this server with this policy.
    pub async fn set_with(server: TestServer, policy: Policy) -> Self {
        let admin = server.staff("admin", Role::Admin).await;
        let opened: OpenedCampaign =
            admin.post_json("/api/admin/campaigns", &open_campaign(policy)).await.ok();
        let campaign = opened.campaign;
        let people = people(20);
        let path = format!("/api/admin/campaigns/{}/roster", campaign.id);
        let report: RosterReport =
            admin.post_as(&path, "text/csv", roster_csv(&people).into_bytes()).await.ok();
        assert_eq!((report.added, report.errors.len()), (20, 0));
        let studio: Studio = admin.post_json("/api/admin/studios", &open_studio("SFZX")).await.ok();
        let scene_staff = NewStaff {
            login: "reviewer".to_owned(),
            password: "staff-password".to_owned(),
            role: Role::Reviewer,
        };
        assert_eq!(admin.post_json("/api/admin/staff", &scene_staff).await.status, 201);
        let reviewer = server.sign_in("reviewer", "staff-password").await;
        Self { server, admin, reviewer, campaign, studio, people }
    }

    /// Opens another studio.
    pub async fn another_studio(&self, code: &str) -> Studio {
        self.admin.post_json("/api/admin/studios", &open_studio(code)).await.ok()
    }

    /// Pairs a station with the scene's studio.
    pub async fn station(&self, name: &str) -> TestStation {
        self.station_of(&self.studio, name).await
    }

    /// Pairs a station with a studio.
    pub async fn station_of(&self, studio: &Studio, name: &str) -> TestStation {
        let path = format!("/api/admin/studios/{}/stations", studio.id);
        let code: PairingCode = self.admin.post_json(&path, &NewStation { name: name.to_owned() }).await.ok();
        TestStation::pair(self.server.anyone(), &code, Arc::clone(&self.server.clock)).await
    }

    /// A student who has signed up and done nothing else.
    pub async fn student(&self, index: usize) -> TestStudent {
        TestStudent::sign_up(self, &self.people[index]).await
    }

    /// A student who stands in line.
    pub async fn student_in_line(&self, index: usize) -> TestStudent {
        let mut student = self.student(index).await;
        student.prepare(self).await;
        student.check_in(self).await;
        student
    }
}

fn open_campaign(policy: Policy) -> OpenCampaign {
    OpenCampaign {
        school_name: "示范大学".to_owned(),
        title: "2027 届毕业生图像采集".to_owned(),
        code: Some("DEMO27".to_owned()),
        categories: vec![Category::Bachelor],
        policy,
    }
}

fn open_studio(code: &str) -> OpenStudio {
    OpenStudio {
        name: "示范照相馆".to_owned(),
        code: code.to_owned(),
        address: "示范路 1 号".to_owned(),
        phone: "4000000000".to_owned(),
        packages: vec![NewPackage {
            name: "毕业证照采集".to_owned(),
            en_name: Some("Graduation ID photo".to_owned()),
            price: Money::from_fen(3500),
        }],
    }
}
