//! Several vault keys, so that the one in use can be changed while the server runs.
//!
//! The first key seals; all of them open. One is the *root*: fingerprints, tickets' and bundles' signatures come from it,
//! so it stays as long as the database does.

use std::fmt;

use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::{FieldKey, InvalidKey, SealedFieldError, VaultKey};

/// More keys than anybody needs at a time.
const MAX_KEYS: usize = 8;
/// What stands behind the root's key in the text.
const ROOT: &str = "root";

/// The server's root secrets.
#[derive(Debug)]
pub struct KeyRing {
    /// At least one; the first is in use.
    keys: Vec<VaultKey>,
    root: usize,
}

/// What people call a key by: eight hexadecimal digits that tell nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName([u8; 4]);

/// The keys for personal fields. The first seals, all open.
#[derive(Debug)]
pub struct FieldKeys(Vec<(KeyName, FieldKey)>);

/// Why a text is no ring of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeyRing {
    /// A line is no key.
    #[error(transparent)]
    Key(#[from] InvalidKey),
    /// No line, or too many.
    #[error("a ring has 1 to {MAX_KEYS} vault keys, one on each line")]
    Count,
    /// With several keys it has to be said which one fingerprints come from.
    #[error("of several vault keys exactly one line ends with `{ROOT}`")]
    Root,
}

/// Why a ring was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRingError {
    /// No key of this name.
    #[error("the ring has no key of this name")]
    Unknown,
    /// The root stays.
    #[error("fingerprints and signatures come from this key: it stays as long as the database")]
    Root,
    /// The key in use stays.
    #[error("this key is in use: use another one first")]
    InUse,
    /// There is no room.
    #[error("a ring has at most {MAX_KEYS} keys: drop one that seals nothing any more")]
    Full,
}

impl KeyRing {
    /// A ring of one key, which is the root.
    pub fn of(key: VaultKey) -> Self {
        Self { keys: vec![key], root: 0 }
    }

    /// Reads the text of a file: a key on each line, the first in use, ` root` behind the root's.
    pub fn from_text(text: &str) -> Result<Self, InvalidKeyRing> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if !(1..=MAX_KEYS).contains(&lines.len()) {
            return Err(InvalidKeyRing::Count);
        }
        let (mut keys, mut roots) = (Vec::with_capacity(lines.len()), Vec::new());
        for (place, line) in lines.iter().enumerate() {
            let key = line.strip_suffix(ROOT).filter(|rest| rest.ends_with(char::is_whitespace));
            if key.is_some() {
                roots.push(place);
            }
            keys.push(VaultKey::from_text(key.unwrap_or(line).trim())?);
        }
        match (keys.len(), roots.as_slice()) {
            (1, _) => Ok(Self { keys, root: 0 }),
            (_, [root]) => Ok(Self { root: *root, keys }),
            _ => Err(InvalidKeyRing::Root),
        }
    }

    /// The ring as text, for a file that only the server can read.
    pub fn to_text(&self) -> Zeroizing<String> {
        let lines = self.keys.iter().enumerate().map(|(place, key)| {
            let mark = if place == self.root && self.keys.len() > 1 { " root" } else { "" };
            Zeroizing::new(format!("{}{mark}\n", &*key.to_text()))
        });
        Zeroizing::new(lines.fold(String::new(), |text, line| text + &line))
    }

    /// The key that fingerprints and signatures come from.
    pub fn root(&self) -> &VaultKey {
        &self.keys[self.root]
    }

    /// The keys' names, the one in use first.
    pub fn names(&self) -> Vec<KeyName> {
        self.keys.iter().map(KeyName::of).collect()
    }

    /// The root's name.
    pub fn root_name(&self) -> KeyName {
        KeyName::of(self.root())
    }

    /// The keys for personal fields.
    pub fn field_keys(&self) -> FieldKeys {
        FieldKeys(self.keys.iter().map(|key| (KeyName::of(key), key.field_key())).collect())
    }

    /// Adds a new key that opens, and does not seal yet: other servers have to know it first.
    pub fn add(&mut self, rng: &mut impl CryptoRng) -> Result<KeyName, ChangeRingError> {
        if self.keys.len() >= MAX_KEYS {
            return Err(ChangeRingError::Full);
        }
        let key = VaultKey::generate(rng);
        let name = KeyName::of(&key);
        self.keys.push(key);
        Ok(name)
    }

    /// Seals with this key from now on.
    pub fn use_key(&mut self, name: KeyName) -> Result<(), ChangeRingError> {
        let root = self.root_name();
        let key = self.keys.remove(self.place(name)?);
        self.keys.insert(0, key);
        self.root = self.place(root)?;
        Ok(())
    }

    /// Forgets a key. What is still sealed with it stays closed for ever.
    pub fn forget(&mut self, name: KeyName) -> Result<(), ChangeRingError> {
        match self.place(name)? {
            place if place == self.root => Err(ChangeRingError::Root),
            0 => Err(ChangeRingError::InUse),
            place => {
                let root = self.root_name();
                self.keys.remove(place);
                self.root = self.place(root)?;
                Ok(())
            }
        }
    }

    fn place(&self, name: KeyName) -> Result<usize, ChangeRingError> {
        self.keys.iter().position(|key| KeyName::of(key) == name).ok_or(ChangeRingError::Unknown)
    }
}

