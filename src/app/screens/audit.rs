//! The record of what was done, in the reader's words.

use crate::app::audit::{self, Did};
use crate::app::operations::claim_link::role_text;
use crate::app::operations::give_role::Given;
use crate::app::operations::set_up_group::PURPOSES;
use crate::app::route::{AuditAct, Route};
use crate::app::taking;
use crate::chat::{Arg, Text, View};
use crate::domain::companies;
use crate::domain::credit::Kind;
use crate::domain::pauses::Scope;
use crate::kernel::Money;
use crate::kernel::{AccountId, CustomerId, ItemId, OrderId, TableId, Timestamp};
use crate::shop::Shop;
use crate::store::audit::{ERASED, Kept, entries_of};
use crate::store::erasure::sweep::NO_NAME;

use super::company_people;
use super::credit::what;
use super::kitchen::action_text;
use super::order::reason_text;
use super::{Card, basics, credit_plan, stock, tables};

/// Entries on one page.
pub const PAGE: usize = 12;
/// Characters of typed words.
const WORDS_SHOWN: usize = 60;

/// What the entries of a page speak of.
pub struct Known<'a> {
    /// The shop, for names of what it sells and has.
    pub shop: &'a Shop,
    /// Numbers of orders.
    pub numbers: &'a [(OrderId, i64)],
    /// Names of people.
    pub names: &'a [(CustomerId, String)],
}

/// A page; `more`: another one follows.
pub fn page(
    card: Card,
    title: Text,
    known: &Known<'_>,
    kept: &[Kept],
    turn: (&AuditAct, bool),
) -> View {
    let (act, more) = turn;
    let title = match act.page() {
        0 => title,
        n => Text::new("look-page")
            .with("title", title)
            .with("page", n as i64 + 1),
    };
    let mut view = View::say(title);
    if kept.is_empty() {
        view = view.and(Text::new("audit-none"));
    }
    for one in kept {
        view = view.and(known.line(one));
    }
    let mut row = Vec::new();
    let to = |page| Route::Audit(act.at(page));
    if act.page() > 0 {
        row.push(card.plain("button-page-previous", &to(act.page() - 1)));
    }
    if more {
        row.push(card.plain("button-page-next", &to(act.page() + 1)));
    }
    view.row(row).row(basics::home_row(card))
}

/// Several people have such a name: whose deeds?
pub fn which(card: Card, people: &[(CustomerId, String)]) -> View {
    let mut view = View::say(Text::new("audit-which"));
    for (id, name) in people.iter().take(PAGE) {
        let label = Text::new("value-text").with("value", clipped(name));
        view = view.row(vec![
            card.button(label, &Route::Audit(AuditAct::Person(*id, 0))),
        ]);
    }
    view.row(basics::home_row(card))
}

fn clipped(words: &str) -> String {
    words.chars().take(basics::NAME_SHOWN).collect()
}

