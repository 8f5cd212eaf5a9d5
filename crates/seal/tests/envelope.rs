//! An envelope between three parties: the station that seals, the server that verifies, the campaign's key that opens.

use gradshot_domain::{CampaignId, PortraitId, PortraitSource, Severity, StationId, TicketId, Verdict};
use gradshot_seal::{
    CampaignPrivateKey, Contents, Envelope, EnvelopeHeader, OpenError, ParseError, StationKey, Suite,
};
use jiff::Timestamp;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;

struct World {
    rng: StdRng,
    campaign: CampaignPrivateKey,
    station: StationKey,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        Self {
            campaign: CampaignPrivateKey::generate(&mut rng),
            station: StationKey::generate(&mut rng),
            rng,
        }
    }

    fn header(&mut self) -> EnvelopeHeader {
        let at = Timestamp::from_second(1_779_000_000).unwrap();
        EnvelopeHeader {
            suite: Suite::X25519Aes256GcmEd25519,
            portrait: PortraitId::new(at, &mut self.rng),
            source: PortraitSource::Station {
                ticket: TicketId::new(at, &mut self.rng),
                station: StationId::new(at, &mut self.rng),
            },
            campaign: CampaignId::new(at, &mut self.rng),
            spec: "chsi".to_owned(),
            outcome: Severity::Pass,
            sealed_at: at,
            sha256: String::new(),
        }
    }

    fn sealed(&mut self, portrait: &[u8]) -> Vec<u8> {
        let header = self.header();
        let contents = Contents { portrait: portrait.to_vec(), verdict: Verdict::of(Vec::new()) };
        Envelope::seal(&contents, header, &self.campaign.public(), &self.station, &mut self.rng).unwrap()
    }
}

#[test]
fn what_the_station_sealed_the_campaign_opens() {
    let mut world = World::new(1);
    let bytes = world.sealed(b"a portrait");
    let envelope = Envelope::parse(&bytes).unwrap();
    assert!(envelope.verify(&world.station.verifying_key()));
    assert_eq!(envelope.open(&world.campaign).unwrap().portrait, b"a portrait");
    assert!(!bytes.windows(10).any(|window| window == b"a portrait"), "no plain byte shows");
}

#[test]
fn neither_another_station_nor_another_campaign_is_believed() {
    let (mut world, stranger) = (World::new(1), World::new(2));
    let envelope = Envelope::parse(&world.sealed(b"a portrait")).unwrap();
    assert!(!envelope.verify(&stranger.station.verifying_key()));
    assert_eq!(envelope.open(&stranger.campaign).unwrap_err(), OpenError::Cipher);
}

#[test]
fn other_bytes_are_no_envelope() {
    assert_eq!(Envelope::parse(b"").unwrap_err(), ParseError::Malformed);
    assert_eq!(Envelope::parse(b"\xff\xd8\xff").unwrap_err(), ParseError::Malformed);
    let mut longer = World::new(1).sealed(b"a portrait");
    longer.push(0);
    assert_eq!(Envelope::parse(&longer).unwrap_err(), ParseError::Malformed);
    let huge = vec![0; gradshot_seal::MAX_ENVELOPE_BYTES + 1];
    assert_eq!(Envelope::parse(&huge).unwrap_err(), ParseError::TooLarge);
}

proptest! {
    #[test]
    fn one_changed_byte_is_noticed(seed in 0..50u64, position in 4..500usize, flip in 1..=255u8) {
        let mut world = World::new(seed);
        let mut bytes = world.sealed(&[7; 200]);
        let position = position % bytes.len();
        bytes[position] ^= flip;
        let believed = Envelope::parse(&bytes).is_ok_and(|envelope| envelope.verify(&world.station.verifying_key()));
        prop_assert!(!believed);
    }
}
