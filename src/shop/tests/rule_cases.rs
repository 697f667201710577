//! The planted faults of `approval.toml`, as those in [`super::cases`].

use super::cases::case;
use super::kinds::Case;
use super::kinds::Plant::{Many, Text};

#[rustfmt::skip]
pub(super) const RULE_CASES: &[Case] = &[
    case("rules_times_out_of_order", "approval.toml", Text("escalate = 15", "escalate = 5"), &[
        "approval.toml:1:1: the times of approval are out of order; `remind` must be below `escalate`, and that below `limit`",
    ]),
    case("rules_nobody_can_say_why", "approval.toml", Text("reasons = [\"busy\"]\n", ""), &[
        "approval.toml:1:1: nobody could say why an order is refused; add `reasons = [\"too-large\"]`, and the texts `reason-…`",
    ]),
    case("rule_twice", "approval.toml", Text("id = \"late\"", "id = \"large\""), &[
        "approval.toml:12:1: the rule `large` is there twice; rename one",
        "texts/en.ftl:14:1: nothing uses the text `rule-late`; did you mean `rule-large`?",
        "texts/zh-CN.ftl:14:1: nothing uses the text `rule-late`; did you mean `rule-large`?",
    ]),
    case("rule_bad_id", "approval.toml", Text("id = \"late\"", "id = \"Late\""), &[
        "approval.toml:12:6: `Late` is no id; use a-z, 0-9 and -, at most 24",
        "approval.toml:12:6: the text `rule-Late` is missing in `en`; add it to texts/en.ftl",
        "approval.toml:12:6: the text `rule-Late` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "texts/en.ftl:14:1: nothing uses the text `rule-late`; did you mean `rule-Late`?",
        "texts/zh-CN.ftl:14:1: nothing uses the text `rule-late`; did you mean `rule-Late`?",
    ]),
    case("rule_unknown_role", "approval.toml", Text("[\"manager\"]", "[\"manger\"]"), &[
        "approval.toml:9:20: there is no role `manger`; did you mean `manager`?",
    ]),
    case("rule_unknown_flow", "approval.toml", Text("flows = [\"pickup\"]", "flows = [\"pikup\"]"), &[
        "approval.toml:13:10: there is no flow `pikup`; did you mean `pickup`?",
    ]),
    case("rule_bad_company", "approval.toml", Text("flows = [\"pickup\"]", "companies = [\"ACME Ltd\"]"), &[
        "approval.toml:13:14: `ACME Ltd` is no id of a company; use a-z, 0-9 and -, at most 24; `/company` shows the ids",
    ]),
    case("rule_never_fires", "approval.toml", Text("== 'later'", "== 'never'"), &[
        "approval.toml:14:9: the rule never fires: no answer makes this true; remove the rule or change `when`",
    ]),
    case("rule_unknown_fact", "approval.toml", Text("total_minor", "totl_minor"), &[
        "approval.toml:8:14: `order` has no `totl_minor`; did you mean `total_minor`?",
    ]),
    case("rule_compares_text_with_a_number", "approval.toml", Text("order.total_minor > 50000", "order.flow > 50000"), &[
        "approval.toml:8:20: `>` does not work on text and a number; both sides must be of a kind that can be compared or counted",
    ]),
    case("rule_too_long", "approval.toml", Many("order.total_minor > 50000", "order.total_minor > # && ", 4_000), &[
        "approval.toml:8:9: the condition is longer than 500 characters; split it over several steps or rules",
    ]),
    case("rule_divides_by_zero", "approval.toml", Text("order.total_minor > 50000", "order.total_minor / 0 > 50000"), &[
        "approval.toml:8:27: this divides by zero; divide by another number",
    ]),
    case("rule_asks_nobody", "approval.toml", Text("outcome = \"reject\"", "outcome = \"reject\"\nneed = [{ roles = [\"owner\"] }]"), &[
        "approval.toml:16:1: this rule asks nobody; remove `need`, or `outcome`",
    ]),
    case("rule_decides_nothing", "approval.toml", Text("outcome = \"reject\"\n", ""), &[
        "approval.toml:11:1: this rule decides nothing; add `need = [{ roles = [\"manager\"] }]`, or `outcome = \"reject\"`",
    ]),
    case("rule_unknown_outcome", "approval.toml", Text("outcome = \"reject\"", "outcome = \"refuse\""), &[
        "approval.toml:15:11: `outcome` knows no `refuse`; known: approve, need, reject, warn",
    ]),
    case("rule_too_many_tiers", "approval.toml", Text("{ roles = [\"owner\"] }", "{ roles = [\"owner\"] }, { roles = [\"owner\"] }, { roles = [\"owner\"] }, { roles = [\"owner\"] }, { roles = [\"owner\"] }"), &[
        "approval.toml:9:1: 6 people one after the other are too many; ask at most 5",
    ]),
    case("rule_need_without_roles", "approval.toml", Text("{ roles = [\"owner\"] }", "{ quorum = \"all\" }"), &[
        "approval.toml:9:46: nobody is asked here; add roles = [\"manager\"]",
    ]),
    case("rules_too_many", "approval.toml", Many("[[rule]]\nid = \"large\"", "[[rule]]\nid = \"large#\"\noutcome = \"reject\"\n\n", 999), &[
        "approval.toml:*: these are too many rules; write at most 1000",
        "…",
    ]),
];
