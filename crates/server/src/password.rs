//! Passwords at rest: Argon2id.

use std::sync::Arc;

use argon2::{Argon2, Params, PasswordHasher as _, PasswordVerifier as _};
use rand::Rng as _;
use rand::rngs::StdRng;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::problem::Broken;

const SALT_BYTES: usize = 16;
/// Hashes computed at the same time: each takes its memory and a whole core.
const AT_ONCE: usize = 2;

/// How costly a password is to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PasswordCost {
    /// 19 MiB, two passes: what the OWASP Password Storage Cheat Sheet asks for at least.
    #[default]
    Standard,
    /// 64 KiB, one pass: for tests and demonstrations, whose accounts vanish with them.
    Demonstration,
}

impl PasswordCost {
    fn params(self) -> Params {
        let (memory_kib, passes) = match self {
            Self::Standard => (19 * 1024, 2),
            Self::Demonstration => (64, 1),
        };
        Params::new(memory_kib, passes, 1, None).expect("both costs are within Argon2's limits")
    }
}

/// Hashes and verifies passwords away from the threads that answer requests.
pub(crate) struct Passwords {
    argon2: Argon2<'static>,
    turns: Arc<Semaphore>,
    /// Verified against when there is no such account, so that the answer takes as long.
    nobody: String,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost, rng: &mut StdRng) -> Self {
        let argon2 = Argon2::from(cost.params());
        let mut anything = [0u8; 32];
        rng.fill_bytes(&mut anything);
        let nobody = hash(&argon2, &anything, &anything[..SALT_BYTES]).unwrap_or_default();
        Self { argon2, turns: Arc::new(Semaphore::new(AT_ONCE)), nobody }
    }

    /// The hash of a new password, in PHC form.
    pub(crate) async fn hash(&self, password: String, rng: &mut StdRng) -> Result<String, Broken> {
        let mut salt = [0u8; SALT_BYTES];
        rng.fill_bytes(&mut salt);
        let argon2 = self.argon2.clone();
        let password = Zeroizing::new(password);
        self.in_turn(move || hash(&argon2, password.as_bytes(), &salt))
            .await?
            .ok_or(Broken::Step("a password could not be hashed"))
    }

    /// Whether a password is the one that was hashed; `None` for an account that does not exist.
    pub(crate) async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Broken> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        let argon2 = self.argon2.clone();
        let password = Zeroizing::new(password);
        let same =
            self.in_turn(move || argon2.verify_password(password.as_bytes(), hash.as_str()).is_ok()).await?;
        Ok(known && same)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Broken> {
        let _turn = self.turns.acquire().await.map_err(|_| Broken::Step("the server is closing"))?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Broken::Step("a password could not be computed"))
    }
}

fn hash(argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Option<String> {
    argon2.hash_password_with_salt(password, salt).ok().map(|hash| hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;

    #[tokio::test]
    async fn a_password_is_known_again_and_nobody_has_none() {
        let mut rng = StdRng::seed_from_u64(1);
        let passwords = Passwords::new(PasswordCost::Demonstration, &mut rng);
        let hash = passwords.hash("correct horse".to_owned(), &mut rng).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
        assert!(passwords.verify("correct horse".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("battery staple".to_owned(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("correct horse".to_owned(), None).await.unwrap());
    }

    #[test]
    fn the_standard_is_owasps() {
        let params = PasswordCost::Standard.params();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (19_456, 2, 1));
    }
}
