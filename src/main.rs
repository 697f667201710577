//! Parses the arguments and runs one command; nothing else.

use std::process::ExitCode;

use clap::Parser;
use ks_order::commands::{Cli, run};

fn main() -> ExitCode {
    run(Cli::parse())
}
