//! Parses arguments and runs one command; nothing else.

fn main() {}
