//! A ticket's way from the server's signer to a station without a network.

use gradshot_domain::{BusinessDay, CampaignId, Category, MaskedName, StudioId, TicketId, TicketNumber};
use gradshot_seal::{InvalidTicket, TicketClaims, TicketKey, TicketSigner, VaultKey};
use jiff::{Timestamp, ToSpan as _};
use rand::SeedableRng;
use rand::rngs::StdRng;

#[test]
fn a_station_tells_good_old_foreign_and_forged_tickets_apart() {
    let mut rng = StdRng::seed_from_u64(9);
    let at: Timestamp = "2026-05-18T06:05:00Z".parse().unwrap();
    let signer = TicketSigner::of(&VaultKey::generate(&mut rng));
    let claims = TicketClaims {
        ticket: TicketId::new(at, &mut rng),
        number: TicketNumber::nth(11).unwrap(),
        studio: StudioId::new(at, &mut rng),
        campaign: CampaignId::new(at, &mut rng),
        category: Category::Bachelor,
        masked_name: MaskedName::of(&"林小雨".parse().unwrap()),
        spec: "chsi".to_owned(),
        business_day: BusinessDay::of(at),
    };
    let token = signer.sign(&claims);
    assert!(token.len() < 500, "{} characters make too dense a QR code", token.len());

    let key = TicketKey::from_text(&signer.key().to_text()).unwrap();
    assert_eq!(key.verify(&format!(" {token}\r\n"), claims.studio, at), Ok(claims.clone()));
    let elsewhere = StudioId::new(at, &mut rng);
    assert_eq!(key.verify(&token, elsewhere, at), Err(InvalidTicket::OtherStudio));
    assert_eq!(key.verify(&token, claims.studio, at + 24.hours()), Err(InvalidTicket::OtherDay));
    assert_eq!(key.verify("https://example.com", claims.studio, at), Err(InvalidTicket::NotATicket));

    let stranger = TicketSigner::of(&VaultKey::generate(&mut rng)).sign(&claims);
    assert_eq!(key.verify(&stranger, claims.studio, at), Err(InvalidTicket::Forged));
}
