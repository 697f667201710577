//! What is typed on the screens of a schedule: a time, or the day on which it goes on.

use unicode_normalization::UnicodeNormalization;

use crate::chat::Text;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{Route, ScheduleAct};
use crate::app::screens::schedule as screen;
use crate::app::show as screens;

use super::pause;
use super::set::{At, is_ever_open, reach, time};

/// Times that are offered where the shop is open then, in minutes since midnight.
const TIMES: [u32; 8] = [480, 540, 600, 660, 720, 840, 960, 1020];

/// Words that stand where other languages write a colon: hour, o'clock, minute.
const MARKS: [char; 4] = ['\u{65F6}', '\u{70B9}', '\u{5206}', '.'];

/// Asks by when it is ordered.
pub(super) fn ask_time(cx: &mut Cx<'_>, at: &At) -> Result<(), TurnError> {
    let offers = TIMES
        .into_iter()
        .filter(|minute| is_ever_open(cx, at, *minute));
    let offers: Vec<u32> = offers.collect();
    let view = screen::times(cx.card(), &at.schedule, &offers);
    let view = screens::noted(cx, view);
    cx.show(&Route::Schedule(ScheduleAct::Times(at.saved.id)), view);
    Ok(())
}

/// Words typed on a screen; `false` if it asks for none.
pub async fn words(cx: &mut Cx<'_>, at: ScheduleAct, words: &str) -> Result<bool, TurnError> {
    let (ScheduleAct::Times(id) | ScheduleAct::PauseAsk(id)) = at else {
        return Ok(false);
    };
    let Some(found) = reach(cx, id).await? else {
        return Ok(true);
    };
    match (at, read(words)) {
        (ScheduleAct::PauseAsk(_), _) => pause::typed(cx, found, words).await?,
        (_, Some(minute)) => time(cx, found, minute).await?,
        (_, None) => {
            cx.notices.push(Text::new("schedule-time-unclear"));
            ask_time(cx, &found)?;
        }
    }
    Ok(true)
}

/// Minutes since midnight of `9:30`, `09.30`, or written with Chinese marks; below 24 hours.
fn read(words: &str) -> Option<u32> {
    let plain: String = words.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace(MARKS, ":");
    let plain = plain.trim_end_matches(':');
    let (hour, minute) = plain.split_once(':').unwrap_or((plain, "00"));
    let number = |text: &str| {
        let is_short = (1..=2).contains(&text.len());
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| is_short && is_number)
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_time_is_written_in_many_ways() {
        for (words, minute) in [
            ("10:30", Some(630)),
            ("9:05", Some(545)),
            (" 09.30 ", Some(570)),
            ("10", Some(600)),
            ("0:00", Some(0)),
            ("23:59", Some(1439)),
            ("\u{FF11}\u{FF10}\u{FF1A}\u{FF13}\u{FF10}", Some(630)),
            ("10\u{70B9}30\u{5206}", Some(630)),
            ("10\u{70B9}", Some(600)),
            ("24:00", None),
            ("10:60", None),
            ("10:3x", None),
            ("half past ten", None),
            ("100", None),
            (":", None),
            ("-1:00", None),
        ] {
            assert_eq!(read(words), minute, "{words}");
        }
    }
}
