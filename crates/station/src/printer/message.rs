//! IPP's messages (RFC 8010) as plain values. The only file that names the `ipp` crate.

use std::collections::BTreeMap;
use std::io::Cursor;

use ipp::attribute::{IppAttribute, IppAttributeName};
use ipp::model::{DelimiterTag, IppVersion, Operation};
use ipp::parser::{IppParseError, IppParser};
use ipp::reader::IppReader;
use ipp::request::IppRequestResponse;
use ipp::value::{IppName, IppValue};

/// Values that one attribute may have; a printer's list of papers has a few hundred.
const VALUES_MAX: usize = 4096;

/// What is asked of a printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    Print,
    Printer,
    Jobs,
    Queues,
}

/// A request in the making.
pub(super) struct Request(IppRequestResponse);

/// What an attribute says, as far as anything here needs it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(i64),
    Range(i64, i64),
    Flag(bool),
    Fields(BTreeMap<String, Value>),
    Other,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) printers: Vec<Group>,
    pub(super) jobs: Vec<Group>,
}

/// Attributes of one printer or job.
#[derive(Debug, Default)]
pub(super) struct Group(BTreeMap<String, Vec<Value>>);

/// Something is too long for IPP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a value is longer than IPP allows")]
pub(super) struct TooLong;

impl From<IppParseError> for TooLong {
    fn from(_: IppParseError) -> Self {
        Self
    }
}

impl Request {
    pub(super) fn new(ask: Ask, printer: Option<&str>) -> Result<Self, TooLong> {
        let operation = match ask {
            Ask::Print => Operation::PrintJob,
            Ask::Printer => Operation::GetPrinterAttributes,
            Ask::Jobs => Operation::GetJobs,
            Ask::Queues => Operation::CupsGetPrinters,
        };
        let mut request = Self(IppRequestResponse::new(IppVersion::v1_1(), operation, None)?);
        if let Some(printer) = printer {
            request.about(IppAttributeName::PRINTER_URI, IppValue::new_uri(printer)?);
        }
        request
            .about(IppAttributeName::REQUESTING_USER_NAME, IppValue::new_name_without_language("gradshot")?);
        Ok(request)
    }

    /// An attribute of the operation itself.
    fn about(&mut self, name: impl Into<IppName>, value: IppValue) {
        let attribute = IppAttribute::new(name, value);
        self.0.attributes_mut().add(DelimiterTag::OperationAttributes, attribute);
    }

    pub(super) fn wanting(mut self, attributes: &[&str]) -> Result<Self, TooLong> {
        let words: Result<Vec<_>, _> = attributes.iter().map(|name| IppValue::new_keyword(*name)).collect();
        self.about(IppAttributeName::REQUESTED_ATTRIBUTES, IppValue::Array(words?));
        Ok(self)
    }

    /// Which of a printer's jobs: `completed` or `not-completed`.
    pub(super) fn which_jobs(mut self, which: &str, limit: i32) -> Result<Self, TooLong> {
        self.about(IppAttributeName::WHICH_JOBS, IppValue::new_keyword(which)?);
        self.about(IppAttributeName::LIMIT, IppValue::Integer(limit));
        Ok(self)
    }

    pub(super) fn document(mut self, job_name: &str, format: &str) -> Result<Self, TooLong> {
        self.about(IppAttributeName::JOB_NAME, IppValue::new_name_without_language(job_name)?);
        self.about(IppAttributeName::DOCUMENT_FORMAT, IppValue::new_mime_media_type(format)?);
        Ok(self)
    }

    /// An attribute of the job.
    pub(super) fn job(mut self, name: &str, value: &Value) -> Result<Self, TooLong> {
        let attribute = IppAttribute::with_name(name, wired(value)?)?;
        self.0.attributes_mut().add(DelimiterTag::JobAttributes, attribute);
        Ok(self)
    }

    /// An enumerated attribute of the job.
    pub(super) fn job_choice(mut self, name: &str, value: i32) -> Result<Self, TooLong> {
        let attribute = IppAttribute::with_name(name, IppValue::Enum(value))?;
        self.0.attributes_mut().add(DelimiterTag::JobAttributes, attribute);
        Ok(self)
    }

    /// The request's bytes; a document follows them.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }
}

