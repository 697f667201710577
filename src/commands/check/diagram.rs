//! The flows of a shop as drawings, in the shop's own words.

use std::fmt::Write as _;

use fluent_bundle::FluentArgs;

use crate::dialogue::Flow;
use crate::dialogue::diagram::{Words, mermaid};
use crate::kernel::Locale;
use crate::shop::Shop;

/// Stands for what is known only in a conversation.
const LATER: &str = "…";

/// All flows, each under a heading, as Markdown: what shows Markdown shows the drawings.
pub(super) fn all(shop: &Shop, locale: &Locale) -> String {
    let mut out = String::new();
    for (n, flow) in shop.flows.iter().enumerate() {
        let words = words(shop, flow, locale);
        let gap = if n == 0 { "" } else { "\n" };
        // Writing to a String can't fail.
        let _ = write!(
            out,
            "{gap}## {} ({})\n\n```mermaid\n{}```\n",
            words.flow,
            flow.id,
            mermaid(flow, &words)
        );
    }
    out
}

fn words(shop: &Shop, flow: &Flow, locale: &Locale) -> Words {
    let of = |id: &str, name: &'static str, value: &str| {
        let mut args = FluentArgs::new();
        args.set(name, value.to_owned());
        shop.texts.shop_plain(locale, id, &args)
    };
    let plain = |id: &str| shop.texts.shop_plain(locale, id, &FluentArgs::new());
    let titles = flow
        .steps
        .iter()
        .filter(|step| shop.texts.has(&step.title))
        .map(|step| (step.id.clone(), plain(&step.title)));
    let steps: std::collections::BTreeMap<String, String> = titles.collect();
    let changes = steps
        .iter()
        .map(|(id, title)| (id.clone(), of("button-change", "title", title)))
        .collect();
    Words {
        flow: plain(&flow.title),
        steps,
        changes,
        back: plain("button-back"),
        skip: plain("button-skip"),
        cancel: plain("button-cancel"),
        home: plain("button-home"),
        place: of("button-place", "total", LATER),
        cancelled: plain("button-cancel-yes"),
    }
}
