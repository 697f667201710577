//! Nothing is typed twice, on the playground of the program itself, clicked like a person clicks:
//! the first order, the profile, the next one, saved and repeated orders, lists, files, erasure.

use crate::page_packs::Do::{Boss, File, Hours, Order, Read, Say, See, Share, Shot, Tap, Work};
use crate::page_packs::{Do, play};
use crate::support::browser::Window;

const ANNA: i64 = 1001;
const WANG: i64 = 1002;

/// The kitchen works an order that was just placed.
const COOKED: [Do; 7] = [
    Work("20 min"),
    Read("accepted – Chef Li"),
    Work("Preparing"),
    Read("preparing – Chef Li"),
    Work("Ready"),
    Read("ready – Chef Li"),
    Work("Handed over"),
];

/// Asked only what the order needs.
const FIRST_ORDER: &[Do] = &[
    See("Jade Garden"),
    Tap("Pickup"),
    Tap("Cold starters"),
    Tap("Sliced beef"),
    Tap("Add"),
    Tap("Cart"),
    Tap("Check out"),
    Tap("As soon as possible"),
    See("/privacy"),
    Shot("again-en-1-first"),
    Say("Anna"),
    Tap("Skip"),
    See("5/5"),
    Tap("Place order"),
    Read("#1"),
];

/// What is known, and what else might be; then the same in two taps.
const PROFILE_AND_AGAIN: &[Do] = &[
    See("was handed over"),
    Say("/profile"),
    Tap("Phone"),
    Share("Share my phone number"),
    See("+447700900101"),
    Tap("Addresses"),
    Tap("Another address"),
    Share("Share where I am"),
    Tap("Label"),
    Say("Home"),
    See("Home: 31"),
    Tap("Back"),
    Tap("Back"),
    Tap("Diet and allergens"),
    Tap("peanut"),
    Tap("Back"),
    Shot("again-en-2-profile"),
    // Two taps, and the same is ordered.
    Say("/start"),
    Shot("again-en-3-start"),
    Tap("Again: Sliced beef"),
    See("peanut"),
    Shot("again-en-4-review"),
    Tap("Place order"),
    See("confirmed"),
    Say("/orders"),
    Shot("again-en-5-orders"),
];

/// Kept under a name, and repeated.
const SAVED_AND_REPEATED: &[Do] = &[
    Tap("Save"),
    See("Under which name"),
    Say("Dinner"),
    See("Dinner"),
    Tap("Repeat"),
    Tap("Mon"),
    Tap("Tue"),
    Tap("Wed"),
    Tap("Thu"),
    Tap("Fri"),
    Tap("Sat"),
    Tap("Sun"),
    Tap("By when"),
    Tap("14:00"),
    See("It is repeated"),
    Shot("again-en-6-repeat"),
    Hours(24, "Dinner: shall I order it?"),
    Shot("again-en-7-asked"),
    Tap("Yes, order it"),
    See("✅ Ordered: #"),
];

/// Told when it is back; what is kept, and that it can go.
const BACK_AND_ERASED: &[Do] = &[
    Read("handed over – Chef Li, 13:"),
    Order("/stock"),
    Boss("Drunken chicken"),
    Boss("Sold out today"),
    Say("Drunken chicken"),
    Tap("Drunken chicken"),
    Tap("Tell me when it is back"),
    See("Don't tell me"),
    Shot("again-en-8-sold-out"),
    Boss("Back on the menu"),
    Hours(2, "Drunken chicken can be had again"),
    // What is kept, and that it can go.
    Say("/privacy"),
    Tap("Get a copy"),
    See(".json"),
    Shot("again-en-9-copy"),
    Tap("Erase my data"),
    Tap("Yes, erase all of it"),
    See("Your data are being erased"),
    Hours(8, "Your data are erased"),
    Shot("again-en-10-erased"),
];

#[test]
fn a_diner_comes_back_in_english() {
    let steps = [
        FIRST_ORDER,
        &COOKED,
        PROFILE_AND_AGAIN,
        &COOKED,
        SAVED_AND_REPEATED,
        &COOKED,
        BACK_AND_ERASED,
    ];
    play("restaurant", ANNA, Window::DESKTOP, &steps.concat());
}

#[test]
fn a_shop_sends_its_list_in_chinese() {
    let steps = [
        See("长青办公"),
        Say("/quick"),
        Tap("样例"),
        See(".csv"),
        Shot("again-zh-1-sample"),
        Say("EV-1030 2"),
        See("您的清单"),
        Shot("again-zh-2-list"),
        Tap("放入"),
        See("购物车"),
        File(
            "order.csv",
            "code,quantity\nEV-1020,1\nEV-1030,3\nnotbook,1\n",
        ),
        See("您的清单"),
        Shot("again-zh-3-file"),
        Tap("放入"),
        Tap("加到"),
        See("购物车"),
        Shot("again-zh-4-cart"),
        Tap("保存"),
        Say("每周用品"),
        See("每周用品"),
        Shot("again-zh-5-saved"),
    ];
    play("retail", WANG, Window::DESKTOP.language("zh-CN"), &steps);
}
