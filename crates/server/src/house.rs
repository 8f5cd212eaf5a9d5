//! What all endpoints share.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use gradshot_domain::{Clock, Policy, Route};
use gradshot_storage::{BlobKey, Blobs, Storage};
use jiff::Timestamp;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::sync::Notify;

use crate::live::{Hub, Lines};
use crate::message::Sender;
use crate::metrics::Metrics;
use crate::password::Passwords;
use crate::pay::{PaymentProvider, SANDBOX, Sandbox};
use crate::rate::Rates;
use crate::registry::Registry;
use crate::vault::Vault;
use crate::wechat::Wechat;
use crate::{ReadImageCode, Standardize};

/// What all endpoints share.
pub(crate) struct House {
    pub(crate) storage: Storage,
    pub(crate) blobs: Blobs,
    pub(crate) vault: Vault,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Randomness,
    pub(crate) hub: Hub,
    pub(crate) lines: Lines,
    pub(crate) rates: Rates,
    pub(crate) metrics: Metrics,
    pub(crate) sandbox: Sandbox,
    pub(crate) sender: Arc<dyn Sender>,
    pub(crate) registry: Arc<dyn Registry>,
    pub(crate) passwords: Passwords,
    pub(crate) image_codes: Arc<dyn ReadImageCode>,
    pub(crate) standardizer: Option<Arc<dyn Standardize>>,
    /// Wakes a worker when a shot begins to wait.
    pub(crate) shots: Notify,
    pub(crate) pages_dir: Option<PathBuf>,
    pub(crate) public_url: String,
    pub(crate) sandbox_payments: bool,
    /// WeChat as a way in.
    pub(crate) wechat: Option<Arc<dyn Wechat>>,
}

impl House {
    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A generator of one's own.
    pub(crate) fn rng(&self) -> StdRng {
        self.randomness.fork()
    }

    /// Deletes the pieces of a shot that no row knows any more. What cannot be deleted now opens for nobody, and is swept.
    pub(crate) async fn delete_pieces(&self, pieces: &[BlobKey]) {
        for piece in pieces {
            if let Err(error) = self.blobs.delete(piece).await {
                tracing::warn!(%error, "a piece of a shot is left to the sweep");
            }
        }
    }

    /// Whether students of a campaign may choose this route here.
    pub(crate) fn offers(&self, policy: &Policy, route: Route) -> bool {
        policy.offers(route) && (route == Route::Studio || self.standardizer.is_some())
    }

    /// The payment provider of this name, if this server has it.
    pub(crate) fn provider(&self, name: &str) -> Option<&dyn PaymentProvider> {
        (name == SANDBOX && self.sandbox_payments).then_some(&self.sandbox as &dyn PaymentProvider)
    }

    /// Whether students reach this server over TLS, so that cookies must not travel without it.
    pub(crate) fn is_public_over_tls(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The server's one source of randomness, seeded by the operating system.
pub(crate) struct Randomness(Mutex<StdRng>);

impl Randomness {
    /// Seeds from the operating system.
    pub(crate) fn from_system() -> Self {
        Self(Mutex::new(rand::make_rng()))
    }

    pub(crate) fn fork(&self) -> StdRng {
        StdRng::from_rng(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
