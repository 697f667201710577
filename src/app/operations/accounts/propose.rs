//! A change of an account that takes a second person: proposed, decided once, told to everybody who
//! was asked.

use crate::chat::{Post, Text, View};
use crate::domain::credit::Plan;
use crate::kernel::{AccountId, ChatId, CustomerId, Locale};
use crate::store;
use crate::store::credit::{Change, Ended, Settled};

use crate::app::audit::Did;
use crate::app::cx::Cx;
use crate::app::operations::company;
use crate::app::outcome::TurnError;
use crate::app::route::{CreditAct, Route};
use crate::app::screens::credit_plan as screen;
use crate::app::{show, staff};

use super::check::whose;
use super::{carry, others};

/// The turn that tells everybody what became of a change; the key is its id.
pub const TOLD: &str = "credit-decided";

/// The name of a change's card, the same in every chat.
fn card_name(change: i64) -> String {
    format!("credit:{change}")
}

/// Writes a change down and asks everybody else who may decide it.
pub async fn propose(
    cx: &mut Cx<'_>,
    (account, id): (&AccountId, i64),
    plan: &Plan,
    others: &[CustomerId],
) -> Result<(), TurnError> {
    let what = serde_json::to_value(plan);
    let change = Change {
        id,
        account: account.clone(),
        what: what.map_err(|error| TurnError::Corrupt(format!("a change: {error}")))?,
        by: cx.customer(),
        at: cx.now,
    };
    store::credit::propose(cx.tx, &change, cx.cause).await?;
    carry::keep(cx, (Did::CreditProposed, account), plan, "").await?;
    let asked = staff::reachable(cx).await?;
    let asked: Vec<_> = asked
        .into_iter()
        .filter(|person| others.contains(&person.id))
        .collect();
    let name = whose(cx, account).await?.unwrap_or_default();
    let by = cx.who.name.clone();
    let shown = screen::Proposed {
        change: &change,
        plan,
        name: &name,
        by: &by,
        ended: None,
    };
    for person in &asked {
        let view = screen::proposed(&shown, (true, false));
        post(cx, (person.id, &person.locale), (id, view), true);
    }
    let own = screen::proposed(&shown, (false, true));
    let text = match asked.is_empty() {
        true => Text::new("credit-proposed-nobody"),
        false => Text::new("credit-proposed").with("count", asked.len() as i64),
    };
    let view = screen::sent(cx.card(), text, account);
    let view = show::noted(cx, view);
    cx.show(&Route::Credit(CreditAct::Open(account.clone())), view);
    let locale = cx.session.locale.clone();
    let who = cx.customer();
    post(cx, (who, &locale), (id, own), true);
    Ok(())
}

fn post(
    cx: &mut Cx<'_>,
    (who, locale): (CustomerId, &Locale),
    (id, view): (i64, View),
    fresh: bool,
) {
    let post = Post::Card {
        chat: ChatId(who.0),
        topic: None,
        card: card_name(id),
        version: cx.cause,
        view,
        fresh,
        loud: true,
    };
    cx.post(locale.clone(), post);
}

/// A change in the hands of somebody who holds the right.
struct Matter {
    change: Change,
    plan: Plan,
    ended: Ended,
}

async fn load(cx: &mut Cx<'_>, id: i64) -> Result<Option<Matter>, TurnError> {
    let Some((change, ended)) = store::credit::find_change(cx.tx, id).await? else {
        return Ok(None);
    };
    let plan = serde_json::from_value(change.what.clone());
    let plan = plan.map_err(|error| TurnError::Corrupt(format!("account change {id}: {error}")))?;
    Ok(Some(Matter {
        change,
        plan,
        ended,
    }))
}

/// The change, if nobody decided it yet; else whoever pressed is told who did.
async fn open(cx: &mut Cx<'_>, id: i64) -> Result<Option<Matter>, TurnError> {
    let Some(matter) = load(cx, id).await? else {
        cx.toast(Text::new("press-unknown"));
        return Ok(None);
    };
    let Some((settled, by)) = matter.ended else {
        return Ok(Some(matter));
    };
    let who = staff::name_of(cx, by).await?;
    cx.alert(screen::ended(settled, &who));
    here(cx, &matter, false).await?;
    Ok(None)
}

/// Shows a change anew to whoever asks.
pub async fn show(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    match load(cx, id).await? {
        Some(matter) => here(cx, &matter, true).await,
        None => {
            cx.toast(Text::new("press-unknown"));
            Ok(())
        }
    }
}

