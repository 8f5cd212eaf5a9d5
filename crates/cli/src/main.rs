//! The `gradshot` command.

fn main() {}
