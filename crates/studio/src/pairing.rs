//! Pairing this PC's own station with the server beside it, or any other.

use std::path::Path;

use gradshot_seal::StationKey;
use gradshot_station::client;
use gradshot_station::identity::Identity;
use gradshot_wire::station::Pair;
use rand::rngs::StdRng;

/// Pairs by the code that an administrator made, and keeps the identity.
pub(crate) async fn pair(
    http: &reqwest::Client,
    server: &str,
    code: &str,
    path: &Path,
    rng: &mut StdRng,
) -> anyhow::Result<Identity> {
    let key = StationKey::generate(rng);
    let request = Pair { code: code.to_owned(), verifying_key: key.verifying_key().to_text() };
    let paired = client::pair(http, server, &request).await?;
    let identity = Identity { server: server.to_owned(), token: paired.token.into(), key };
    identity.save(path)?;
    Ok(identity)
}