/// Its card in the present chat.
async fn here(cx: &mut Cx<'_>, matter: &Matter, fresh: bool) -> Result<(), TurnError> {
    let alone = others(cx).await?.is_empty();
    let own = matter.change.by == cx.customer();
    let locale = cx.session.locale.clone();
    let view = view(cx, matter, (!own || alone, own)).await?;
    let who = cx.customer();
    post(cx, (who, &locale), (matter.change.id, view), fresh);
    Ok(())
}

async fn view(cx: &mut Cx<'_>, matter: &Matter, buttons: (bool, bool)) -> Result<View, TurnError> {
    let name = whose(cx, &matter.change.account).await?;
    let by = staff::name_of(cx, matter.change.by).await?;
    let ended = match matter.ended {
        Some((settled, who)) => Some((settled, staff::name_of(cx, who).await?)),
        None => None,
    };
    let shown = screen::Proposed {
        change: &matter.change,
        plan: &matter.plan,
        name: &name.unwrap_or_else(|| matter.change.account.code()),
        by: &by,
        ended: ended
            .as_ref()
            .map(|(settled, who)| (*settled, who.as_str())),
    };
    Ok(screen::proposed(&shown, buttons))
}

/// Carries it out: by a second person, or by whoever proposed it if nobody else may any more.
pub async fn confirm(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some(matter) = open(cx, id).await? else {
        return Ok(());
    };
    let own = matter.change.by == cx.customer();
    if own && !others(cx).await?.is_empty() {
        cx.alert(Text::new("credit-second-person"));
        return Ok(());
    }
    let account = &matter.change.account;
    let proposed_by = Some(matter.change.by).filter(|_| !own);
    match carry::carry_out(cx, (account, id), &matter.plan, proposed_by).await? {
        Ok(_) => {
            settle(cx, id, Settled::Done).await?;
            cx.toast(Text::new("credit-done"));
            Ok(())
        }
        Err(barred) => {
            cx.alert(Text::new("credit-cannot").with("why", barred.text()));
            Ok(())
        }
    }
}

/// Says no to it.
pub async fn reject(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some(matter) = open(cx, id).await? else {
        return Ok(());
    };
    if matter.change.by == cx.customer() {
        return end(cx, &matter, Settled::Withdrawn).await;
    }
    end(cx, &matter, Settled::Rejected).await
}

/// Takes it back; only whoever proposed it does.
pub async fn withdraw(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some(matter) = open(cx, id).await? else {
        return Ok(());
    };
    if matter.change.by != cx.customer() {
        cx.alert(Text::new("credit-not-yours"));
        return Ok(());
    }
    end(cx, &matter, Settled::Withdrawn).await
}

async fn end(cx: &mut Cx<'_>, matter: &Matter, settled: Settled) -> Result<(), TurnError> {
    settle(cx, matter.change.id, settled).await?;
    let did = match settled {
        Settled::Withdrawn => Did::CreditWithdrawn,
        Settled::Rejected | Settled::Done => Did::CreditRejected,
    };
    let how = match settled {
        Settled::Withdrawn => String::new(),
        Settled::Rejected | Settled::Done => matter.change.by.to_string(),
    };
    carry::keep(cx, (did, &matter.change.account), &matter.plan, &how).await
}

/// Ends it, and goes on with telling everybody.
async fn settle(cx: &mut Cx<'_>, id: i64, settled: Settled) -> Result<(), TurnError> {
    let by = (settled, cx.customer());
    if store::credit::settle(cx.tx, id, by, cx.now)
        .await?
        .is_none()
    {
        return Err(TurnError::Overtaken);
    }
    cx.go_on(TOLD, id, cx.customer());
    Ok(())
}

/// Everybody's card says who decided; whoever proposed it hears of it.
pub async fn told(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some(matter) = load(cx, id).await? else {
        return Ok(());
    };
    let Some((settled, by)) = matter.ended else {
        return Ok(());
    };
    let view = view(cx, &matter, (false, false)).await?;
    for chat in store::orders::chats_showing(cx.tx, &card_name(id)).await? {
        let locale = staff::locale_of_chat(cx, chat).await?;
        post(cx, (CustomerId(chat.0), &locale), (id, view.clone()), false);
    }
    let proposer = matter.change.by;
    if proposer != by {
        let who = staff::name_of(cx, by).await?;
        let name = whose(cx, &matter.change.account).await?;
        let name = name.unwrap_or_else(|| matter.change.account.code());
        let text = Text::new("credit-yours")
            .with("ended", screen::ended(settled, &who))
            .with("plan", screen::sentence(&matter.plan, &name));
        let locale = staff::locale_of(cx, proposer).await?;
        company::tell(cx, (proposer, Some(locale)), text);
    }
    Ok(())
}
