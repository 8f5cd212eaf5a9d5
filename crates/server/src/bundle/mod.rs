//! A hand-over bundle as the registry's clerks receive it: one ZIP file.
//!
//! `portraits/000001.jpg`…, `manifest.csv`, `manifest.xlsx`, `SHA256SUMS` over all of them, and `manifest.sig`: an
//! Ed25519 signature over `SHA256SUMS`. How the registry wants files named is unpublished, so a portrait's name is only
//! its place in the manifest.

mod manifest;

use std::io::{Cursor, Write as _};

use gradshot_domain::{Category, Outcome};
use gradshot_seal::BundleSigner;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// One portrait of a bundle, in clear.
pub(crate) struct Item {
    pub(crate) jpeg: Zeroizing<Vec<u8>>,
    pub(crate) spec: String,
    pub(crate) school_code: String,
    pub(crate) category: Category,
    pub(crate) image_code: Zeroizing<Vec<u8>>,
    pub(crate) sealed_at: Timestamp,
    pub(crate) outcome: Outcome,
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
pub(crate) fn pack(items: &[Item], signer: &BundleSigner) -> Result<Zeroizing<Vec<u8>>, PackError> {
    let mut zip = Packer { zip: ZipWriter::new(Cursor::new(Vec::new())), sums: String::new() };
    let mut rows = Vec::with_capacity(items.len());
    for (item, place) in items.iter().zip(1..) {
        let name = format!("portraits/{place:06}.jpg");
        let sha256 = zip.add(&name, &item.jpeg, CompressionMethod::Stored)?;
        rows.push(manifest::Row { file: name, sha256, item });
    }
    zip.add("manifest.csv", &manifest::csv(&rows)?, CompressionMethod::Deflated)?;
    zip.add("manifest.xlsx", &manifest::xlsx(&rows)?, CompressionMethod::Stored)?;
    let sums = std::mem::take(&mut zip.sums);
    zip.add("SHA256SUMS", sums.as_bytes(), CompressionMethod::Deflated)?;
    let signature = format!(
        "algorithm: Ed25519\nsigned: \"gradshot bundle 1\\n\" followed by SHA256SUMS\nkey: {}\nsignature: {}\n",
        signer.key().to_text(),
        signer.sign(sums.as_bytes()),
    );
    zip.add("manifest.sig", signature.as_bytes(), CompressionMethod::Deflated)?;
    Ok(Zeroizing::new(zip.zip.finish()?.into_inner()))
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
        }
    }

    #[test]
    fn a_receiver_can_check_every_file() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(4);
        let signer = BundleSigner::of(&VaultKey::generate(&mut rng));
        let file = pack(&[item(b"first", "CODE-1"), item(b"second", "=1+1")], &signer).unwrap();
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
