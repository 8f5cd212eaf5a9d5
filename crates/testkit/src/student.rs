//! A student who walks through a scene.

use gradshot_domain::{CollectionId, PortraitId, TicketId};
use gradshot_wire::collection::{
    BookStudio, Collection, ConsentPurpose, GiveConsent, ImageCode, PayOrder, PaymentProvider,
    RegisterImageCode,
};
use gradshot_wire::identity::{Session, SignUp};
use gradshot_wire::ticket::CheckIn;

use crate::{Answer, Caller, Person, Scene};

/// A student with a phone.
pub struct TestStudent {
    /// Who it is.
    pub person: Person,
    /// The phone.
    pub caller: Caller,
    collection: Option<CollectionId>,
}

impl TestStudent {
    /// Signs up.
    pub async fn sign_up(scene: &Scene, person: &Person) -> Self {
        let anyone = scene.server.anyone();
        let request = SignUp {
            phone: person.phone.clone(),
            password: "student-password".to_owned(),
            password_again: "student-password".to_owned(),
            code: None,
        };
        let session: Session = anyone.post_json("/api/sign-up", &request).await.ok();
        Self { person: person.clone(), caller: anyone.with_token(session.token), collection: None }
    }

    /// The request that registers this student's code with these last four.
    pub fn registration(&self, scene: &Scene, id_last4: &str) -> RegisterImageCode {
        RegisterImageCode {
            campaign: scene.campaign.id,
            category: self.person.category,
            image_code: ImageCode::ImageCodeText(self.person.image_code.clone()),
            id_last4: id_last4.to_owned(),
            name: self.person.name.clone(),
        }
    }

    /// Registers the image code.
    pub async fn register(&mut self, scene: &Scene) -> Collection {
        let request = self.registration(scene, &self.person.id_last4);
        let collection: Collection = self.caller.post_json("/api/collections", &request).await.ok();
        self.collection = Some(collection.id);
        collection
    }

    /// Gives the needed consents.
    pub async fn consent(&self) {
        let path = format!("/api/collections/{}/consents", self.collection());
        for purpose in ConsentPurpose::NEEDED {
            let consent = GiveConsent { purpose, text_version: "2026-11-1".to_owned() };
            let _: Collection = self.caller.post_json(&path, &consent).await.ok();
        }
    }

    /// Books the scene's studio.
    pub async fn book(&self, scene: &Scene) -> Collection {
        let book = BookStudio { studio: scene.studio.id, package: scene.studio.packages[0].id };
        self.caller.post_json(&format!("/api/collections/{}/studio", self.collection()), &book).await.ok()
    }

    /// Pays the order.
    pub async fn pay(&self) -> Answer {
        let order = self.look().await.order.expect("there is an order to pay");
        let pay = PayOrder { provider: PaymentProvider::Sandbox };
        self.caller.post_json(&format!("/api/orders/{}/pay", order.id), &pay).await
    }

    /// Registers, consents, books and pays.
    pub async fn prepare(&mut self, scene: &Scene) {
        self.register(scene).await;
        self.consent().await;
        self.book(scene).await;
        let _: Collection = self.pay().await.ok();
    }

    /// Scans the code of the scene's studio.
    pub async fn check_in(&self, scene: &Scene) -> Collection {
        self.try_check_in(&scene.studio.code).await.ok()
    }

    /// Scans a studio's code.
    pub async fn try_check_in(&self, code: &str) -> Answer {
        let check_in = CheckIn { collection: self.collection() };
        self.caller.post_json(&format!("/api/studios/{code}/check-in"), &check_in).await
    }

    /// The collection as it stands.
    pub async fn look(&self) -> Collection {
        self.caller.get(&format!("/api/collections/{}", self.collection())).await.ok()
    }

    /// Today's ticket.
    pub async fn ticket(&self) -> TicketId {
        self.look().await.ticket.expect("there is a ticket").id
    }

    /// Says yes to a portrait.
    pub async fn confirm(&self, portrait: PortraitId) -> Answer {
        self.caller.post(&format!("/api/portraits/{portrait}/confirm")).await
    }

    /// Asks for another portrait.
    pub async fn object(&self, portrait: PortraitId) -> Answer {
        self.caller.post(&format!("/api/portraits/{portrait}/object")).await
    }

    /// The collection's id.
    pub fn collection(&self) -> CollectionId {
        self.collection.expect("the image code was registered before")
    }
}
