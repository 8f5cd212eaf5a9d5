//! A student with a phone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gradshot_domain::{CollectionId, PortraitId};
use gradshot_wire::collection::{
    BookStudio, Collection, ConsentPurpose, GiveConsent, ImageCode, PayOrder, PaymentProvider,
    RegisterImageCode,
};
use gradshot_wire::identity::{Session, SignUp};
use gradshot_wire::ticket::CheckIn;
use qrcode::{EcLevel, QrCode};

use super::api::{Api, ApiError};
use super::people::Person;
use super::seed::Campaign;

const PASSWORD: &str = "demo-student-2027";
/// Version of the consents' texts, as the phone's page names it.
const TEXT_VERSION: &str = "2026-11-1";

/// A student who has signed up.
#[derive(Clone)]
pub(super) struct Phone {
    api: Api,
}

impl Phone {
    /// Signs up with phone number and password.
    pub(super) async fn sign_up(campaign: &Campaign, person: &Person) -> Result<Self, ApiError> {
        let api = Api::new(&campaign.server)?;
        let request = SignUp {
            phone: person.phone.clone(),
            password: PASSWORD.to_owned(),
            password_again: PASSWORD.to_owned(),
            code: None,
        };
        let session: Session = api.send("/api/sign-up", &request).await?;
        Ok(Self { api: api.with_token(session.token) })
    }

    /// Registers the image code from a picture of it.
    pub(super) async fn register(
        &self,
        campaign: &Campaign,
        person: &Person,
        picture: &[u8],
    ) -> Result<Collection, ApiError> {
        let request = RegisterImageCode {
            campaign: campaign.id,
            category: person.category,
            image_code: ImageCode::ImageCodePicture(STANDARD.encode(picture)),
            id_last4: person.id_last4.clone(),
            name: person.name.clone(),
        };
        self.api.send("/api/collections", &request).await
    }

    /// Gives the two consents that are needed.
    pub(super) async fn consent(&self, collection: CollectionId) -> Result<Collection, ApiError> {
        let path = format!("/api/collections/{collection}/consents");
        let give = |purpose| GiveConsent { purpose, text_version: TEXT_VERSION.to_owned() };
        let _: Collection = self.api.send(&path, &give(ConsentPurpose::Capture)).await?;
        self.api.send(&path, &give(ConsentPurpose::ProvideToRegistry)).await
    }

    /// Books the studio and pays.
    pub(super) async fn book(
        &self,
        campaign: &Campaign,
        collection: CollectionId,
    ) -> Result<Collection, ApiError> {
        let book = BookStudio { studio: campaign.studio, package: campaign.package };
        let booked: Collection =
            self.api.send(&format!("/api/collections/{collection}/studio"), &book).await?;
        match booked.order {
            Some(order) => {
                let pay = PayOrder { provider: PaymentProvider::Sandbox };
                self.api.send(&format!("/api/orders/{}/pay", order.id), &pay).await
            }
            None => Ok(booked),
        }
    }

    /// Scans the studio's code.
    pub(super) async fn check_in(
        &self,
        campaign: &Campaign,
        collection: CollectionId,
    ) -> Result<Collection, ApiError> {
        let path = format!("/api/studios/{}/check-in", campaign.studio_code);
        self.api.send(&path, &CheckIn { collection }).await
    }

    /// The collection as it stands.
    pub(super) async fn collection(&self, collection: CollectionId) -> Result<Collection, ApiError> {
        self.api.get(&format!("/api/collections/{collection}")).await
    }

    /// Looks at the portrait.
    pub(super) async fn portrait(&self, portrait: PortraitId) -> Result<Vec<u8>, ApiError> {
        self.api.bytes(&format!("/api/portraits/{portrait}/picture.jpg")).await
    }

    /// Says yes.
    pub(super) async fn confirm(&self, portrait: PortraitId) -> Result<Collection, ApiError> {
        self.api.post(&format!("/api/portraits/{portrait}/confirm")).await
    }
}

/// A QR code as a picture, the way a phone would show it: PNG with a quiet zone.
pub(super) fn code_picture(text: &str) -> anyhow::Result<Vec<u8>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let picture = code.render::<image::Luma<u8>>().min_dimensions(480, 480).build();
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png)?;
    Ok(png.into_inner())
}
