//! Which messages a customer wants, and when they come silently: one screen, changed by taps.

use crate::chat::{Text, one_line};
use crate::domain::orders::pushes::{Quiet, QuietWish, Wishes};
use crate::store;

use super::cx::Cx;
use super::outcome::TurnError;
use super::route::{NotifyAct, Route};
use super::screens::notify;
use super::{show, staff};

/// Shows the screen as things stand.
pub async fn show(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let wishes = staff::wishes_of(cx, cx.customer()).await?;
    let view = notify::choices(cx.card(), &cx.shop.settings.pushes, wishes);
    let view = show::noted(cx, view);
    cx.show(&Route::Notify(NotifyAct::Show), view);
    Ok(())
}

/// A tap on it.
pub async fn act(cx: &mut Cx<'_>, act: NotifyAct) -> Result<(), TurnError> {
    let mut wishes = staff::wishes_of(cx, cx.customer()).await?;
    match act {
        NotifyAct::Show => {}
        NotifyAct::QuietAsk => {
            ask(cx);
            return Ok(());
        }
        NotifyAct::Want(wanted) => wishes.wanted = wanted,
        NotifyAct::QuietShop => wishes.quiet = QuietWish::Shop,
        NotifyAct::QuietOff => wishes.quiet = QuietWish::Off,
        NotifyAct::Back => wishes.back = !wishes.back,
    }
    keep(cx, wishes).await?;
    show(cx).await
}

/// Words where quiet hours are asked for: the hours, or what is wrong with them.
pub async fn hours(cx: &mut Cx<'_>, text: &str) -> Result<(), TurnError> {
    let Some(quiet) = Quiet::parse(&plain(&one_line(text))) else {
        cx.notices.push(Text::new("notify-no-hours"));
        ask(cx);
        return Ok(());
    };
    let mut wishes = staff::wishes_of(cx, cx.customer()).await?;
    wishes.quiet = QuietWish::Own(quiet);
    keep(cx, wishes).await?;
    show(cx).await
}

fn ask(cx: &mut Cx<'_>) {
    let view = show::noted(cx, notify::ask_hours(cx.card()));
    cx.show(&Route::Notify(NotifyAct::QuietAsk), view);
}

async fn keep(cx: &mut Cx<'_>, wishes: Wishes) -> Result<(), TurnError> {
    let who = cx.customer();
    if staff::wishes_of(cx, who).await? == wishes {
        return Ok(());
    }
    cx.look_again();
    store::customers::set_pushes(cx.tx, who, wishes).await?;
    cx.toast(Text::new("notify-kept"));
    Ok(())
}

/// Hours as people type them: with the wide marks and digits of a Chinese keyboard, with a long
/// dash, with the words for "until".
fn plain(text: &str) -> String {
    let same = |c: char| match c {
        '\u{ff1a}' => ':',
        '\u{2013}' | '\u{2014}' | '\u{ff0d}' | '~' | '\u{ff5e}' | '\u{81f3}' | '\u{5230}' => '-',
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xff10 + 0x30).unwrap_or(c),
        other => other,
    };
    text.chars().map(same).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_type_them() {
        for text in [
            "22:00-07:30",
            "22:00 – 7:30",
            "２２：００－０７：３０",
            "22:00～7:30",
            "22:00至7:30",
        ] {
            let quiet = Quiet::parse(&plain(text)).map(|quiet| quiet.to_string());
            assert_eq!(quiet.as_deref(), Some("22:00-07:30"), "{text}");
        }
    }
}
