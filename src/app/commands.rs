//! Commands typed in a private chat, and the menu of them by role and language.

use crate::chat::{Post, Text};
use crate::dialogue::Input;
use crate::shop::Shop;
use crate::store;

use super::access::{Act, Role, acting, may};
use super::audit::{Deed, Did};
use super::cx::Cx;
use super::operations::{
    accounts, approval, change_order, claim_link, company, group_customer, learn, manage_staff,
    manage_tables, order_by_hand, own_data, pause, profile, quick_order, read_audit, saved,
    statement,
};
use super::outcome::TurnError;
use super::route::{OwnDataAct, ProfileAct, Route, SavedAct};
use super::{approvals, buyer, by_hand, explain, lookup, notify, ordering, press, show};
use super::{staff, stock};

/// What everybody is offered, with the words for it.
const EVERYBODY: [(&str, &str); 12] = [
    ("start", "command-start"),
    ("menu", "command-menu"),
    ("cart", "command-cart"),
    ("orders", "command-orders"),
    ("quick", "command-quick"),
    ("saved", "command-saved"),
    ("profile", "command-profile"),
    ("privacy", "command-privacy"),
    ("language", "command-language"),
    ("notify", "command-notify"),
    ("help", "command-help"),
    ("cancel", "command-cancel"),
];

/// Handles a command; one that is not known gets the help screen.
pub async fn command(cx: &mut Cx<'_>, name: &str, argument: &str) -> Result<(), TurnError> {
    match name {
        "start" => start(cx, argument.trim()).await,
        "menu" => show::categories(cx, None).await,
        "cart" => show::cart(cx).await,
        "orders" if argument.trim().is_empty() => show::orders(cx).await,
        "orders" => lookup::search(cx, argument).await,
        "print" => lookup::print(cx, argument).await,
        "quick" => quick_order::command(cx, argument.trim()).await,
        "saved" => saved::press(cx, SavedAct::List(0)).await,
        "profile" => Box::pin(profile::press(cx, ProfileAct::Show)).await,
        "privacy" => Box::pin(profile::press(cx, ProfileAct::Privacy)).await,
        "export" => Box::pin(own_data::press(cx, OwnDataAct::Export)).await,
        "language" => {
            show::languages(cx);
            Ok(())
        }
        "notify" => notify::show(cx).await,
        "cancel" => cancel(cx).await,
        "queue" => lookup::queue(cx).await,
        "rules" => explain::command(cx, argument).await,
        "order" => order_by_hand::command(cx, argument.trim()).await,
        "change" => change_order::command(cx, argument.trim()).await,
        "group" => group_customer::command(cx, argument.trim()).await,
        "approvals" => approvals::command(cx).await,
        "away" => approval::away::command(cx, argument.trim()).await,
        "pause" => pause::command(cx, argument.trim()).await,
        "stock" => stock::open(cx, argument.trim()).await,
        "invite" => claim_link::invite(cx, argument.trim()).await,
        "company" if cx.shop.settings.companies => company::command(cx, argument.trim()).await,
        "statement" if cx.shop.settings.credit.is_some() => {
            Box::pin(statement::command(cx, argument.trim())).await
        }
        "credit" if cx.shop.settings.credit.is_some() => {
            Box::pin(accounts::command(cx, argument.trim())).await
        }
        "reload" => reload(cx).await,
        "aliases" => Box::pin(learn::open(cx)).await,
        "audit" => read_audit::open(cx, argument.trim()).await,
        "staff" => manage_staff::open(cx).await,
        "tables" => manage_tables::manage_tables(cx, &Route::Tables(0)).await,
        _ => {
            show::help(cx, if name == "help" { argument.trim() } else { "" });
            Ok(())
        }
    }
}

/// What stands before a template's id in its link.
pub const TEMPLATE: &str = "t-";

/// What stands before an item's id in the link to its card: at most 26 characters, all of them
/// such as a link may have.
pub const ITEM: &str = "i-";

/// The link to the menu.
pub const MENU: &str = "menu";

/// Where a link leads that anybody may open and pass on; none for one that stands for something.
fn public(payload: &str) -> Option<Route> {
    if payload == MENU {
        return Some(Route::Menu);
    }
    if let Some(id) = payload.strip_prefix(ITEM) {
        return Some(Route::Item(id.to_owned()));
    }
    let id = payload.strip_prefix(TEMPLATE)?;
    Some(Route::Saved(SavedAct::Template(id.to_owned())))
}

