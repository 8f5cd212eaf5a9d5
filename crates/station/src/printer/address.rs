//! A printer's address, as people write it.

use reqwest::Url;

/// What IPP's own port is, encrypted or not.
const IPP_PORT: u16 = 631;
/// Where an IPP Everywhere printer answers when nobody says otherwise.
const USUAL_PATH: &str = "/ipp/print";

/// A printer's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// As IPP writes it: `ipp://host:port/path`.
    pub(super) uri: String,
    /// Where requests go.
    pub(super) url: Url,
}

/// This is no printer's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a printer's address begins with ipp:// or ipps:// and names a computer")]
pub struct NoAddress;

impl Address {
    /// Reads an address. The name of a computer alone is enough; `http` is what some printers' pages show.
    pub fn read(text: &str) -> Result<Self, NoAddress> {
        let text = text.trim();
        let text = if text.contains("://") { text.to_owned() } else { format!("ipp://{text}") };
        let (scheme, rest) = text.split_once("://").ok_or(NoAddress)?;
        let encrypted = match scheme.to_ascii_lowercase().as_str() {
            "ipp" | "http" => false,
            "ipps" | "https" => true,
            _ => return Err(NoAddress),
        };
        // Read as HTTP: only there does the standard say what a host may look like.
        let carrier = if encrypted { "https" } else { "http" };
        let mut url = Url::parse(&format!("{carrier}://{rest}")).map_err(|_| NoAddress)?;
        let is_plain = url.username().is_empty() && url.password().is_none();
        let host = url.host_str().filter(|host| is_plain && !host.is_empty()).ok_or(NoAddress)?.to_owned();
        let named_port = rest.split('/').next().unwrap_or_default().ends_with(|c: char| c.is_ascii_digit())
            && rest.split('/').next().is_some_and(|authority| authority.contains(':'));
        let port = url.port().or_else(|| named_port.then(|| url.port_or_known_default()).flatten());
        let port = port.unwrap_or(IPP_PORT);
        url.set_port(Some(port)).map_err(|()| NoAddress)?;
        if url.path() == "/" {
            url.set_path(USUAL_PATH);
        }
        url.set_query(None);
        url.set_fragment(None);
        let scheme = if encrypted { "ipps" } else { "ipp" };
        Ok(Self { uri: format!("{scheme}://{host}:{port}{}", url.path()), url })
    }

    /// The computer's name, for whoever wonders which printer it is.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_understood() {
        for (written, uri, url) in [
            ("192.0.2.7", "ipp://192.0.2.7:631/ipp/print", "http://192.0.2.7:631/ipp/print"),
            (
                "ipp://localhost/printers/Photo",
                "ipp://localhost:631/printers/Photo",
                "http://localhost:631/printers/Photo",
            ),
            (
                "ipps://printer.local:8443/ipp/print",
                "ipps://printer.local:8443/ipp/print",
                "https://printer.local:8443/ipp/print",
            ),
            (
                " http://printer:631/ipp/print?x=1 ",
                "ipp://printer:631/ipp/print",
                "http://printer:631/ipp/print",
            ),
            ("ipp://printer:80/", "ipp://printer:80/ipp/print", "http://printer/ipp/print"),
            (
                "ipp://[fe80::1]:631/ipp/print",
                "ipp://[fe80::1]:631/ipp/print",
                "http://[fe80::1]:631/ipp/print",
            ),
        ] {
            let address = Address::read(written).unwrap();
            assert_eq!((address.uri.as_str(), address.url.as_str()), (uri, url), "{written}");
        }
        for wrong in
            ["", "   ", "ftp://printer", "ipp://", "ipp://somebody:secret@printer/", "file:///etc/passwd"]
        {
            assert_eq!(Address::read(wrong), Err(NoAddress), "{wrong}");
        }
    }
}
