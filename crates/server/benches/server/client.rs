//! A small HTTP client for the load: one connection, one request at a time, nothing allocated that need not be.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// A connection that stays open.
pub struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(server: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), line: String::new(), body: Vec::new() })
    }

    /// Asks and waits for the whole answer; gives its status.
    pub async fn ask(&mut self, method: &str, path: &str, token: &str, body: &[u8]) -> io::Result<u16> {
        self.send(method, path, token, body).await?;
        let (status, length) = self.head().await?;
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).await?;
        Ok(status)
    }

    /// Begins to listen to a stream of events.
    pub async fn listen(&mut self, path: &str, token: &str) -> io::Result<()> {
        self.send("GET", path, token, &[]).await?;
        match self.head().await? {
            (200, _) => Ok(()),
            (status, _) => Err(io::Error::other(format!("{path} answered {status}"))),
        }
    }

    /// Waits for the data of the next event and gives it.
    pub async fn event(&mut self) -> io::Result<&str> {
        loop {
            self.next_line().await?;
            if self.line.starts_with("data:") {
                return Ok(&self.line);
            }
        }
    }

    async fn send(&mut self, method: &str, path: &str, token: &str, body: &[u8]) -> io::Result<()> {
        let kind = if body.first() == Some(&b'{') { "application/json" } else { "application/octet-stream" };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\
             content-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let stream = self.stream.get_mut();
        stream.write_all(&[head.as_bytes(), body].concat()).await
    }

    /// Reads the head of an answer: its status and how long its body is.
    async fn head(&mut self) -> io::Result<(u16, usize)> {
        self.next_line().await?;
        let status = self.line.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.ok_or_else(|| io::Error::other("no answer of HTTP"))?;
        let mut length = 0;
        loop {
            self.next_line().await?;
            if self.line.trim().is_empty() {
                return Ok((status, length));
            }
            if let Some((name, value)) = self.line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
    }

    async fn next_line(&mut self) -> io::Result<()> {
        self.line.clear();
        match self.stream.read_line(&mut self.line).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}