async fn start(cx: &mut Cx<'_>, payload: &str) -> Result<(), TurnError> {
    let (who, name, locale) = (
        cx.customer(),
        cx.who.name.clone(),
        cx.session.locale.clone(),
    );
    if !cx.met {
        cx.look_again();
        store::customers::see(cx.tx, who, &name, &locale, cx.now).await?;
    }
    let leads = match public(payload) {
        Some(route) => route,
        None if payload.is_empty() => Route::Home,
        None => claim_link::claim(cx, payload)
            .await?
            .map_or(Route::Home, Route::Saved),
    };
    set_menu(cx).await?;
    press::follow(cx, leads).await
}

async fn cancel(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    if cx.session.dialogue.is_some() {
        return ordering::hear(cx, Input::Cancel).await;
    }
    match cx.session.by_hand {
        Some(_) => by_hand::stop(cx).await?,
        None => ordering::drop_cart(cx).await?,
    }
    cx.notices.push(Text::new("cancelled"));
    show::home(cx).await
}

/// A command for the private chat in a group, which has no living message and where what it shows
/// is nobody else's business: whoever may is told so.
pub async fn elsewhere(
    cx: &mut Cx<'_>,
    act: Act,
    privately: &'static str,
) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if may(&roles, act) {
        cx.say(Text::new(privately));
    }
    Ok(())
}

async fn reload(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if may(&roles, Act::SetUp) {
        let role = acting(&roles, Act::SetUp);
        cx.audit(Deed::new(Did::Reloaded, role, "shop"));
        cx.reload();
    } else {
        cx.say(Text::new("owner-commands-only"));
    }
    Ok(())
}

/// What the team is offered besides, by right.
const TEAM: [(Act, &str, &str); 17] = [
    (Act::LookUp, "queue", "command-queue"),
    (Act::LookUp, "print", "command-print"),
    (Act::Approve, "approvals", "command-approvals"),
    (Act::Approve, "away", "command-away"),
    (Act::ExplainRules, "rules", "command-rules"),
    (Act::PlaceForOthers, "order", "command-order"),
    (Act::PlaceForOthers, "change", "command-change"),
    (Act::PlaceForOthers, "group", "command-group"),
    (Act::Pause, "pause", "command-pause"),
    (Act::Credit, "credit", "command-credit"),
    (Act::SellOut, "stock", "command-stock"),
    (Act::Invite, "invite", "command-invite"),
    (Act::ManageStaff, "staff", "command-staff"),
    (Act::ManageTables, "tables", "command-tables"),
    (Act::NameItems, "aliases", "command-aliases"),
    (Act::ReadAudit, "audit", "command-audit"),
    (Act::SetUp, "reload", "command-reload"),
];

/// The menu of commands of somebody with these roles, with its words.
pub fn menu_of(roles: &[Role], shop: &Shop) -> Vec<(&'static str, Text)> {
    let own = TEAM.into_iter().filter(|(act, command, _)| {
        let is_there = match act {
            Act::Credit => shop.settings.credit.is_some(),
            Act::ManageTables => !shop.settings.tables.is_empty(),
            Act::Approve | Act::ExplainRules => !shop.approvals.rules.is_empty(),
            Act::PlaceForOthers if *command == "group" => !shop.settings.groups.is_empty(),
            _ => true,
        };
        is_there && may(roles, *act)
    });
    let own = own.map(|(_, command, label)| (command, label));
    let all = EVERYBODY.into_iter().chain(own);
    all.map(|(command, label)| (command, Text::new(label)))
        .collect()
}

/// Sets the menu of commands of this private chat, by role, in the person's language.
pub async fn set_menu(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    let mut commands = menu_of(&roles, &cx.shop);
    if cx.shop.settings.companies
        && (may(&roles, Act::Companies) || !buyer::own_places(cx).await?.is_empty())
    {
        commands.push(("company", Text::new("command-company")));
    }
    if statement::is_offered(cx).await? {
        commands.push(("statement", Text::new("command-statement")));
    }
    let own = commands.iter().skip(EVERYBODY.len());
    let own: Vec<&str> = own.map(|(command, _)| *command).collect();
    let menu = format!("{}/{}", cx.session.locale, own.join(","));
    if cx.session.menu == menu {
        return Ok(());
    }
    cx.session.menu = menu;
    let post = Post::Commands {
        chat: cx.chat,
        commands,
    };
    cx.post(cx.session.locale.clone(), post);
    Ok(())
}