fn wired(value: &Value) -> Result<IppValue, TooLong> {
    Ok(match value {
        Value::Text(word) => IppValue::new_keyword(word.as_str())?,
        Value::Number(number) => IppValue::Integer(i32::try_from(*number).map_err(|_| TooLong)?),
        Value::Flag(flag) => IppValue::Boolean(*flag),
        Value::Fields(fields) => {
            let fields: Result<BTreeMap<IppName, IppValue>, TooLong> = fields
                .iter()
                .map(|(name, value)| Ok((IppName::try_from(name.as_str())?, wired(value)?)))
                .collect();
            IppValue::Collection(fields?)
        }
        Value::Range(..) | Value::Other => IppValue::NoValue,
    })
}

/// Reads an answer. May panic on a malformed one: the caller reads on a thread of its own.
pub(super) fn read(bytes: Vec<u8>) -> Option<Answer> {
    let parser: IppParser<Cursor<Vec<u8>>> = IppParser::new(IppReader::new(Cursor::new(bytes)));
    let (header, attributes, _) = parser.parse_parts().ok()?;
    let of = |tag| attributes.groups_of(tag).map(|group| Group::of(group.attributes())).collect();
    Some(Answer {
        status: header.operation_or_status as u16,
        printers: of(DelimiterTag::PrinterAttributes),
        jobs: of(DelimiterTag::JobAttributes),
    })
}

impl Group {
    fn of(attributes: &[IppAttribute]) -> Self {
        let entry = |attribute: &IppAttribute| {
            let values = match attribute.value() {
                IppValue::Array(values) => values.iter().take(VALUES_MAX).map(value).collect(),
                one => vec![value(one)],
            };
            (attribute.name().to_string(), values)
        };
        Self(attributes.iter().map(entry).collect())
    }

    pub(super) fn all(&self, name: &str) -> &[Value] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.all(name).iter().find_map(Value::text)
    }

    pub(super) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.all(name).iter().filter_map(Value::text)
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.all(name).iter().find_map(Value::number)
    }
}

impl Value {
    pub(super) fn word(word: &str) -> Self {
        Self::Text(word.to_owned())
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn number(&self) -> Option<i64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// Whether this is the number, or a range that it is in.
    pub(super) fn allows(&self, wanted: i64, tolerance: i64) -> bool {
        match self {
            Self::Number(number) => (number - wanted).abs() <= tolerance,
            Self::Range(from, to) => (*from..=*to).contains(&wanted),
            _ => false,
        }
    }
}

fn value(value: &IppValue) -> Value {
    match value {
        IppValue::Integer(number) | IppValue::Enum(number) => Value::Number(i64::from(*number)),
        IppValue::RangeOfInteger { min, max } => Value::Range(i64::from(*min), i64::from(*max)),
        IppValue::Boolean(flag) => Value::Flag(*flag),
        IppValue::Resolution { cross_feed, .. } => Value::Number(i64::from(*cross_feed)),
        IppValue::TextWithoutLanguage(text) | IppValue::TextWithLanguage { text, .. } => {
            Value::Text(text.to_string())
        }
        IppValue::NameWithoutLanguage(name) | IppValue::NameWithLanguage { name, .. } => {
            Value::Text(name.to_string())
        }
        IppValue::Keyword(word) => Value::Text(word.to_string()),
        IppValue::Uri(uri) => Value::Text(uri.to_string()),
        IppValue::MimeMediaType(kind) => Value::Text(kind.to_string()),
        IppValue::Collection(fields) => {
            Value::Fields(fields.iter().map(|(name, it)| (name.to_string(), self::value(it))).collect())
        }
        _ => Value::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_and_what_is_none_is_refused() {
        let bytes = [
            &[2, 0, 0x04, 0x06, 0, 0, 0, 1, 0x01][..],
            &[0x47, 0, 18],
            b"attributes-charset",
            &[0, 5],
            b"utf-8",
            &[0x04, 0x23, 0, 13],
            b"printer-state",
            &[0, 4, 0, 0, 0, 3],
            &[0x44, 0, 21],
            b"printer-state-reasons",
            &[0, 11],
            b"media-empty",
            &[0x44, 0, 0, 0, 4],
            b"door",
            &[0x03],
        ]
        .concat();
        let answer = read(bytes.clone()).unwrap();
        assert_eq!(answer.status, 0x0406);
        let printer = &answer.printers[0];
        assert_eq!(printer.number("printer-state"), Some(3));
        assert_eq!(printer.texts("printer-state-reasons").collect::<Vec<_>>(), ["media-empty", "door"]);
        assert!(read(bytes[..bytes.len() - 4].to_vec()).is_none() && read(b"<html>".to_vec()).is_none());
    }
}