impl Known<'_> {
    /// "12:03 Chen · order #12: rejected · busy".
    fn line(&self, kept: &Kept) -> Text {
        let entry = &kept.entry;
        let who = match entry.actor {
            Some(who) => self.name(who),
            None if entry.act == ERASED => Text::new("audit-erasure"),
            None => Text::new("audit-console"),
        };
        let line = Text::new("audit-line")
            .with("time", entry.at)
            .with("who", who)
            .with("deed", self.deed(kept));
        match self.why(kept) {
            Some(why) => Text::new("look-and").with("line", line).with("part", why),
            None => line,
        }
    }

    fn name(&self, who: CustomerId) -> Text {
        if who.is_erased() {
            return words(NO_NAME);
        }
        let known = self.names.iter().find(|(id, _)| *id == who);
        let name = known.map(|(_, name)| clipped(name)).unwrap_or_default();
        words(
            &Some(name)
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| who.to_string()),
        )
    }

    fn deed(&self, kept: &Kept) -> Text {
        let entry = &kept.entry;
        let (before, after) = (&entry.personal.before, &entry.personal.after);
        let Some(did) = Did::parse(&entry.act) else {
            return words(&entry.act); // of a newer version
        };
        let about = |id| Text::new(id).with("subject", self.subject(&entry.subject));
        match did {
            Did::Moved(event) => about("audit-order").with("action", Text::new(action_text(event))),
            Did::Agreed => about("audit-agreed"),
            Did::Asked => about("audit-asked"),
            Did::Away => match after.split(' ').next().and_then(|until| until.parse().ok()) {
                Some(until) => Text::new("audit-away").with("time", Timestamp(until)),
                None => words(after),
            },
            Did::PlacedByHand => about("audit-placed-by-hand"),
            Did::ChangedByHand => about("audit-changed-by-hand")
                .with("before", self.total(before))
                .with("after", self.total(after)),
            Did::Proposed => about("audit-proposed")
                .with("before", self.total(before))
                .with("after", self.total(after)),
            Did::CompanyMade => about("audit-company-made"),
            Did::CompanyStopped => about("audit-company-stopped"),
            Did::CompanyStarted => about("audit-company-started"),
            Did::CompanyMember => about("audit-company-member")
                .with("before", self.place(before))
                .with("after", self.place(after)),
            Did::CompanyRefused => about("audit-company-refused"),
            Did::CompanyAddress => about("audit-company-address")
                .with("before", or_nothing(before))
                .with("after", or_nothing(after)),
            Did::CompanyField => about("audit-company-field")
                .with("before", or_nothing(before))
                .with("after", or_nothing(after)),
            Did::CompanyRule => about("audit-company-rule")
                .with("before", self.rule(before))
                .with("after", self.rule(after)),
            Did::CompanyLink => about("audit-company-link").with("role", self.place(after)),
            Did::CompanyLinkBack => about("audit-company-link-back"),
            Did::MemberBudget => about("audit-budget")
                .with("before", self.budget(before))
                .with("after", self.budget(after)),
            Did::CreditChanged => self.credit(about("audit-credit"), before, after),
            Did::CreditProposed => self.credit(about("audit-credit-proposed"), before, after),
            Did::CreditRejected => self.credit(about("audit-credit-rejected"), before, after),
            Did::CreditWithdrawn => self.credit(about("audit-credit-withdrawn"), before, after),
            Did::Grouped => about("audit-grouped").with("group", self.group(after)),
            Did::Ungrouped => about("audit-ungrouped").with("group", self.group(after)),
            Did::Back => Text::new("audit-back"),
            Did::GaveRole => about("audit-give").with("role", self.role(after)),
            Did::TookRole => about("audit-take").with("role", self.role(before)),
            Did::SetLimit => about("audit-limit")
                .with("before", self.role(before))
                .with("after", self.role(after)),
            Did::Invited => Text::new("audit-invite").with("role", self.role(after)),
            Did::TookInviteBack => Text::new("audit-invite-back"),
            Did::Joined => Text::new("audit-joined").with("role", self.role(after)),
            Did::Owns => Text::new("audit-owns"),
            Did::ChangedStock => about("audit-stock")
                .with("before", self.amount(&entry.subject, before))
                .with("after", self.amount(&entry.subject, after)),
            Did::SoldOut => match after.parse() {
                Ok(until) => about("audit-off-until").with("time", Timestamp(until)),
                Err(_) => about("audit-off"),
            },
            Did::PutBack => about("audit-on"),
            Did::AliasAccepted => about("audit-alias").with("phrase", after.as_str()),
            Did::AliasDeclined => about("audit-alias-declined").with("phrase", after.as_str()),
            Did::AliasRemoved => about("audit-alias-removed").with("phrase", before.as_str()),
            Did::Paused if before == after => about("audit-pause-words"),
            Did::Paused => match after.parse() {
                Ok(until) => about("audit-pause-until").with("time", Timestamp(until)),
                Err(_) => about("audit-pause-open"),
            },
            Did::Resumed => about("audit-pause-end"),
            Did::SetGroup => match PURPOSES.iter().find(|(name, _)| name == after) {
                Some((_, label)) => Text::new("audit-group").with("purpose", Text::new(label)),
                None => Text::new("audit-group-none"),
            },
            Did::RenewedTable => about("audit-table"),
            Did::Reloaded => Text::new("audit-reload"),
            Did::Refused => about("audit-refused"),
            Did::Erased => {
                let count = entries_of(&entry.subject).count();
                Text::new("audit-erased").with("count", count as i64)
            }
        }
    }

    /// What a group of customers is called; its id, if the shop no longer has it.
    fn group(&self, id: &str) -> Text {
        let is_known = self.shop.settings.groups.iter().any(|known| known == id);
        let name = Arg::Shop(format!("group-{id}"));
        if is_known {
            Text::new("value-text").with("value", name)
        } else {
            words(id)
        }
    }

    /// What somebody is in a company, as it was kept.
    fn place(&self, code: &str) -> Text {
        let (role, limit) = code.split_once(' ').unwrap_or((code, ""));
        let Some(role) = companies::Role::parse(role) else {
            return or_nothing(code);
        };
        match limit {
            "" => company_people::role(role),
            limit => Text::new("look-and")
                .with("line", company_people::role(role))
                .with("part", self.total(limit)),
        }
    }

    /// A change of an account, as it was kept: what kind, before and after, who else had a hand in it.
    fn credit(&self, text: Text, before: &str, after: &str) -> Text {
        let (how, after) = after.split_once(' ').unwrap_or((after, ""));
        let (code, after) = after.split_once(' ').unwrap_or((after, ""));
        let before = before.split_once(' ').map_or("", |(_, before)| before);
        let Some(kind) = Kind::parse(code) else {
            return text.with("change", words(code)); // erased, or of a newer version
        };
        let change = Text::new("audit-credit-change")
            .with("what", what(kind))
            .with("before", credit_plan::worth(kind, before))
            .with("after", credit_plan::worth(kind, after));
        let with = match how {
            "" => None,
            audit::ALONE => Some(Text::new("audit-credit-alone")),
            who => who
                .parse()
                .ok()
                .map(|who| Text::new("audit-credit-with").with("who", self.name(CustomerId(who)))),
        };
        text.with(
            "change",
            match with {
                None => change,
                Some(with) => Text::new("look-and")
                    .with("line", change)
                    .with("part", with),
            },
        )
    }

    /// What a member may order for, as it was kept.
    fn budget(&self, code: &str) -> Text {
        let (minor, period) = code.split_once(' ').unwrap_or((code, ""));
        match period {
            "" => or_nothing(code),
            period => Text::new("budget")
                .with("amount", self.total(minor))
                .with("period", period),
        }
    }

    /// A company's own rule, as it was kept.
    fn rule(&self, code: &str) -> Text {
        let (above, who) = code.split_once(' ').unwrap_or((code, ""));
        match companies::Role::parse(who) {
            Some(role) => Text::new("look-and")
                .with("line", self.total(above))
                .with("part", company_people::role(role)),
            None => or_nothing(code),
        }
    }

    /// A total as it was kept, in minor units.
    fn total(&self, minor: &str) -> Text {
        let Ok(minor) = minor.parse() else {
            return words(minor); // of a newer version
        };
        Text::new("value-text").with("value", Money::new(minor, self.shop.settings.currency))
    }

    fn role(&self, code: &str) -> Text {
        match Given::parse(code) {
            Some(given) if given.limit.is_none() => Text::new(role_text(given.role)),
            Some(given) => given.text(self.shop.settings.currency),
            None => words(code),
        }
    }

    fn amount(&self, subject: &str, number: &str) -> Text {
        let id = subject.strip_prefix("stock/").unwrap_or_default();
        let item = self.shop.catalogue.item(&ItemId::from(id));
        match (item, number.parse()) {
            (Some(item), Ok(number)) => stock::amount(item.unit, number),
            _ => words(number),
        }
    }

    /// What an entry is about; its code, if that is gone from the shop.
    fn subject(&self, code: &str) -> Text {
        let found = match code.split_once('/') {
            Some(("order", id)) => self.order(id),
            Some(("staff", id)) => id.parse().ok().map(|id| self.name(CustomerId(id))),
            Some(("company", id)) => Some(words(id)),
            Some(("account", code)) => match AccountId::parse(code) {
                Some(AccountId::Company(id)) => Some(words(id.as_str())),
                Some(AccountId::Person(who)) => Some(self.name(who)),
                None => None,
            },
            Some(("member", rest)) => rest.split_once('/').and_then(|(company, who)| {
                let who = self.name(CustomerId(who.parse().ok()?));
                Some(
                    Text::new("look-and")
                        .with("line", words(company))
                        .with("part", who),
                )
            }),
            Some(("stock" | "item", id)) => self.item(id),
            Some(("menu", rest)) => match rest.split_once('/') {
                Some((group, choice)) => self.choice(group, choice),
                None => self.item(rest),
            },
            Some(("pause", code)) => self.scope(&Scope::parse(code)),
            Some(("table", id)) => self.shop.table(&TableId::from(id)).map(tables::name),
            Some(_) | None => None,
        };
        found.unwrap_or_else(|| words(code))
    }

    fn order(&self, id: &str) -> Option<Text> {
        let id = OrderId(id.parse().ok()?);
        let (_, number) = self.numbers.iter().find(|(known, _)| *known == id)?;
        Some(Text::new("audit-order-number").with("number", Arg::Words(number.to_string())))
    }

    fn scope(&self, scope: &Scope) -> Option<Text> {
        let is_known = match scope {
            Scope::Shop => true,
            Scope::Flow(id) => self.shop.flow(id).is_some(),
        };
        is_known.then(|| taking::name(self.shop, scope))
    }

    fn item(&self, id: &str) -> Option<Text> {
        let item = self.shop.catalogue.item(&ItemId::from(id))?;
        Some(Text::new("value-text").with("value", &item.name))
    }

    fn choice(&self, group: &str, choice: &str) -> Option<Text> {
        let choice = self.shop.catalogue.choice(&group.into(), &choice.into())?;
        Some(Text::new("value-text").with("value", &choice.name))
    }

    /// The reason: one of the shop's list, or what somebody typed.
    fn why(&self, kept: &Kept) -> Option<Text> {
        let why = Some(kept.entry.personal.why.as_str()).filter(|why| !why.is_empty())?;
        let settings = &self.shop.settings;
        let lists = [
            &settings.kitchen.reasons,
            &settings.kitchen.refusals,
            &settings.delivery.failures,
        ];
        let is_of = |list: &Vec<String>| list.iter().any(|known| known == why);
        Some(if lists.into_iter().any(is_of) {
            reason_text(why)
        } else if is_of(&settings.stock_reasons) {
            stock::reason_text(why)
        } else {
            words(&why.chars().take(WORDS_SHOWN).collect::<String>())
        })
    }
}

