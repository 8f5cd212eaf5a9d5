//! What a person does often here: run, test, setup, codegen, tidy, bench.

fn main() {}
