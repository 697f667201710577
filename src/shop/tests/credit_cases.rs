//! What can be wrong with how a shop sells on account.

use super::cases::case;
use super::kinds::Case;
use super::kinds::Plant::{Text, Texts};

/// One of each.
#[rustfmt::skip]
pub(super) const CREDIT_CASES: &[Case] = &[
    case("credit_without_its_way_to_pay", "shop.toml", Text("[[tax]]", "[credit]\npayment = \"account\"\n[[tax]]"), &[
        "shop.toml:9:11: the shop has no way to pay `account`; name one of `payments`, as in payment = \"account\"",
    ]),
    case("terms_that_are_none", "shop.toml", Text("[[tax]]", "[credit]\npayment = \"account\"\nterms = \"soon\"\n[[tax]]"), &[
        "shop.toml:9:11: the shop has no way to pay `account`; name one of `payments`, as in payment = \"account\"",
        "shop.toml:10:9: `soon` are no payment terms; write days, at most 365, as in \"30\", or \"eom 15\" for days after the end of the month",
    ]),
    case("reminder_on_no_day", "shop.toml", Text("[[tax]]", "[credit]\npayment = \"account\"\nbefore = [0]\n[[tax]]"), &[
        "shop.toml:9:11: the shop has no way to pay `account`; name one of `payments`, as in payment = \"account\"",
        "shop.toml:10:11: 0 is no number of days to remind somebody; write 1 to 365",
    ]),
    case("too_many_reminders", "shop.toml", Text("[[tax]]", "[credit]\npayment = \"account\"\nafter = [1, 2, 3, 4, 5, 6]\n[[tax]]"), &[
        "shop.toml:9:11: the shop has no way to pay `account`; name one of `payments`, as in payment = \"account\"",
        "shop.toml:10:1: 6 reminders are too many; remind at most 5 times",
    ]),
    case("nothing_but_on_account", "flows/pickup.toml", Texts(&[
        ("shop.toml", "owner = 7", "payments = [\"account\"]"),
        ("shop.toml", "[[tax]]", "[credit]\npayment = \"account\"\n[[tax]]"),
        ("texts/en.ftl", "tax-food = VAT", "tax-food = VAT\npayment-account = On account"),
        ("texts/zh-CN.ftl", "tax-food = VAT", "tax-food = VAT\npayment-account = On account"),
        ("flows/pickup.toml", "[[step]]\nid = \"review\"", "[[step]]\nid = \"pay\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"payment\"\n[[step]]\nid = \"review\""),
    ]), &[
        "flows/pickup.toml:29:8: who has no account could not leave this step; offer another way to pay besides",
    ]),
];
