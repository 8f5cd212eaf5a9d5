//! How much one caller may ask: a bucket for each session or station, and one for each address, that fills by the clock.
//!
//! A whole campus may come from one address, so an address may ask much more than a person. Addresses of this machine are
//! not counted: there stands a proxy, or the studio's own PC.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;

use crate::caller;
use crate::house::House;
use crate::limits;
use crate::problem::Code;
use crate::token;

/// How fast a bucket fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RateRule {
    /// Requests at once.
    pub(crate) burst: u32,
    /// Requests a second, for ever.
    pub(crate) per_second: u32,
}

/// Who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    /// Half of a token's hash: enough to tell tokens apart.
    Token([u8; 16]),
    Address(IpAddr),
}

/// The buckets that are not full.
#[derive(Default)]
pub(crate) struct Rates {
    buckets: Mutex<HashMap<Counted, Bucket>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Bucket {
    left: f64,
    at: Timestamp,
    rule: RateRule,
}

/// Lets a request through, or says when to come again.
pub(crate) async fn limited(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let token = caller::token(request.headers()).map(|token| {
        let hash = token::hash(token);
        (Counted::Token(std::array::from_fn(|place| hash[place])), limits::REQUESTS_OF_A_CALLER)
    });
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = address
        .filter(|address| !address.is_loopback())
        .map(|address| (Counted::Address(address), limits::REQUESTS_OF_AN_ADDRESS));
    for (counted, rule) in token.into_iter().chain(address) {
        if let Err(pause) = house.rates.spend(counted, rule, house.now()) {
            let seconds = pause.as_secs().max(1).to_string();
            return ([(header::RETRY_AFTER, seconds)], Code::TooManyRequests).into_response();
        }
    }
    next.run(request).await
}

impl Rates {
    /// Takes one from the bucket; an empty one says how long to wait.
    fn spend(&self, counted: Counted, rule: RateRule, at: Timestamp) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= limits::RATE_BUCKETS && !buckets.contains_key(&counted) {
            make_room(&mut buckets, at);
        }
        let bucket = buckets.entry(counted).or_insert_with(|| Bucket::full(rule, at));
        bucket.spend(at)
    }
}

impl Bucket {
    fn full(rule: RateRule, at: Timestamp) -> Self {
        Self { left: f64::from(rule.burst), at, rule }
    }

    fn left_at(&self, at: Timestamp) -> f64 {
        let seconds = at.duration_since(self.at).as_secs_f64().max(0.0);
        (self.left + seconds * f64::from(self.rule.per_second)).min(f64::from(self.rule.burst))
    }

    fn spend(&mut self, at: Timestamp) -> Result<(), Duration> {
        self.left = self.left_at(at);
        self.at = at;
        if self.left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - self.left) / f64::from(self.rule.per_second)));
        }
        self.left -= 1.0;
        Ok(())
    }
}

/// Forgets the buckets that are full again, and everything when none is: memory is limited, whoever asks.
fn make_room(buckets: &mut HashMap<Counted, Bucket>, at: Timestamp) {
    buckets.retain(|_, bucket| bucket.left_at(at) < f64::from(bucket.rule.burst));
    if buckets.len() >= limits::RATE_BUCKETS {
        tracing::warn!("too many callers to count: all are forgiven");
        buckets.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: RateRule = RateRule { burst: 3, per_second: 2 };

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_779_000_000_000 + millis).unwrap()
    }

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let rates = Rates::default();
        let one = Counted::Token([1; 16]);
        let spend = |millis| rates.spend(one, RULE, at(millis)).map_err(|pause| pause.as_millis());
        assert_eq!([spend(0), spend(0), spend(0), spend(0)], [Ok(()), Ok(()), Ok(()), Err(500)]);
        assert_eq!([spend(500), spend(500)], [Ok(()), Err(500)]);
        assert_eq!(rates.spend(Counted::Token([2; 16]), RULE, at(500)), Ok(()), "others are not held up");
        assert_eq!(
            [spend(60_000), spend(60_000), spend(60_000), spend(60_000)].map(|spent| spent.is_ok()),
            [true, true, true, false]
        );
    }

    #[test]
    fn memory_is_limited() {
        let rates = Rates::default();
        for number in 0..=limits::RATE_BUCKETS as u128 + 10 {
            let _ = rates.spend(Counted::Token(number.to_be_bytes()), RULE, at(0));
        }
        assert!(rates.buckets.lock().unwrap().len() <= limits::RATE_BUCKETS);
    }
}
