//! `ks-order check DIR`: every fault of a shop's folder, before the bot starts; of a sound one its
//! flows as drawings, or the names that its conditions may use.

mod diagram;
mod facts;

use std::path::PathBuf;

use super::{Ended, Exit, Trouble};
use crate::kernel::Locale;
use crate::shop::{Shop, Source};

/// Proves a shop's folder and prints every fault.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ks-order check my-shop
  ks-order check my-shop --diagram > flows.md
  ks-order check my-shop --diagram --locale zh-CN
  ks-order check my-shop --facts")]
pub struct Args {
    /// The shop's folder.
    dir: PathBuf,
    /// Draw each flow as a Mermaid flowchart, in Markdown.
    #[arg(long, conflicts_with = "facts")]
    diagram: bool,
    /// List every name that a condition may use, with type, unit and meaning.
    #[arg(long)]
    facts: bool,
    /// The language of titles; without it the shop's first.
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
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
        Ok(shop) if args.diagram || args.facts => {
            let locale = locale(&shop, args.locale.as_deref())?;
            if args.diagram {
                print!("{}", diagram::all(&shop, &locale));
            } else {
                print!("{}", facts::all(&shop, &locale));
            }
            Ok(Exit::Done)
        }
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

/// The language that was asked for.
fn locale(shop: &Shop, asked: Option<&str>) -> Result<Locale, Trouble> {
    let known = || shop.locales.iter();
    let found = match asked {
        None => known().next(),
        Some(tag) => known().find(|locale| locale.as_str() == tag),
    };
    found.cloned().ok_or_else(|| {
        let all: Vec<&str> = known().map(Locale::as_str).collect();
        Trouble::new(
            format!("the shop does not speak {}", asked.unwrap_or_default()),
            format!("it speaks: {}", all.join(", ")),
        )
    })
}

#[cfg(test)]
mod tests;
