//! Tests that need programs from outside.
fn main() {}
