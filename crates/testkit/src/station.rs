//! A station that calls, seals and delivers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use gradshot_domain::{Clock as _, PortraitId, PortraitSource, Severity, StationId, TicketId, Verdict};
use gradshot_seal::{CampaignPublicKey, Contents, Envelope, EnvelopeHeader, StationKey, Suite};
use gradshot_wire::campaign::PairingCode;
use gradshot_wire::queue::{Called, QueueEntry};
use gradshot_wire::station::{Pair, Paired, PortraitReceipt, StationProfile};

use crate::{Answer, Caller, JPEG, StandingClock, rng};

/// A paired station.
pub struct TestStation {
    /// Who it is.
    pub id: StationId,
    /// Its line to the server.
    pub caller: Caller,
    /// Its key.
    pub key: StationKey,
    clock: Arc<StandingClock>,
    seed: AtomicU64,
}

/// A sealed portrait before it is sent.
pub struct Sealed {
    /// Its id.
    pub portrait: PortraitId,
    /// The envelope.
    pub envelope: Vec<u8>,
}

impl TestStation {
    pub(crate) async fn pair(anyone: Caller, code: &PairingCode, clock: Arc<StandingClock>) -> Self {
        let seed = u64::from_be_bytes(code.station.as_bytes()[8..].try_into().expect("eight bytes"));
        let key = StationKey::generate(&mut rng(seed));
        let request = Pair { code: code.code.clone(), verifying_key: key.verifying_key().to_text() };
        let paired: Paired = anyone.post_json("/api/stations/pair", &request).await.ok();
        let seed = AtomicU64::new(seed);
        Self { id: paired.station, caller: anyone.with_token(paired.token), key, clock, seed }
    }

    /// Calls the next one.
    pub async fn call_next(&self) -> Option<QueueEntry> {
        let called: Called = self.caller.post("/api/station/queue/next").await.ok();
        called.entry
    }

    /// Does a verb to a ticket.
    pub async fn ticket(&self, ticket: TicketId, verb: &str) -> Answer {
        self.caller.post(&format!("/api/station/tickets/{ticket}/{verb}")).await
    }

    /// What the station knows.
    pub async fn profile(&self) -> StationProfile {
        self.caller.get("/api/station").await.ok()
    }

    /// Seals a portrait for a ticket as `change` leaves the header.
    pub async fn seal(&self, ticket: TicketId, change: impl FnOnce(&mut EnvelopeHeader)) -> Sealed {
        self.seal_contents(ticket, JPEG, Severity::Pass, change).await
    }

    /// Seals any bytes; the verdict's outcome is always a pass, so another `outcome` makes a lying header.
    pub async fn seal_contents(
        &self,
        ticket: TicketId,
        portrait: &[u8],
        outcome: Severity,
        change: impl FnOnce(&mut EnvelopeHeader),
    ) -> Sealed {
        let profile = self.profile().await;
        let campaign = profile.campaigns.first().expect("there is a campaign");
        let key = CampaignPublicKey::from_text(&campaign.public_key).expect("the server gives a key");
        let mut rng = rng(self.seed.fetch_add(1, Ordering::SeqCst));
        let at = self.clock.now();
        let mut header = EnvelopeHeader {
            suite: Suite::X25519Aes256GcmEd25519,
            portrait: PortraitId::new(at, &mut rng),
            source: PortraitSource::Station { ticket, station: self.id },
            campaign: campaign.campaign,
            spec: campaign.spec.clone(),
            outcome,
            sealed_at: at,
            sha256: String::new(),
        };
        change(&mut header);
        let contents = Contents { portrait: portrait.to_vec(), verdict: Verdict::of(Vec::new()) };
        let id = header.portrait;
        let envelope =
            Envelope::seal(&contents, header, &key, &self.key, &mut rng).expect("a portrait seals");
        Sealed { portrait: id, envelope }
    }

    /// Sends a sealed portrait.
    pub async fn send(&self, sealed: &Sealed) -> Answer {
        self.caller.put(&format!("/api/station/portraits/{}", sealed.portrait), sealed.envelope.clone()).await
    }

    /// Calls the next one, notes the arrival, seals and sends a portrait.
    pub async fn photograph_next(&self) -> PortraitReceipt {
        let entry = self.call_next().await.expect("somebody waits");
        let _: QueueEntry = self.ticket(entry.ticket, "arrive").await.ok();
        let sealed = self.seal(entry.ticket, |_| {}).await;
        self.send(&sealed).await.ok()
    }
}
