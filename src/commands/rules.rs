//! `ks-order rules try DIR --order FILE`: which rules of approval fire for an order, with the
//! values that they see; no database, no bot.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::NaiveDateTime;
use serde::Deserialize;

use super::service::load_shop;
use super::{Ended, Exit, Trouble};
use crate::app::charges::{self, Moment};
use crate::app::rules::{Orderer, Seen, Tried, decided, explained};
use crate::app::talk;
use crate::dialogue::facts::{BudgetFacts, CreditFacts};
use crate::dialogue::{Answer, Facts, Flow, Place};
use crate::domain::approvals::{Decision, Need, Quorum, Value};
use crate::domain::cart::{Cart, NewLine, Receipt, price};
use crate::domain::catalogue::SoldOut;
use crate::kernel::{CartId, CustomerId, Locale, Quantity, Timestamp};
use crate::shop::Shop;
use crate::shop::approval::ORDERS_AS;
use crate::store::answers::Known;

/// Says what the rules of approval do.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Try(Try),
}

/// Holds every rule of a shop against an order that a file describes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  ks-order rules try my-shop --order order.toml

The file:
  flow   = \"pickup\"                # the only key that must be there
  at     = \"2026-12-24 18:30\"      # on the shop's clock; now without it
  role   = \"customer\"              # or buyer, approver, admin, who order for a company
  groups = [\"regulars\"]            # of the shop's groups
  company = \"acme\"
  completed_orders = 3             # of this customer, before
  cancelled_orders = 0
  stock_left = 5                   # of the scarcest item after this order
  [[line]]
  item = \"tea\"
  quantity = 2                     # in base units: pieces, grams
  [answers]
  time = \"asap\"                    # text, a number, true or false, or a list, by step
  [account]                        # if it is on account; amounts in minor units
  limit = 500000
  used = 420000                    # without this order
  overdue_days = 3
  budget_left = 20000              # of a member's budget, without this order")]
struct Try {
    /// The shop's folder.
    dir: PathBuf,
    /// The file that describes the order.
    #[arg(long, value_name = "FILE")]
    order: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    flow: String,
    at: Option<String>,
    role: Option<String>,
    #[serde(default)]
    groups: Vec<String>,
    company: Option<String>,
    #[serde(default)]
    completed_orders: i64,
    #[serde(default)]
    cancelled_orders: i64,
    stock_left: Option<i64>,
    #[serde(default)]
    line: Vec<DescribedLine>,
    #[serde(default)]
    answers: toml::Table,
    account: Option<DescribedAccount>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DescribedAccount {
    limit: i64,
    #[serde(default)]
    used: i64,
    #[serde(default)]
    overdue_days: i64,
    budget_left: Option<i64>,
}

impl DescribedAccount {
    /// What the rules see of an order of that total, in minor units.
    fn tell_facts(&self, total: i64, facts: &mut Facts) {
        facts.credit = CreditFacts {
            on_account: true,
            limit: self.limit,
            used: self.used,
            available_after: self.limit.saturating_sub(self.used).saturating_sub(total),
            overdue_days: self.overdue_days,
        };
        if let Some(left) = self.budget_left {
            facts.budget = BudgetFacts {
                left,
                left_after: left.saturating_sub(total),
            };
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DescribedLine {
    item: String,
    quantity: Option<i64>,
}

/// Prints a line for each rule, then what they come to.
pub fn run(args: &Args) -> Ended {
    let What::Try(args) = &args.what;
    let shop = load_shop(&args.dir)?;
    let described = read(&args.order)?;
    let flow = flow(&shop, &described)?;
    let place = place(flow, &described)?;
    let facts = facts(&shop, flow, &place, &described)?;
    let role = described.role.clone().unwrap_or_else(|| "customer".into());
    known("role", &role, &ORDERS_AS)?;
    let orderer = Orderer {
        role,
        company: described.company.clone(),
    };
    let seen = Seen {
        flow,
        place: &place,
        facts: &facts,
        orderer: &orderer,
    };
    for tried in explained(&shop.approvals, seen) {
        println!("{}", line(&tried));
    }
    println!("{}", verdict(&decided(&shop.approvals, &[], seen)));
    Ok(Exit::Done)
}

fn read(path: &Path) -> Result<Described, Trouble> {
    let text = fs::read_to_string(path).map_err(|error| {
        let cause = format!("{} can't be read: {error}", path.display());
        Trouble::new(cause, "give a file that describes an order")
    })?;
    toml::from_str(&text).map_err(|error| {
        let place = error.span().map_or(0, |span| span.start);
        let before = text.get(..place).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let cause = format!("{}:{line}: {}", path.display(), error.message());
        Trouble::new(cause, "see `ks-order rules try --help` for the form")
    })
}

fn known(what: &str, word: &str, all: &[&str]) -> Result<(), Trouble> {
    if all.contains(&word) {
        return Ok(());
    }
    let cause = format!("there is no {what} `{word}`");
    Err(Trouble::new(cause, format!("known: {}", all.join(", "))))
}

fn flow<'s>(shop: &'s Shop, described: &Described) -> Result<&'s Flow, Trouble> {
    let ids: Vec<&str> = shop.flows.iter().map(|flow| flow.id.as_str()).collect();
    known("flow", &described.flow, &ids)?;
    let groups: Vec<&str> = shop.groups.iter().map(String::as_str).collect();
    for group in &described.groups {
        known("group", group, &groups)?;
    }
    shop.flow(&described.flow)
        .ok_or_else(|| Trouble::new("the flow is gone", "try again"))
}

fn place(flow: &Flow, described: &Described) -> Result<Place, Trouble> {
    let steps: Vec<&str> = flow.steps.iter().map(|step| step.id.as_str()).collect();
    let mut place = Place {
        flow: flow.id.clone(),
        ..Place::default()
    };
    for (step, value) in &described.answers {
        known("step", step, &steps)?;
        let texts = |all: &[toml::Value]| -> Option<Vec<String>> {
            let all = all.iter().map(|one| Some(one.as_str()?.to_owned()));
            all.collect()
        };
        let answer = match value {
            toml::Value::String(words) => Some(Answer::Text(words.clone())),
            toml::Value::Integer(number) => Some(Answer::Number(*number)),
            toml::Value::Boolean(flag) => Some(Answer::Flag(*flag)),
            toml::Value::Array(all) => texts(all).map(Answer::Many),
            _ => None,
        };
        let Some(answer) = answer else {
            let cause = format!("the answer of `{step}` can't be {value}");
            return Err(Trouble::new(
                cause,
                "write text, a whole number, true or false, or a list of texts",
            ));
        };
        place.answers.insert(step.clone(), answer);
    }
    Ok(place)
}

fn facts(shop: &Shop, flow: &Flow, place: &Place, described: &Described) -> Result<Facts, Trouble> {
    let now = moment(shop, described)?;
    let person = Known {
        completed_orders: described.completed_orders,
        cancelled_orders: described.cancelled_orders,
        groups: described.groups.clone(),
        ..Known::default()
    };
    let cart = cart(shop, flow, described)?;
    let language = shop.locales.first().map_or("en", Locale::as_str);
    let of = |receipt: &Receipt| {
        talk::facts(
            shop,
            place,
            Some((&cart, receipt)),
            &person,
            (language, now),
        )
    };
    let priced = |fees: &[_]| {
        price(&cart, &shop.catalogue, &shop.taxes, shop.rounding, fees)
            .map_err(|error| Trouble::new(format!("the order has no price: {error}"), "change it"))
    };
    let goods = of(&priced(&[])?);
    let moment = Moment {
        flow,
        place,
        facts: &goods,
    };
    let terms = shop.terms.get(&flow.id);
    let fees = terms.map_or_else(Vec::new, |terms| charges::charged(&terms.fees, moment));
    let mut facts = of(&priced(&fees)?);
    if let Some(left) = described.stock_left {
        facts.order.stock_left = left;
    }
    if let Some(account) = &described.account {
        account.tell_facts(facts.order.total_minor, &mut facts);
    }
    Ok(facts)
}

fn moment(shop: &Shop, described: &Described) -> Result<Timestamp, Trouble> {
    let Some(at) = &described.at else {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let now = now.unwrap_or_default().as_millis();
        return Ok(Timestamp(i64::try_from(now).unwrap_or(i64::MAX)));
    };
    let read = NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M").map_err(|_| {
        let cause = format!("`{at}` is no time");
        Trouble::new(cause, "write it as in \"2026-12-24 18:30\"")
    })?;
    let minute = chrono::Timelike::hour(&read) * 60 + chrono::Timelike::minute(&read);
    Ok(shop.zone.moment(read.date(), minute))
}

fn cart(shop: &Shop, flow: &Flow, described: &Described) -> Result<Cart, Trouble> {
    let mut cart = Cart::new(CartId(1), CustomerId(1), &flow.id);
    for line in &described.line {
        let Some(item) = shop.catalogue.item(&line.item.as_str().into()) else {
            let cause = format!("there is no item `{}`", line.item);
            return Err(Trouble::new(cause, "use an id of catalogue.toml"));
        };
        let mut new = NewLine::of(item, &shop.catalogue);
        if let Some(quantity) = line.quantity {
            new.quantity = Quantity(quantity);
        }
        cart.add(new, &shop.catalogue, &SoldOut::default())
            .map_err(|refusal| {
                let cause = format!("`{}` can't be ordered like that: {refusal:?}", line.item);
                Trouble::new(cause, "take an item whose options have usual choices")
            })?;
    }
    Ok(cart)
}

fn line(tried: &Tried<'_>) -> String {
    let what = match &tried.fires {
        _ if !tried.applies => "is not for such an order".to_owned(),
        Ok(true) => "fires".to_owned(),
        Ok(false) => "does not fire".to_owned(),
        Err(error) => format!("can't be worked out, so a person decides: {error}"),
    };
    let values = tried.values.iter();
    let values: Vec<String> = values
        .map(|(name, value)| format!("{name} = {}", shown(value)))
        .collect();
    let seen = if values.is_empty() {
        String::new()
    } else {
        format!(" ({})", values.join(", "))
    };
    format!("{}: {what}{seen}", tried.rule.id)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(words) => format!("'{words}'"),
        Value::Texts(all) => format!("{all:?}"),
    }
}

fn verdict(decision: &Decision) -> String {
    match decision {
        Decision::Approve(_) => "=> approved at once".to_owned(),
        Decision::Reject(fired) => {
            let rules: Vec<&str> = fired.iter().map(|fired| fired.rule.as_str()).collect();
            format!("=> not taken: {}", rules.join(", "))
        }
        Decision::Need { tiers, .. } => {
            let tiers = tiers.iter().map(|tier| {
                let needs: Vec<String> = tier.iter().map(need).collect();
                needs.join(" and ")
            });
            format!("=> needs {}", tiers.collect::<Vec<_>>().join(", then "))
        }
    }
}

fn need(need: &Need) -> String {
    let roles = need.roles.join(" or ");
    match need.quorum {
        Quorum::Any => roles,
        Quorum::All => format!("every {roles}"),
        Quorum::Of(count) => format!("{count} of {roles}"),
    }
}
