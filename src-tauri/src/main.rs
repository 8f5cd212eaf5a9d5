//! The desk and board windows.

fn main() {}
