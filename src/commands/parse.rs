//! `ks-order parse (DIR | --menu FILE)`: messages on the standard input, a line each, become order
//! lines on the standard output, a JSON object each, in the same order.
//!
//! What it reads may be anything: bytes that are no UTF-8 are read as far as they go, a message
//! that is too long up to its limit. It stops only where it can't read or write any more. Must
//! never need a database, a key or a network.

mod input;
mod menu_file;
mod output;
mod stats;

use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{Ended, Exit, Trouble};
use crate::shop::{Shop, Source, language};
use crate::understand::Index;

use input::Messages;

/// Bytes of the standard output that wait to be written.
const OUTPUT: usize = 1 << 16;

/// Reads orders in people's own words and prints what they come to.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  echo 'two kung pao chicken, one mild' | ks-order parse my-shop
  ks-order parse --menu menu.json < messages.txt > orders.jsonl
  ks-order parse my-shop --explain < messages.txt   where each word went, how sure it is, what else it may be
  ks-order parse my-shop --stats messages.txt       what is not understood most often

Prints one JSON object for each message, in their order: {\"text\":…,\"lines\":[…]}.
The format of FILE is order-bench-menu/1.")]
pub struct Args {
    /// The shop's folder.
    #[arg(required_unless_present = "menu", conflicts_with = "menu")]
    dir: Option<PathBuf>,
    /// A menu file instead of a shop's folder.
    #[arg(long, value_name = "FILE")]
    menu: Option<PathBuf>,
    /// Add to each object where its words stood, how sure it is, what else was meant perhaps.
    #[arg(long)]
    explain: bool,
    /// Report what is not understood most often in a file of past messages, one a line.
    #[arg(long, value_name = "FILE", conflicts_with = "explain")]
    stats: Option<PathBuf>,
}

/// Reads the menu once, then message after message.
pub fn run(args: &Args) -> Ended {
    let index = match (&args.menu, &args.dir) {
        (Some(file), _) => {
            let menu = menu_file::read(file)?;
            language::index(menu, Vec::new())
        }
        (None, Some(dir)) => return shop(args, dir),
        (None, None) => {
            return Err(Trouble::new(
                "there is no menu",
                "name a shop's folder, or a file with --menu",
            ));
        }
    };
    serve(args, &index)
}

fn shop(args: &Args, dir: &Path) -> Ended {
    let source = Source::Folder(dir.to_owned());
    if !source.exists() {
        let cause = format!("there is no folder {}", dir.display());
        return Err(Trouble::new(
            cause,
            "make one with `ks-order init restaurant DIR`",
        ));
    }
    match Shop::load(&source) {
        Ok(shop) => serve(args, &shop.understanding),
        Err(faults) => Err(Trouble::new(
            format!("{} has {} faults", dir.display(), faults.0.len()),
            format!("see them with `ks-order check {}`", dir.display()),
        )),
    }
}

fn serve(args: &Args, index: &Index) -> Ended {
    let out = std::io::stdout();
    let mut out = BufWriter::with_capacity(OUTPUT, out.lock());
    if let Some(file) = &args.stats {
        let read = std::fs::File::open(file).map_err(|error| {
            let cause = format!("{} can't be read: {error}", file.display());
            Trouble::new(cause, "give a file of messages, one a line")
        })?;
        let report = stats::report(index, Messages::new(BufReader::new(read))).map_err(unread)?;
        return written(out.write_all(report.as_bytes()).and_then(|()| out.flush()));
    }
    let input = std::io::stdin();
    let mut messages = Messages::new(input.lock());
    loop {
        // Who waits for the answers of what they wrote gets them before more is read.
        if messages.may_wait() && out.flush().is_err() {
            return Ok(Exit::Done);
        }
        let Some(message) = messages.next().map_err(unread)? else {
            return written(out.flush());
        };
        let understood = index.understand(&message.text);
        let done = output::line(&mut out, index, &message, &understood, args.explain);
        if done.is_err() {
            return written(done);
        }
    }
}

/// Who reads the output may have had enough.
fn written(done: std::io::Result<()>) -> Ended {
    match done {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Trouble::new(
            format!("the output can't be written: {error}"),
            "see where it goes",
        )),
        _ => Ok(Exit::Done),
    }
}

fn unread(error: std::io::Error) -> Trouble {
    Trouble::new(
        format!("the messages can't be read: {error}"),
        "see where they come from",
    )
}
