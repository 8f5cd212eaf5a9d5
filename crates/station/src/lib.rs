//! The session machine at the desk, its outbox, its sender and the pipeline from shutter to seal.
