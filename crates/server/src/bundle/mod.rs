//! A hand-over bundle as the registry's clerks receive it: one ZIP file.
//!
//! `portraits/000001.jpg`…, `manifest.csv`, `manifest.xlsx`, `SHA256SUMS` over all of them, and `manifest.sig`: an
//! Ed25519 signature over `SHA256SUMS`. How the registry wants files named is unpublished: a campaign's rule names
//! them, by default only by the place in the manifest.

mod assemble;
mod manifest;

use std::collections::HashSet;
use std::io::{Cursor, Write as _};

use gradshot_domain::{Category, FileNaming, NameFacts, Outcome};
use gradshot_seal::BundleSigner;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) use self::assemble::assemble;

/// One portrait of a bundle, in clear.
pub(crate) struct Item {
    pub(crate) jpeg: Zeroizing<Vec<u8>>,
    pub(crate) spec: String,
    pub(crate) school_code: String,
    pub(crate) category: Category,
    pub(crate) image_code: Zeroizing<Vec<u8>>,
    pub(crate) sealed_at: Timestamp,
    pub(crate) outcome: Outcome,
    /// Empty where the rule does not ask for it.
    pub(crate) student_number: Zeroizing<String>,
}

/// What a bundle is made by, beside its portraits.
pub(crate) struct Rule {
    /// How files are named.
    pub(crate) naming: FileNaming,
    /// The day of its making, as names have it.
    pub(crate) date: String,
    /// The moment of its making.
    pub(crate) made_at: Timestamp,
}

/// A bundle's file.
pub(crate) struct Packed {
    pub(crate) file: Zeroizing<Vec<u8>>,
    /// The portraits' names in their order, without folder and ending.
    names: Vec<String>,
}

impl Packed {
    /// The names as they are kept.
    pub(crate) fn names_json(&self) -> Zeroizing<String> {
        Zeroizing::new(serde_json::to_string(&self.names).expect("texts always encode as JSON"))
    }
}

/// Why a bundle could not be packed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackError {
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Csv(#[from] csv::Error),
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

/// Packs the items in their order.
pub(crate) fn pack(items: &[Item], rule: &Rule, signer: &BundleSigner) -> Result<Packed, PackError> {
    let (mut taken, mut names) = (HashSet::new(), Vec::with_capacity(items.len()));
    let mut zip = Packer { zip: ZipWriter::new(Cursor::new(Vec::new())), sums: String::new() };
    let mut rows = Vec::with_capacity(items.len());
    for (item, place) in items.iter().zip(1..) {
        let facts = NameFacts {
            place,
            code: &item.school_code,
            category: manifest::category(item.category),
            date: &rule.date,
            sha256: &hex::encode(Sha256::digest(&*item.jpeg)),
            student_number: &item.student_number,
        };
        let own = rule.naming.name(&facts, &mut taken);
        let name = format!("portraits/{own}.jpg");
        names.push(own);
        let sha256 = zip.add(&name, &item.jpeg, CompressionMethod::Stored)?;
        rows.push(manifest::Row { file: name, sha256, item });
    }
    zip.add("manifest.csv", &manifest::csv(&rows)?, CompressionMethod::Deflated)?;
    zip.add("manifest.xlsx", &manifest::xlsx(&rows, rule.made_at)?, CompressionMethod::Stored)?;
    let sums = std::mem::take(&mut zip.sums);
    zip.add("SHA256SUMS", sums.as_bytes(), CompressionMethod::Deflated)?;
    let signature = format!(
        "algorithm: Ed25519\nsigned: \"gradshot bundle 1\\n\" followed by SHA256SUMS\nkey: {}\nsignature: {}\n",
        signer.key().to_text(),
        signer.sign(sums.as_bytes()),
    );
    zip.add("manifest.sig", signature.as_bytes(), CompressionMethod::Deflated)?;
    Ok(Packed { file: Zeroizing::new(zip.zip.finish()?.into_inner()), names })
}

struct Packer {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    /// A line for each file, as `sha256sum` writes and checks them.
    sums: String,
}

impl Packer {
    fn add(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<String, PackError> {
        // No time of its own: the same portraits give the same file.
        let options = SimpleFileOptions::default().compression_method(method);
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)?;
        let sha256 = hex::encode(Sha256::digest(bytes));
        self.sums.extend([sha256.as_str(), "  ", name, "\n"]);
        Ok(sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradshot_domain::Severity;
    use gradshot_seal::{BundleKey, VaultKey};
    use rand::SeedableRng as _;
    use std::io::Read as _;

    fn item(jpeg: &[u8], code: &str) -> Item {
        Item {
            jpeg: Zeroizing::new(jpeg.to_vec()),
            spec: "chsi".to_owned(),
            school_code: "DEMO27".to_owned(),
            category: Category::Bachelor,
            image_code: Zeroizing::new(code.as_bytes().to_vec()),
            sealed_at: "2026-05-18T06:05:00Z".parse().unwrap(),
            outcome: Severity::Pass,
            student_number: Zeroizing::new(String::new()),
        }
    }

    #[test]
    fn a_receiver_can_check_every_file() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(4);
        let signer = BundleSigner::of(&VaultKey::generate(&mut rng));
        let made_at = "2026-05-19T06:05:00Z".parse().unwrap();
        let rule = Rule { naming: FileNaming::default(), date: "20260519".to_owned(), made_at };
        let file = pack(&[item(b"first", "CODE-1"), item(b"second", "=1+1")], &rule, &signer).unwrap().file;
        let mut zip = zip::ZipArchive::new(Cursor::new(file.as_slice())).unwrap();
        let mut text = |name: &str| {
            let mut bytes = Vec::new();
            zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        assert_eq!(text("portraits/000002.jpg"), b"second");
        let sums = String::from_utf8(text("SHA256SUMS")).unwrap();
        for line in sums.lines() {
            let (sha256, name) = line.split_once("  ").unwrap();
            assert_eq!(hex::encode(Sha256::digest(text(name))), sha256, "{name}");
        }
        assert_eq!(sums.lines().count(), 4);
        let signature = String::from_utf8(text("manifest.sig")).unwrap();
        let line =
            |name: &str| signature.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
        let key = BundleKey::from_text(&line("key: ")).unwrap();
        assert!(key == signer.key() && key.verifies(sums.as_bytes(), &line("signature: ")));

        let csv = String::from_utf8(text("manifest.csv")).unwrap();
        assert!(csv.starts_with("\u{feff}file,sha256,"), "spreadsheets know the encoding by its mark");
        assert!(
            csv.contains("portraits/000001.jpg")
                && csv.contains("2026-05-18T14:05:00+08:00")
                && csv.contains("本科")
        );
        assert!(!csv.contains("=1+1"), "no cell can be taken for a formula");
    }
}
