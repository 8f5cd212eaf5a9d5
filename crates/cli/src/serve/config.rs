//! How the server is set up: a file, the environment, and the command line, each over the one before.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;

/// The largest file that is read, bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// What a file may say. A word that is not known is refused, so that a slip of the pen is not passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder of database, sealed files and, unless `GRADSHOT_VAULT_KEY` is set, the vault key.
    pub data: Option<PathBuf>,
    /// Another database: a path, or `postgres://USER@HOST/NAME`.
    pub database: Option<String>,
    /// Another place for sealed files: a folder.
    pub blobs: Option<String>,
    /// Where to listen.
    pub listen: Option<SocketAddr>,
    /// Address that students reach the server by.
    pub public_url: Option<String>,
}

impl Config {
    /// Reads a file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let size = std::fs::metadata(path).with_context(|| format!("{shown} cannot be read"))?.len();
        anyhow::ensure!(size <= MAX_BYTES, "{shown} is too large to be a configuration");
        let text = std::fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))?;
        let config =
            toml::from_str::<Self>(&text).with_context(|| format!("{shown} is not as it should be"))?;
        config.checked().with_context(|| format!("{shown} is not as it should be"))
    }

    /// This one, with everything that `over` says instead.
    pub fn under(self, over: Self) -> Self {
        Self {
            data: over.data.or(self.data),
            database: over.database.or(self.database),
            blobs: over.blobs.or(self.blobs),
            listen: over.listen.or(self.listen),
            public_url: over.public_url.or(self.public_url),
        }
    }

    /// The same, if every value can be what it is meant to be.
    pub fn checked(self) -> anyhow::Result<Self> {
        if let Some(url) = &self.public_url {
            let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            anyhow::ensure!(
                host.is_some_and(|host| !host.is_empty() && !host.contains([' ', '?', '#'])),
                "public_url is an address such as https://photo.example.edu.cn, not {url:?}"
            );
        }
        for (name, value) in [("database", &self.database), ("blobs", &self.blobs)] {
            anyhow::ensure!(value.as_deref() != Some(""), "{name} is empty: leave it out instead");
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<Config> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("gradshot.toml");
        std::fs::write(&path, text)?;
        Config::read(&path)
    }

    #[test]
    fn a_file_says_what_it_may_and_a_slip_is_named() {
        let config =
            read("listen = \"0.0.0.0:80\"\npublic_url = \"https://photo.example.edu.cn\"\n").unwrap();
        assert_eq!(config.listen.unwrap().port(), 80);
        for (text, named) in [
            ("lisen = \"0.0.0.0:80\"", "lisen"),
            ("listen = \"everywhere\"", "listen"),
            ("public_url = \"photo.example.edu.cn\"", "public_url"),
            ("database = \"\"", "database"),
        ] {
            let said = format!("{:#}", read(text).unwrap_err());
            assert!(said.contains(named) && said.contains("gradshot.toml"), "{said}");
        }
    }

    #[test]
    fn the_command_line_is_over_the_file() {
        let file = Config { blobs: Some("a".into()), database: Some("b".into()), ..Config::default() };
        let line = Config { blobs: Some("c".into()), ..Config::default() };
        let both = file.under(line);
        assert_eq!((both.blobs.as_deref(), both.database.as_deref()), (Some("c"), Some("b")));
    }
}
