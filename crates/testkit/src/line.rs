//! A cable between a station and its server that a test can pull.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A line to a server that carries so many bytes towards it and then breaks, together with every answer.
#[derive(Debug)]
pub struct Line {
    /// Its near end, to which the station connects.
    pub url: String,
    left: Arc<AtomicUsize>,
    carried: Arc<AtomicUsize>,
}

impl Line {
    /// A whole line to what listens there.
    pub async fn to(behind: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let left = Arc::new(AtomicUsize::new(usize::MAX));
        let carried = Arc::new(AtomicUsize::new(0));
        let counters = (Arc::clone(&left), Arc::clone(&carried));
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                // Nobody behind it: the near end closes, as it would at the server.
                if let Ok(far) = TcpStream::connect(behind).await {
                    tokio::spawn(carry(near, far, counters.clone()));
                }
            }
        });
        Self { url, left, carried }
    }

    /// How many more bytes it carries towards the server.
    pub fn breaks_after(&self, bytes: usize) {
        self.left.store(bytes, Ordering::SeqCst);
    }

    /// Whole again.
    pub fn mend(&self) {
        self.breaks_after(usize::MAX);
    }

    /// Bytes that went towards the server since the last time.
    pub fn carried(&self) -> usize {
        self.carried.swap(0, Ordering::SeqCst)
    }
}

async fn carry(near: TcpStream, far: TcpStream, (left, carried): (Arc<AtomicUsize>, Arc<AtomicUsize>)) {
    let (mut from_near, mut to_near) = near.into_split();
    let (mut from_far, mut to_far) = far.into_split();
    let up = async {
        let mut buffer = vec![0; 8 * 1024];
        while let Ok(count @ 1..) = from_near.read(&mut buffer).await {
            let may = left.load(Ordering::SeqCst);
            if may < count {
                left.store(0, Ordering::SeqCst);
                break;
            }
            left.store(may - count, Ordering::SeqCst);
            carried.fetch_add(count, Ordering::SeqCst);
            if to_far.write_all(&buffer[..count]).await.is_err() {
                break;
            }
        }
    };
    let down = tokio::io::copy(&mut from_far, &mut to_near);
    tokio::select! {
        () = up => {}
        _ = down => {}
    }
}
