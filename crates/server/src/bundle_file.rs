//! Writing a hand-over bundle 上网包: portraits, manifest, digests, signature in one ZIP file. Pure: lines in, bytes out.
//!
//! Same lines, same bytes: no clock and no order but the lines' own. The registry's own naming is unpublished, so files
//! are named by their place in the manifest.

use std::io::{Cursor, Write as _};

use gradshot_seal::BundleSigner;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// One portrait of a bundle.
#[derive(Debug, Clone)]
pub struct BundleLine {
    /// The JPEG file.
    pub portrait: Vec<u8>,
    /// The student number.
    pub student_number: String,
    /// The image code as it was registered: opaque, for the licensed opener.
    pub image_code: String,
    /// Kind of studies, as the registry's clerks read it.
    pub category: String,
    /// Id of the photo spec.
    pub spec: String,
    /// When it was sealed, as people here write it.
    pub sealed_at: String,
    /// What the verdict came to: `pass` or `review`.
    pub outcome: String,
}

/// Why a bundle could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteBundleError {
    /// The archive.
    #[error("the bundle's archive cannot be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A file in the archive.
    #[error("a file of the bundle cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// The manifest as a workbook.
    #[error("the bundle's workbook cannot be written: {0}")]
    Xlsx(#[from] XlsxError),
    /// The manifest as CSV.
    #[error("the bundle's manifest cannot be written: {0}")]
    Csv(#[from] csv::Error),
}

const HEADERS: [&str; 8] =
    ["文件", "SHA-256", "照片规格", "学号", "学历类别", "图像采集码", "封存时间", "检查结果"];

/// Writes the bundle. `school_code` is the campaign's code 特征码.
pub fn write_bundle(
    school_code: &str,
    lines: &[BundleLine],
    signer: &BundleSigner,
) -> Result<Vec<u8>, WriteBundleError> {
    let rows: Vec<[String; 8]> = lines.iter().enumerate().map(|(index, line)| row(index, line)).collect();
    let csv = manifest_csv(&rows)?;
    let xlsx = manifest_xlsx(school_code, &rows)?;

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut sums = String::new();
    for (line, row) in lines.iter().zip(&rows) {
        zip.start_file(&row[0], stored)?;
        zip.write_all(&line.portrait)?;
        sums.push_str(&sum_line(&row[1], &row[0]));
    }
    for (name, bytes) in [("manifest.csv", &csv), ("manifest.xlsx", &xlsx)] {
        zip.start_file(name, deflated)?;
        zip.write_all(bytes)?;
        sums.push_str(&sum_line(&hex::encode(Sha256::digest(bytes)), name));
    }
    zip.start_file("SHA256SUMS", deflated)?;
    zip.write_all(sums.as_bytes())?;
    zip.start_file("SHA256SUMS.sig", deflated)?;
    zip.write_all(signer.sign(sums.as_bytes()).as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn row(index: usize, line: &BundleLine) -> [String; 8] {
    [
        format!("portraits/{:06}.jpg", index + 1),
        hex::encode(Sha256::digest(&line.portrait)),
        line.spec.clone(),
        line.student_number.clone(),
        line.category.clone(),
        line.image_code.clone(),
        line.sealed_at.clone(),
        line.outcome.clone(),
    ]
}

/// The format that `sha256sum --check` reads.
fn sum_line(digest: &str, name: &str) -> String {
    format!("{digest}  {name}\n")
}

/// With a byte order mark, so that Excel reads it as UTF-8.
fn manifest_csv(rows: &[[String; 8]]) -> Result<Vec<u8>, WriteBundleError> {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(HEADERS)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// Every cell is text: a student number keeps its leading zeros.
fn manifest_xlsx(school_code: &str, rows: &[[String; 8]]) -> Result<Vec<u8>, WriteBundleError> {
    let mut workbook = Workbook::new();
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &rust_xlsxwriter::DocProperties::new().set_title(school_code).set_creation_datetime(&epoch),
    );
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet().set_name("上网清单")?;
    for (column, header) in HEADERS.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, *header, &bold)?;
    }
    for (index, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            sheet.write_string(index as u32 + 1, column as u16, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(workbook.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use gradshot_seal::VaultKey;
    use rand::SeedableRng as _;

    use super::*;

    fn signer() -> BundleSigner {
        BundleSigner::of(&VaultKey::generate(&mut rand::rngs::StdRng::seed_from_u64(1)))
    }

    fn line() -> BundleLine {
        BundleLine {
            portrait: b"\xFF\xD8 a portrait".to_vec(),
            student_number: "0023001".to_owned(),
            image_code: "invented, \"opaque\"".to_owned(),
            category: "本科".to_owned(),
            spec: "chsi".to_owned(),
            sealed_at: "2026-05-18 14:05".to_owned(),
            outcome: "pass".to_owned(),
        }
    }

    #[test]
    fn digests_match_and_the_signature_verifies() {
        let bytes = write_bundle("DEMO27", &[line(), line()], &signer()).unwrap();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut read = |name: &str| {
            let mut bytes = Vec::new();
            zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        let sums = String::from_utf8(read("SHA256SUMS")).unwrap();
        assert_eq!(sums.lines().count(), 4);
        for line in sums.lines() {
            let (digest, name) = line.split_once("  ").unwrap();
            assert_eq!(hex::encode(Sha256::digest(read(name))), digest, "{name}");
        }
        let signature = String::from_utf8(read("SHA256SUMS.sig")).unwrap();
        assert!(signer().key().verifies(sums.as_bytes(), &signature));
        let manifest = String::from_utf8(read("manifest.csv")).unwrap();
        assert!(manifest.contains("0023001") && manifest.contains("portraits/000002.jpg"));
    }

    #[test]
    fn the_same_lines_give_the_same_bytes() {
        let again = || write_bundle("DEMO27", &[line()], &signer()).unwrap();
        assert_eq!(again(), again());
    }
}