/// What was kept, or that it was nothing.
fn or_nothing(kept: &str) -> Text {
    match kept {
        "" => Text::new("audit-nothing"),
        kept => words(kept),
    }
}

fn words(words: &str) -> Text {
    Text::new("value-text").with("value", words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::Source;
    use crate::store::audit::{Entry, Personal};

    fn kept(act: &str, actor: Option<i64>, subject: &str) -> Kept {
        Kept {
            id: 1,
            erased: true,
            hash: Vec::new(),
            entry: Entry {
                at: Timestamp(0),
                actor: actor.map(CustomerId),
                role: "none".into(),
                act: act.into(),
                subject: subject.into(),
                cause: 0,
                personal: Personal::default(),
            },
        }
    }

    #[test]
    fn what_was_erased_or_is_gone_is_shown_by_its_code() {
        let shop = Shop::load(&Source::Pack("restaurant".into())).unwrap();
        let known = Known {
            shop: &shop,
            numbers: &[],
            names: &[],
        };
        let console = known.line(&kept("invite.make", None, "invite"));
        assert_eq!(console.args[1].1, Text::new("audit-console").into());
        let newer = known.deed(&kept("drone.launch", Some(1), "drone/1"));
        assert_eq!(newer, words("drone.launch"));
        for subject in [
            "order/12",
            "stock/no-such",
            "table/99",
            "menu/a/b",
            "pause/gone",
            "odd",
        ] {
            assert_eq!(known.subject(subject), words(subject));
        }
        assert_eq!(known.subject("staff/7"), words("7"));
        assert_eq!(known.role(""), words(""));
        assert_eq!(known.amount("stock/egg-tarts", ""), words(""));
    }
}