impl KeyName {
    fn of(key: &VaultKey) -> Self {
        let derived = key.derive(b"name");
        Self(std::array::from_fn(|place| derived[place]))
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for KeyName {
    type Err = ChangeRingError;
    fn from_str(text: &str) -> Result<Self, ChangeRingError> {
        let fits = text.len() == 8 && text.is_ascii();
        let number = u32::from_str_radix(text, 16).ok().filter(|_| fits);
        number.map(|number| Self(number.to_be_bytes())).ok_or(ChangeRingError::Unknown)
    }
}

impl FieldKeys {
    /// Seals `plain` for `place` with the key in use; see [`FieldKey::seal`].
    pub fn seal(&self, plain: &[u8], place: &str, rng: &mut impl CryptoRng) -> Vec<u8> {
        self.0[0].1.seal(plain, place, rng)
    }

    /// Opens what any of the keys sealed for the same `place`.
    pub fn open(&self, sealed: &[u8], place: &str) -> Result<Zeroizing<Vec<u8>>, SealedFieldError> {
        self.open_telling(sealed, place).map(|(_, plain)| plain)
    }

    /// The same, and the name of the key.
    pub fn open_telling(
        &self,
        sealed: &[u8],
        place: &str,
    ) -> Result<(KeyName, Zeroizing<Vec<u8>>), SealedFieldError> {
        self.0
            .iter()
            .find_map(|(name, key)| key.open(sealed, place).ok().map(|plain| (*name, plain)))
            .ok_or(SealedFieldError)
    }

    /// The name of the key in use.
    pub fn in_use(&self) -> KeyName {
        self.0[0].0
    }

    /// Whether there is a key besides the one in use.
    pub fn has_older(&self) -> bool {
        self.0.len() > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;

    #[test]
    fn a_new_key_seals_the_old_one_opens_and_goes_and_the_root_stays() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(9);
        let mut ring = KeyRing::of(VaultKey::generate(&mut rng));
        let root = ring.root_name();
        let old = ring.field_keys().seal(b"13900000001", "accounts.login.1", &mut rng);
        let fingerprint = ring.root().blind_index_key().fingerprint("login", b"13900000001");

        let new = ring.add(&mut rng).unwrap();
        assert_eq!(ring.field_keys().in_use(), root, "it is known first, and used later");
        ring.use_key(new).unwrap();
        let mut ring = KeyRing::from_text(&ring.to_text()).unwrap();
        assert_eq!((ring.names(), ring.root_name()), (vec![new, root], root));
        let keys = ring.field_keys();
        assert_eq!(keys.open_telling(&old, "accounts.login.1").unwrap().0, root);
        let sealed = keys.seal(b"x", "accounts.login.1", &mut rng);
        assert_eq!(keys.open_telling(&sealed, "accounts.login.1").unwrap().0, new);
        assert_eq!(ring.root().blind_index_key().fingerprint("login", b"13900000001"), fingerprint);

        let newest = ring.add(&mut rng).unwrap();
        assert_eq!(ring.forget(root), Err(ChangeRingError::Root));
        assert_eq!(ring.forget(new), Err(ChangeRingError::InUse));
        ring.use_key(newest).unwrap();
        ring.forget(new).unwrap();
        assert_eq!(ring.names(), [newest, root]);
        assert_eq!(ring.field_keys().open(&sealed, "accounts.login.1"), Err(SealedFieldError));
        assert_eq!(newest.to_string().parse(), Ok(newest));
    }

    #[test]
    fn one_key_alone_is_a_ring_and_a_ring_without_root_is_none() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(10);
        let one = VaultKey::generate(&mut rng).to_text();
        assert_eq!(KeyRing::from_text(&format!("{}\n", &*one)).unwrap().to_text().trim(), one.as_str());
        let two = format!("{}\n{}\n", &*one, &*VaultKey::generate(&mut rng).to_text());
        assert_eq!(KeyRing::from_text(&two).unwrap_err(), InvalidKeyRing::Root);
        assert_eq!(KeyRing::from_text("\n").unwrap_err(), InvalidKeyRing::Count);
        assert!(matches!(KeyRing::from_text("not a key"), Err(InvalidKeyRing::Key(_))));
        assert!("0x12345a".parse::<KeyName>().is_err());
    }
}
