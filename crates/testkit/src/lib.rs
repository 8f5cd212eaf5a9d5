//! A clock that stands still, seeded randomness and builders; for tests only.
