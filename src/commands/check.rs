//! `ks-order check DIR`: every fault of a shop's folder, before the bot starts.

use std::path::PathBuf;

use super::{Ended, Exit, Trouble};
use crate::shop::{Shop, Source};

/// Proves a shop's folder and prints every fault.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: ks-order check my-shop")]
pub struct Args {
    /// The shop's folder.
    dir: PathBuf,
}

/// Reads the folder; faults go to the standard output, one a line, sorted by place.
pub fn run(args: &Args) -> Ended {
    let source = Source::Folder(args.dir.clone());
    if !source.exists() {
        let cause = format!("there is no folder {}", args.dir.display());
        return Err(Trouble::new(
            cause,
            "make one with `ks-order init restaurant DIR`",
        ));
    }
    match Shop::load(&source) {
        Ok(shop) => {
            println!(
                "{}: sound. {} items, {} flows, {} languages.",
                args.dir.display(),
                shop.catalogue.items().len(),
                shop.flows.len(),
                shop.locales.len()
            );
            Ok(Exit::Done)
        }
        Err(faults) => {
            println!("{faults}");
            let count = faults.0.len();
            eprintln!(
                "{}: {count} {}.",
                args.dir.display(),
                if count == 1 { "fault" } else { "faults" }
            );
            Ok(Exit::FoundWrong)
        }
    }
}
