//! A list that is sent as a file: refused by what its message says of it, else fetched and read
//! outside of any turn; what was read is heard in a turn of its own.

use crate::chat::{Encoding, FileFault, Post, Read, SentFile, Text, View};
use crate::domain::quick::{Columns, List};

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::press;
use crate::app::route::{QuickAct, Route};
use crate::app::screens::basics::clipped;
use crate::app::screens::quick as screen;
use crate::app::sheet::FileKind;
use crate::app::show;

use super::quick_order::{quick_words, take};

/// The most bytes of a list: two hundred lines are some ten thousand, and ten thousand rows are
/// still read to say how many were left. Telegram itself gives bots files of up to 20 MB.
pub const MOST_BYTES: usize = 1 << 20;

/// Somebody sent a file.
pub async fn sent(cx: &mut Cx<'_>, file: SentFile) -> Result<(), TurnError> {
    if FileKind::of(&file.name).is_none() {
        return refused(cx, &file.name, FileFault::OtherKind).await;
    }
    match file.size {
        Some(0) => return refused(cx, &file.name, FileFault::Empty).await,
        Some(size) if usize::try_from(size).unwrap_or(usize::MAX) > MOST_BYTES => {
            return refused(cx, &file.name, FileFault::TooBig).await;
        }
        Some(_) | None => {}
    }
    let view = View::say(Text::new("quick-reading").with("name", clipped(&file.name)));
    cx.fresh = true;
    cx.show(&Route::Quick(QuickAct::Wait), view);
    let post = Post::Fetch {
        chat: cx.chat,
        file,
        most: MOST_BYTES,
    };
    cx.post(cx.session.locale.clone(), post);
    Ok(())
}

/// A file is no answer to what is asked: said, and asked again.
pub async fn at_question(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    press::resume(cx, Some(Text::new("quick-file-at-question"))).await
}

/// A file is here, or will never be.
pub async fn fetched(
    cx: &mut Cx<'_>,
    name: &str,
    read: Result<Read, FileFault>,
) -> Result<(), TurnError> {
    // In the place of the notice that it is being read, unless the person went on meanwhile.
    let waits = Route::from_path(&cx.session.screen) == Some(Route::Quick(QuickAct::Wait));
    cx.fresh = !waits;
    match read {
        Ok(read) => {
            let list = list(cx, name, read);
            take(cx, &list).await
        }
        Err(fault) => refused(cx, name, fault).await,
    }
}

fn list(cx: &mut Cx<'_>, name: &str, read: Read) -> List {
    let shop = cx.shop.clone();
    let words = quick_words(&shop);
    let (list, encoding) = match read {
        Read::Table {
            columns: [code, name, quantity],
            rows,
            more,
            encoding,
        } => {
            let columns = Columns {
                code,
                name,
                quantity,
            };
            let list = List::of_rows(&rows, (columns, more), &words, &shop.catalogue);
            (list, encoding)
        }
        Read::Lines {
            text,
            more,
            encoding,
        } => {
            let mut list = List::of_text(&text, &words, &shop.catalogue);
            list.more += more;
            (list, Some(encoding))
        }
    };
    let id = match encoding {
        Some(Encoding::Utf8) => "quick-file-utf8",
        Some(Encoding::Utf16) => "quick-file-utf16",
        Some(Encoding::Gb18030) => "quick-file-gb",
        None => "quick-file-workbook",
    };
    cx.notices.push(Text::new(id).with("name", clipped(name)));
    list
}

/// Says what is wrong with a file, and shows how a list is written; a list that waits stays.
async fn refused(cx: &mut Cx<'_>, name: &str, fault: FileFault) -> Result<(), TurnError> {
    let id = match fault {
        FileFault::Gone => "quick-file-gone",
        FileFault::Unreachable => "quick-file-unreachable",
        FileFault::TooBig => "quick-file-too-big",
        FileFault::OtherKind => "quick-file-other-kind",
        FileFault::Empty => "quick-file-empty",
        FileFault::Headings => "quick-file-headings",
        FileFault::Broken => "quick-file-broken",
        FileFault::Bomb => "quick-file-bomb",
    };
    let words = Text::new(id).with("name", clipped(name)).with("max", 1);
    let view = screen::refused(cx.card(), words, cx.session.list.is_some());
    let view = show::noted(cx, view);
    cx.show(&Route::Quick(QuickAct::Start), view);
    Ok(())
}
