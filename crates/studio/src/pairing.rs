//! Pairing this PC's own station with the server beside it, or any other.

use std::path::Path;

use gradshot_seal::StationKey;
use gradshot_station::client;
use gradshot_station::identity::Identity;
use gradshot_wire::station::Pair;
use rand::rngs::StdRng;

/// What is kept as the server's address when it is the one beside the station, which may listen elsewhere next time.
const OWN_SERVER: &str = "own";

/// Pairs by the code that an administrator made, and keeps the identity. Without a server it is the one at `own`.
pub(crate) async fn pair(
    http: &reqwest::Client,
    own: &str,
    server: Option<&str>,
    code: &str,
    path: &Path,
    rng: &mut StdRng,
) -> anyhow::Result<Identity> {
    let key = StationKey::generate(rng);
    let request = Pair { code: code.to_owned(), verifying_key: key.verifying_key().to_text() };
    let paired = client::pair(http, server.unwrap_or(own), &request).await?;
    let kept = server.unwrap_or(OWN_SERVER).trim_end_matches('/').to_owned();
    let identity = Identity { server: kept, token: paired.token.into(), key };
    identity.save(path)?;
    Ok(at_present(identity, own))
}

/// The identity with its server's address as it is today.
pub(crate) fn at_present(identity: Identity, own: &str) -> Identity {
    if identity.server == OWN_SERVER { Identity { server: own.to_owned(), ..identity } } else { identity }
}
