//! Where bundles go: the registry 学信网, by whatever way its operator has. The operators' own interfaces are unpublished;
//! whoever is licensed for one writes it against [`Registry`], and the composition root joins it in.

use std::fmt;
use std::future::ready;

use futures::future::BoxFuture;
use zeroize::Zeroizing;

/// A bundle on its way.
pub struct Delivery {
    /// Our number for it.
    pub bundle: String,
    /// The campaign's code.
    pub campaign_code: String,
    /// The ZIP file.
    pub file: Zeroizing<Vec<u8>>,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// Does not show what it holds.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Delivery({}, …)", self.bundle)
    }
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered {
    /// The registry has it, and knows it by this number.
    Taken {
        /// The registry's number.
        reference: String,
    },
    /// A person takes the file there.
    ByHand,
}

/// Why a registry did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// It cannot be reached. Ask again later.
    #[error("the registry cannot be reached: {0}")]
    Unreachable(String),
    /// It said no.
    #[error("the registry refused: {0}")]
    Refused(String),
}

/// A registry that bundles are handed over to. Everything may be asked again.
pub trait Registry: Send + Sync {
    /// Its name, as staff see it.
    fn name(&self) -> &'static str;

    /// Hands one bundle over. The same bundle again has the same result.
    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> BoxFuture<'a, Result<Delivered, RegistryError>>;

    /// What the registry answered to a bundle: a list as its clerks send it, CSV or XLSX. `None` while there is none.
    fn answers<'a>(&'a self, bundle: &'a str) -> BoxFuture<'a, Result<Option<Vec<u8>>, RegistryError>>;
}

/// Bundles are downloaded, carried to the registry, and its answers imported by hand.
#[derive(Debug, Clone, Copy, Default)]
pub struct FileRegistry;

impl Registry for FileRegistry {
    fn name(&self) -> &'static str {
        "file"
    }

    fn deliver<'a>(&'a self, _: &'a Delivery) -> BoxFuture<'a, Result<Delivered, RegistryError>> {
        Box::pin(ready(Ok(Delivered::ByHand)))
    }

    fn answers<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Option<Vec<u8>>, RegistryError>> {
        Box::pin(ready(Ok(None)))
    }
}
