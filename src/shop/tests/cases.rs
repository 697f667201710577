//! The planted faults. A new kind of fault needs a case here: [`super::kinds`] names each place of
//! the code that has none.

use super::FLOW;
use super::kinds::Plant::{Bytes, Gone, Many, Text, Texts};
use super::kinds::{Case, Plant};

pub(super) const fn case(
    name: &'static str,
    file: &'static str,
    plant: Plant,
    says: &'static [&'static str],
) -> Case {
    Case {
        name,
        file,
        plant,
        says,
    }
}

#[rustfmt::skip]
pub(super) const CASES: &[Case] = &[
    // shop.toml
    case("broken_toml", "shop.toml", Text("owner = 7", "owner = = 7"), &[
        "shop.toml:1:1: `owner` is 0, which is no person; write the Telegram user id of a person, a number above 0",
        "shop.toml:6:9: broken TOML: extra `=`, expected nothing; see docs/dialogues.md for the form",
        "shop.toml:6:11: broken TOML: unexpected key or value, expected newline, `#`; see docs/dialogues.md for the form",
    ]),
    case("unknown_key", "shop.toml", Text("owner = 7", "ownr = 7"), &[
        "shop.toml:6:1: `ownr` is unknown here; did you mean `owner`?",
    ]),
    case("unknown_key_in_a_table", "shop.toml", Text("warn = 3", "warm = 3"), &[
        "shop.toml:17:1: `warm` is unknown here; did you mean `warn`?",
    ]),
    case("key_twice", "shop.toml", Text("owner = 7", "id = \"x\""), &[
        "shop.toml:6:1: broken TOML: duplicate key; see docs/dialogues.md for the form",
    ]),
    case("missing_key", "shop.toml", Text("id = \"tea\"\n", ""), &[
        "shop.toml:1:1: `id` is missing; add `id = …`",
    ]),
    case("wrong_type", "shop.toml", Text("minutes = 15", "minutes = \"15\""), &[
        "shop.toml:16:11: `minutes` is text, not a whole number; write a whole number",
    ]),
    case("wrong_switch", "shop.toml", Text("owner = 7", "owner = 7\ninline = { enabled = \"yes\" }"), &[
        "shop.toml:7:22: `enabled` is text, not true or false; write true or false",
    ]),
    case("wrong_table_type", "shop.toml", Text("[[tax]]", "[tax]"), &[
        "catalogue.toml:10:7: there is no tax class `food`; add a [[tax]] with this `class` to shop.toml",
        "catalogue.toml:20:7: there is no tax class `food`; add a [[tax]] with this `class` to shop.toml",
        "shop.toml:8:2: `tax` is a table, not a list of tables; write [[tax]] in double brackets",
        "texts/en.ftl:12:1: nothing uses the text `tax-food`; remove it, or name it where it is needed",
        "texts/zh-CN.ftl:12:1: nothing uses the text `tax-food`; remove it, or name it where it is needed",
    ]),
    case("out_of_range", "shop.toml", Text("minutes = 15", "minutes = 0"), &[
        "shop.toml:16:11: `minutes` is 0; a number from 2 to 240 makes sense here",
    ]),
    case("bad_currency", "shop.toml", Text("CNY", "CNX"), &[
        "shop.toml:3:12: there is no currency `CNX`; did you mean `CNY`?",
    ]),
    case("bad_zone", "shop.toml", Text("Shanghai", "Shangai"), &[
        "shop.toml:4:8: there is no time zone `Asia/Shangai`; did you mean `Asia/Shanghai`?",
    ]),
    case("bad_tax", "shop.toml", Text("\"6\"", "\"six\""), &[
        "shop.toml:10:11: `six` is no percentage; write 0 to 100 with at most four decimals, as in \"8.875\"",
    ]),
    case("tax_twice", "shop.toml", Text("[hours]", "[[tax]]\nclass = \"food\"\npercent = \"7\"\n[hours]"), &[
        "shop.toml:13:9: the tax class `food` is there twice; remove one",
    ]),
    case("bad_opening", "shop.toml", Text("10:00-14:00", "10:00-25:00"), &[
        "shop.toml:13:8: `10:00-25:00` is no opening; write it as in `11:00-14:30`; `18:00-02:00` ends on the next day",
    ]),
    case("overlapping_openings", "shop.toml", Text("17:00-22:00", "13:00-22:00"), &[
        "shop.toml:13:23: this opening overlaps another one; join them",
    ]),
    case("late_warning", "shop.toml", Text("warn = 3", "warn = 15"), &[
        "shop.toml:17:1: the warning comes before the hold begins; make `warn` smaller than `minutes`",
    ]),
    case("kitchen_times", "shop.toml", Text("escalate = 6", "escalate = 2"), &[
        "shop.toml:19:1: the kitchen's times are out of order; `remind` must be below `escalate`, and that below `limit`",
    ]),
    case("table_of_no_id", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[[table]]\nid = \"Table 5\""), &[
        "shop.toml:32:6: `Table 5` is no id; use a-z, 0-9 and -, at most 24",
    ]),
    case("table_twice", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[tables]\ncount = 5\n[[table]]\nid = \"5\"\n[[table]]\nid = \"5\""), &[
        "shop.toml:36:6: the table `5` is there twice; rename one",
    ]),
    case("table_named_in_one_language", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[[table]]\nid = \"5\"\nname = { en = \"Bar\" }"), &[
        "shop.toml:33:8: `name` is missing in `zh-CN`; add `zh-CN = \"…\"`",
    ]),
    case("too_many_tables", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[tables]\ncount = 500\n[[table]]\nid = \"bar\""), &[
        "shop.toml:33:3: 501 tables are too many; a shop has at most 500",
    ]),
    case("bad_quiet_hours", "shop.toml", Text("[hours]", "[pushes]\nquiet = \"22-7\"\n[hours]"), &[
        "shop.toml:13:9: `22-7` are no quiet hours; write them as in `22:00-08:00`, on the clock of the shop",
    ]),
    case("refusal_left_to_the_card", "shop.toml", Text("[hours]", "[pushes]\nreject = \"card\"\n[hours]"), &[
        "shop.toml:13:1: `reject` is always told, the card alone is not enough; use one of silent, ring, urgent",
    ]),
    case("order_left_to_nobody", "shop.toml", Text("[hours]", "[pushes.staff]\nplace = \"card\"\n[hours]"), &[
        "shop.toml:13:1: `place` is always told, the card alone is not enough; use one of silent, ring",
    ]),
    case("unknown_loudness", "shop.toml", Text("[hours]", "[pushes]\nprepare = \"loud\"\n[hours]"), &[
        "shop.toml:13:11: `prepare` knows no `loud`; known: `card`, `silent`, `ring`, `urgent`",
    ]),
    case("unknown_event", "shop.toml", Text("[hours]", "[pushes]\nprepared = \"ring\"\n[hours]"), &[
        "shop.toml:13:1: `prepared` is unknown here; did you mean `prepare`?",
    ]),
    case("unknown_purpose", "shop.toml", Text("kitchen = {", "kichen = {"), &[
        "shop.toml:26:1: there is no purpose `kichen` of a chat; did you mean `kitchen`?",
    ]),
    case("unknown_role", "shop.toml", Text("[\"kitchen\"]", "[\"cook\"]"), &[
        "shop.toml:30:10: there is no role `cook`; known: manager, approver, operator, kitchen, courier, support, auditor",
    ]),
    case("bad_locale", "shop.toml", Text("\"zh-CN\"]", "\"zh-CN\", \"?\"]"), &[
        "shop.toml:5:27: `?` is no language tag; write it as in `en` or `zh-CN`",
    ]),
    case("name_in_one_language", "shop.toml", Text(", zh-CN = \"茶馆\"", ""), &[
        "shop.toml:2:8: `name` is missing in `zh-CN`; add `zh-CN = \"…\"`",
    ]),
    case("language_not_spoken", "shop.toml", Text("zh-CN = \"茶馆\"", "zh-TW = \"茶館\""), &[
        "shop.toml:2:8: `name` is missing in `zh-CN`; add `zh-CN = \"…\"`",
        "shop.toml:2:28: `name` is in `zh-TW`, which the shop does not speak; did you mean `zh-CN`?",
    ]),
    case("text_of_a_reason", "shop.toml", Text("[\"busy\"]", "[\"busy\", \"shut\"]"), &[
        "shop.toml:23:20: the text `reason-shut` is missing in `en`; add it to texts/en.ftl",
        "shop.toml:23:20: the text `reason-shut` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("unknown_mode", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhok\""), &[
        "shop.toml:32:8: `mode` knows no `webhok`; did you mean `webhook`?",
    ]),
    case("webhook_without_address", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\""), &[
        "shop.toml:31:1: `listen` is missing; add `listen = …`",
        "shop.toml:31:1: `public_url` is missing; add `public_url = …`",
    ]),
    case("webhook_without_place", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\npublic_url = \"https://a.example/x\""), &[
        "shop.toml:31:1: `listen` is missing; add `listen = …`",
    ]),
    case("webhook_listens_nowhere", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"localhost\"\npublic_url = \"https://a.example/x\""), &[
        "shop.toml:33:10: `localhost` is no address to listen on; write IP:PORT, as in \"127.0.0.1:8443\" behind a proxy or \"0.0.0.0:8443\" without",
    ]),
    case("webhook_without_tls", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"http://a.example/x\""), &[
        "shop.toml:34:14: `http://a.example/x` does not begin with https://; Telegram sends to https:// only",
    ]),
    case("webhook_on_a_wrong_port", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example:8080/x\""), &[
        "shop.toml:34:14: Telegram sends to no port 8080; use 443, 80, 88 or 8443",
    ]),
    case("webhook_switched_off_is_checked_too", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"polling\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"http://a.example/x\""), &[
        "shop.toml:34:14: `http://a.example/x` does not begin with https://; Telegram sends to https:// only",
    ]),
    case("certificate_without_key", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"green.png\""), &[
        "shop.toml:35:12: TLS needs a certificate and its key; give both `tls_cert` and `tls_key`, or neither behind a proxy that ends TLS",
    ]),
    case("certificate_missing", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"cert.pem\"\ntls_key = \"key.pem\""), &[
        "shop.toml:35:12: there is no file `cert.pem`; put it into the shop folder; a path that leaves the folder is refused",
        "shop.toml:36:11: there is no file `key.pem`; put it into the shop folder; a path that leaves the folder is refused",
    ]),
    case("certificate_outside", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"/etc/ssl/cert.pem\"\ntls_key = \"key.pem\""), &[
        "shop.toml:35:12: there is no file `/etc/ssl/cert.pem`; put it into the shop folder; a path that leaves the folder is refused",
        "shop.toml:36:11: there is no file `key.pem`; put it into the shop folder; a path that leaves the folder is refused",
    ]),
    case("certificate_is_a_picture", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"green.png\"\ntls_key = \"green.png\""), &[
        "shop.toml:35:12: `green.png` holds no certificate; give it as PEM, the text that begins with `-----BEGIN`",
        "shop.toml:36:11: `green.png` holds no private key; give it as PEM, the text that begins with `-----BEGIN`",
    ]),
    case("key_is_a_picture", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"green.png\"\ntls_key = \"green.png\""), &[
        "shop.toml:35:12: `green.png` holds no certificate; give it as PEM, the text that begins with `-----BEGIN`",
        "shop.toml:36:11: `green.png` holds no private key; give it as PEM, the text that begins with `-----BEGIN`",
    ]),
    case("self_signed_without_certificate", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_self_signed = true"), &[
        "shop.toml:35:1: there is no certificate to be self-signed; add `tls_cert` and `tls_key`, or remove this",
    ]),
    case("too_many_connections", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\nconnections = 101"), &[
        "shop.toml:35:15: `connections` is 101; a number from 1 to 100 makes sense here",
    ]),
    case("monitor_for_everybody", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[monitor]\nlisten = \"0.0.0.0:9090\""), &[
        "shop.toml:32:10: `0.0.0.0:9090` can be reached from elsewhere; what the monitor tells is for this machine: listen on 127.0.0.1",
    ]),
    // catalogue.toml
    case("bad_amount", "catalogue.toml", Text("12.00", "12.005"), &[
        "catalogue.toml:9:9: `12.005` is no amount of CNY; write it with at most 2 decimals, as in \"28\"",
    ]),
    case("no_price", "catalogue.toml", Text("price = \"12.00\"\n", ""), &[
        "catalogue.toml:5:1: `price` is missing; add `price = …`",
    ]),
    case("unknown_category", "catalogue.toml", Text("category = \"tea\"", "category = \"tee\""), &[
        "catalogue.toml:7:12: there is no category `tee`; did you mean `tea`?",
    ]),
    case("unknown_group", "catalogue.toml", Text("groups = [\"sugar\"]", "groups = [\"suger\"]"), &[
        "catalogue.toml:13:11: there is no option group `suger`; did you mean `sugar`?",
    ]),
    case("unknown_substitute", "catalogue.toml", Text("[\"black\"]", "[\"blak\"]"), &[
        "catalogue.toml:14:16: there is no other item `blak` to offer instead; did you mean `black`?",
    ]),
    case("unknown_tax_class", "catalogue.toml", Text("tax = \"food\"", "tax = \"foot\""), &[
        "catalogue.toml:10:7: there is no tax class `foot`; did you mean `food`?",
    ]),
    case("duplicate_item", "catalogue.toml", Text("id = \"black\"", "id = \"green\""), &[
        "catalogue.toml:14:16: there is no other item `black` to offer instead; name one that this file has",
        "catalogue.toml:17:6: the item `green` is there twice; rename one",
    ]),
    case("id_over_a_buttons_bytes", "catalogue.toml", Text("id = \"black\"", "id = \"black-tea-from-a-very-far-away-land\""), &[
        "catalogue.toml:14:16: there is no other item `black` to offer instead; did you mean `black-tea-from-a-very-far-away-land`?",
        "catalogue.toml:17:6: the item `black-tea-from-a-very-far-away-land` has a bad id; use a-z, 0-9 and -, at most 24 bytes, so that it fits a button's 64",
    ]),
    case("unsatisfiable_group", "catalogue.toml", Text("min_units = 1\nmax_units = 1", "min_units = 2\nmax_units = 2"), &[
        "catalogue.toml:29:6: the option group `sugar` can't be answered by any choice; lower `min_units` or `min_distinct`, or raise the choices' `max`",
    ]),
    case("contradicting_limits", "catalogue.toml", Text("min_units = 1", "min_units = 2"), &[
        "catalogue.toml:29:6: the option group `sugar` has limits that contradict each other; each minimum must be at most its maximum",
    ]),
    case("too_much_preselected", "catalogue.toml", Text("default = 1", "default = 2"), &[
        "catalogue.toml:29:6: the option group `sugar` preselects more than it allows; lower the choices' `default`",
        "catalogue.toml:35:6: the choice `none` of `sugar` preselects more than it allows; lower the choices' `default`",
    ]),
    case("circle_of_groups", "catalogue.toml", Text("default = 1", "default = 1\ngroups = [\"sugar\"]"), &[
        "catalogue.toml:29:6: the option group `sugar` opens itself again; take the circle out of the choices' `groups`",
    ]),
    case("photo_missing", "catalogue.toml", Text("green.png", "gren.png"), &[
        "catalogue.toml:11:9: there is no picture `gren.png`; put it into the folder, or remove `photo`",
    ]),
    case("photo_outside", "catalogue.toml", Text("green.png", "../green.png"), &[
        "catalogue.toml:11:9: there is no picture `../green.png`; put it into the folder, or remove `photo`",
    ]),
    case("photo_is_text", "catalogue.toml", Text("green.png", "shop.toml"), &[
        "catalogue.toml:11:9: `shop.toml` is neither a JPEG nor a PNG; save the picture as JPEG",
    ]),
    case("name_too_long", "catalogue.toml", Text("\"Green tea\"", "\"Green tea green tea green tea green tea green tea green tea g\""), &[
        "catalogue.toml:8:1: `name` in `en` has 61 characters and would be cut off; at most 60 fit the screen",
    ]),
    case("unknown_allergen", "catalogue.toml", Text("[\"milk\"]", "[\"mlik\"]"), &[
        "catalogue.toml:12:13: the text `allergen-mlik` is missing in `en`; add it to texts/en.ftl",
        "catalogue.toml:12:13: the text `allergen-mlik` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    // flows
    case("unknown_kind", "flows/pickup.toml", Text("kind = \"text\"", "kind = \"txt\""), &[
        "flows/pickup.toml:20:8: there is no kind of step `txt`; did you mean `text`?",
        "texts/en.ftl:8:1: nothing uses the text `pickup-name`; did you mean `pickup-time`?",
        "texts/en.ftl:9:1: nothing uses the text `pickup-name-ask`; did you mean `pickup-time-ask`?",
        "texts/en.ftl:10:1: nothing uses the text `pickup-name-example`; did you mean `pickup-time-example`?",
        "texts/zh-CN.ftl:8:1: nothing uses the text `pickup-name`; did you mean `pickup-time`?",
        "texts/zh-CN.ftl:9:1: nothing uses the text `pickup-name-ask`; did you mean `pickup-time-ask`?",
        "texts/zh-CN.ftl:10:1: nothing uses the text `pickup-name-example`; did you mean `pickup-time-example`?",
    ]),
    case("duplicate_step", "flows/pickup.toml", Text("id = \"name\"", "id = \"time\""), &[
        "flows/pickup.toml:19:6: the step `time` is there twice; rename one",
        "texts/en.ftl:8:1: nothing uses the text `pickup-name`; did you mean `pickup-time`?",
        "texts/en.ftl:9:1: nothing uses the text `pickup-name-ask`; did you mean `pickup-time-ask`?",
        "texts/en.ftl:10:1: nothing uses the text `pickup-name-example`; did you mean `pickup-time-example`?",
        "texts/zh-CN.ftl:8:1: nothing uses the text `pickup-name`; did you mean `pickup-time`?",
        "texts/zh-CN.ftl:9:1: nothing uses the text `pickup-name-ask`; did you mean `pickup-time-ask`?",
        "texts/zh-CN.ftl:10:1: nothing uses the text `pickup-name-example`; did you mean `pickup-time-example`?",
    ]),
    case("duplicate_choice", "flows/pickup.toml", Text("id = \"later\"", "id = \"asap\""), &[
        "flows/pickup.toml:16:6: the choice `asap` is there twice; rename one",
        "flows/pickup.toml:22:9: the step `time` has no choice `later`; known: asap, asap",
        "texts/en.ftl:7:1: nothing uses the text `pickup-time-later`; did you mean `pickup-time`?",
        "texts/zh-CN.ftl:7:1: nothing uses the text `pickup-time-later`; did you mean `pickup-time`?",
    ]),
    case("bad_step_id", "flows/pickup.toml", Text("id = \"name\"", "id = \"your-name\""), &[
        "flows/pickup.toml:19:6: `your-name` is no id; a step's id is a-z, 0-9 and _, begins with a letter and has at most 24 bytes",
        "flows/pickup.toml:19:6: the text `pickup-your-name-ask` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:19:6: the text `pickup-your-name-ask` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:19:6: the text `pickup-your-name-example` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:19:6: the text `pickup-your-name-example` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:19:6: the text `pickup-your-name` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:19:6: the text `pickup-your-name` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "texts/en.ftl:8:1: nothing uses the text `pickup-name`; did you mean `pickup-your-name`?",
        "texts/en.ftl:9:1: nothing uses the text `pickup-name-ask`; did you mean `pickup-your-name-ask`?",
        "texts/en.ftl:10:1: nothing uses the text `pickup-name-example`; did you mean `pickup-your-name-example`?",
        "texts/zh-CN.ftl:8:1: nothing uses the text `pickup-name`; did you mean `pickup-your-name`?",
        "texts/zh-CN.ftl:9:1: nothing uses the text `pickup-name-ask`; did you mean `pickup-your-name-ask`?",
        "texts/zh-CN.ftl:10:1: nothing uses the text `pickup-name-example`; did you mean `pickup-your-name-example`?",
    ]),
    case("no_choice", "flows/pickup.toml", Text("\n[[step.choice]]\nid = \"asap\"\n\n[[step.choice]]\nid = \"later\"", ""), &[
        "flows/pickup.toml:8:1: this step has nothing to choose from, so nobody can leave it; add a [[step.choice]]",
        "texts/en.ftl:6:1: nothing uses the text `pickup-time-asap`; did you mean `pickup-time-ask`?",
        "texts/en.ftl:7:1: nothing uses the text `pickup-time-later`; did you mean `pickup-time`?",
        "texts/zh-CN.ftl:6:1: nothing uses the text `pickup-time-asap`; did you mean `pickup-time-ask`?",
        "texts/zh-CN.ftl:7:1: nothing uses the text `pickup-time-later`; did you mean `pickup-time`?",
    ]),
    case("no_review", "flows/pickup.toml", Text("\n[[step]]\nid = \"review\"\nkind = \"review\"", ""), &[
        "flows/pickup.toml:1:1: the flow has no step of kind `review`; add one with kind = \"review\"",
    ]),
    case("unreachable_after_the_review", "flows/pickup.toml", Text("kind = \"review\"", "kind = \"review\"\n[[step]]\nid = \"phone\"\nkind = \"phone\""), &[
        "flows/pickup.toml:28:6: the step `phone` comes after the review and is never reached; move it before the review",
        "flows/pickup.toml:28:6: the text `pickup-phone-ask` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:28:6: the text `pickup-phone-ask` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:28:6: the text `pickup-phone-example` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:28:6: the text `pickup-phone-example` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:28:6: the text `pickup-phone` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:28:6: the text `pickup-phone` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("never_true", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "false"), &[
        "flows/pickup.toml:22:9: the step is never reached: no answer makes this true; remove the step or change `when`",
    ]),
    case("condition_on_a_later_answer", "flows/pickup.toml", Text("kind = \"choice\"", "kind = \"choice\"\nwhen = \"answer.name == 'x'\""), &[
        "flows/pickup.toml:11:9: the condition reads `answer.name`, which is asked later; move that step before this one",
    ]),
    case("condition_on_an_unknown_choice", "flows/pickup.toml", Text("== 'later'", "== 'latter'"), &[
        "flows/pickup.toml:22:9: the step `time` has no choice `latter`; did you mean `later`?",
    ]),
    case("broken_expression", "flows/pickup.toml", Text("> 100", ">"), &[
        "flows/pickup.toml:22:54: the condition can't be read: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}; write it as in `order.total_minor > 20000 && time.hour < 12`",
    ]),
    case("unknown_fact", "flows/pickup.toml", Text("total_minor", "totl"), &[
        "flows/pickup.toml:22:40: `order` has no `totl`; did you mean `total_minor`?",
    ]),
    case("unknown_function", "flows/pickup.toml", Text("order.total_minor > 100", "nosuch(1)"), &[
        "flows/pickup.toml:22:41: there is no function `nosuch`; known: size, startsWith, endsWith, contains, has, exists, all, exists_one, filter",
    ]),
    case("wrong_operands", "flows/pickup.toml", Text("> 100", "> 'x'"), &[
        "flows/pickup.toml:22:53: `>` does not work on a number and text; both sides must be of a kind that can be compared or counted",
    ]),
    case("broken_pattern", "flows/pickup.toml", Text("^[a-z]+$", "^[a-z+$"), &[
        "flows/pickup.toml:21:11: the pattern can't be read: unclosed character class; write a regular expression such as \"^[0-9]{4}$\"",
    ]),
    case("flow_text_missing", "flows/pickup.toml", Text("id = \"pickup\"", "id = \"pickup\"\ntitle = \"collect\""), &[
        "flows/pickup.toml:2:9: the text `collect` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:2:9: the text `collect` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "texts/en.ftl:1:1: nothing uses the text `pickup`; did you mean `pickup-name`?",
        "texts/zh-CN.ftl:1:1: nothing uses the text `pickup`; did you mean `pickup-name`?",
    ]),
    case("second_flow_of_the_same_id", "flows/zero.toml", Text("", FLOW), &[
        "flows/zero.toml:1:6: the flow `pickup` is in flows/pickup.toml too; rename one",
    ]),
    // texts
    case("broken_ftl", "texts/en.ftl", Text("pickup-time = Time", "pickup-time Time"), &[
        "flows/pickup.toml:9:6: the text `pickup-time` is missing in `en`; add it to texts/en.ftl",
        "texts/en.ftl:3:13: broken text file: Expected a token starting with \"=\"; write one text a line, as in `id = words`, longer ones indented below",
    ]),
    case("text_without_words", "texts/en.ftl", Text("pickup-time = Time", "pickup-time ="), &[
        "flows/pickup.toml:9:6: the text `pickup-time` is missing in `en`; add it to texts/en.ftl",
        "texts/en.ftl:3:1: the text `pickup-time` has no words; write one text a line, as in `id = words`, longer ones indented below",
    ]),
    case("text_missing_in_one_language", "texts/zh-CN.ftl", Text("pickup-name = Name\n", ""), &[
        "flows/pickup.toml:19:6: the text `pickup-name` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("text_twice", "texts/en.ftl", Text("pickup-time = Time", "pickup-time = Time\npickup = Time"), &[
        "texts/en.ftl:4:1: the text `pickup` is there twice; remove one",
    ]),
    case("differing_variables", "texts/zh-CN.ftl", Text("pickup = Pickup", "pickup = Pickup { $n }"), &[
        "texts/zh-CN.ftl:1:1: nothing gives `$n` to the text `pickup`; remove it: this text gets no variables",
        "texts/zh-CN.ftl:1:1: the text `pickup` differs from `en` in $n; use the same variables in every language",
    ]),
    case("variable_nobody_gives", "texts/en.ftl", Text("tax-food = VAT", "tax-food = VAT\norder-reason = { $raeson }"), &[
        "texts/en.ftl:13:1: nothing gives `$raeson` to the text `order-reason`; did you mean `reason`?",
    ]),
    case("unused_text", "texts/en.ftl", Text("tax-food = VAT", "tax-food = VAT\nbutton-bakc = Back"), &[
        "texts/en.ftl:13:1: nothing uses the text `button-bakc`; did you mean `button-back`?",
        "texts/en.ftl:13:1: the text `button-bakc` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("broken_html", "texts/en.ftl", Text("pickup-time-ask = When?", "pickup-time-ask = <b>When?"), &[
        "texts/en.ftl:4:1: Telegram would refuse this text: <b> is never closed; use and close <b>, <i>, <u>, <s>, <code>, <pre>, <a>; write < as &lt;",
    ]),
    case("unknown_reference", "texts/en.ftl", Text("pickup-time-ask = When?", "pickup-time-ask = { whn }"), &[
        "texts/en.ftl:4:1: it refers to `whn`, which does not exist; define it in this file",
    ]),
    case("label_too_long", "texts/en.ftl", Text("pickup-time-asap = Now", "pickup-time-asap = Now now now now now now now now now now now now now now now now"), &[
        "texts/en.ftl:6:1: the text `pickup-time-asap` has 63 characters and would be cut off; at most 60 fit",
    ]),
    case("texts_of_a_language_not_spoken", "texts/fr.ftl", Text("", "pickup = À emporter"), &[
        "texts/fr.ftl:1:1: the shop does not speak `fr`; add it to `locales` in shop.toml, or rename the file",
    ]),
    case("question_without_answer", "faq.en.md", Text("Here.", ""), &[
        "faq.en.md:1:1: a question without an answer; write the answer below it",
    ]),
    case("words_before_the_first_question", "faq.en.md", Text("# Where?", "Hello\n# Where?"), &[
        "faq.en.md:1:1: words before the first question; begin with a heading: # Question",
    ]),
    case("broken_photo", "green.png", Bytes(b"\x89PNG\r\n\x1a\n", 10 * 1024 * 1024), &[
        "catalogue.toml:11:9: `green.png` has more than 10 MB; save the picture smaller",
    ]),
    case("no_shop_toml", "shop.toml", Gone, &[
        "shop.toml:1:1: the file is missing; copy one with `ks-order init restaurant DIR`",
    ]),
    case("no_catalogue", "catalogue.toml", Gone, &[
        "catalogue.toml:1:1: the file is missing; copy one with `ks-order init restaurant DIR`",
    ]),
    case("no_flow", "flows/pickup.toml", Gone, &[
        "flows:1:1: the shop has no flow; copy flows/pickup.toml from `ks-order init restaurant DIR`",
        "…",
    ]),
    case("no_utf_8", "texts/en.ftl", Bytes(b"pickup = \xFF", 0), &[
        "flows/pickup.toml:1:6: the text `pickup` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:5:6: the text `pickup-items` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:9:6: the text `pickup-time-ask` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:9:6: the text `pickup-time-example` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:9:6: the text `pickup-time` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:13:6: the text `pickup-time-asap` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:16:6: the text `pickup-time-later` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:19:6: the text `pickup-name-ask` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:19:6: the text `pickup-name-example` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:19:6: the text `pickup-name` is missing in `en`; add it to texts/en.ftl",
        "shop.toml:9:9: the text `tax-food` is missing in `en`; add it to texts/en.ftl",
        "shop.toml:23:12: the text `reason-busy` is missing in `en`; add it to texts/en.ftl",
        "texts/en.ftl:1:1: the file is not in UTF-8; save it as UTF-8",
    ]),
    case("condition_too_long", "flows/pickup.toml", Many("answer.time ==", "time.open || ", 40), &[
        "flows/pickup.toml:22:9: the condition is longer than 500 characters; split it over several steps or rules",
    ]),
    case("condition_with_too_many_brackets", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "(((((((((((((((((true)))))))))))))))))"), &[
        "flows/pickup.toml:22:9: the condition is nested too deeply; make it simpler",
    ]),
    case("condition_that_is_no_condition", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "order.lines + 1"), &[
        "flows/pickup.toml:22:21: the condition gives a number, not true or false; compare it with something",
    ]),
    case("condition_too_deep", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1 > 1"), &[
        "flows/pickup.toml:22:48: the condition is nested too deeply; make it simpler",
        "flows/pickup.toml:22:51: the condition is nested too deeply; make it simpler",
    ]),
    case("field_of_what_has_none", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "order.lines.x == 1"), &[
        "flows/pickup.toml:22:20: `.x` asks a field of what has none; fields are those of order, customer, time, credit, budget, answer",
    ]),
    case("map_in_a_condition", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "{'a': 1} == {'a': 1}"), &[
        "flows/pickup.toml:22:9: this kind of expression is not used in conditions; use comparisons, `&&`, `||`, `!`, `in` and lists",
        "flows/pickup.toml:22:21: this kind of expression is not used in conditions; use comparisons, `&&`, `||`, `!`, `in` and lists",
    ]),
    case("fraction_in_a_condition", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "order.lines > 1.5"), &[
        "flows/pickup.toml:22:23: this kind of value is not used in conditions; write whole numbers (money in minor units), text in quotes, true or false",
    ]),
    case("unknown_record", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "oder.lines > 1"), &[
        "flows/pickup.toml:22:9: there is no `oder`; did you mean `order`?",
    ]),
    case("list_of_different_kinds", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "order.lines in [1, 'x']"), &[
        "flows/pickup.toml:22:28: a number and text can't be put together; both sides must be of the same kind",
    ]),
    case("too_many_macros", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "order.items.exists(a, order.items.exists(b, order.items.exists(c, order.items.exists(d, d == a))))"), &[
        "flows/pickup.toml:22:93: more than 3 of exists, all … within one another; make it simpler",
    ]),
    case("macro_on_no_list", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "order.flow.exists(a, a == 'x')"), &[
        "flows/pickup.toml:22:26: text is no list; go through a list",
    ]),
    case("contradiction", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "answer.time == 'asap' && answer.time == 'later'"), &[
        "flows/pickup.toml:22:9: the step is never reached: no answer makes this true; remove the step or change `when`",
    ]),
    case("answer_that_is_never_empty", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "answer.time == ''"), &[
        "flows/pickup.toml:22:9: the step is never reached: no answer makes this true; remove the step or change `when`",
    ]),
    case("constant", "flows/pickup.toml", Text("answer.time == 'later' && order.total_minor > 100", "1 > 2"), &[
        "flows/pickup.toml:22:9: the step is never reached: no answer makes this true; remove the step or change `when`",
    ]),
    case("step_of_grams", "catalogue.toml", Text("price = \"12.00\"\ntax = \"food\"\nphoto", "unit = \"gram\"\nstep = 50\nmin = 75\nprice = \"12.00\"\ntax = \"food\"\nphoto"), &[
        "catalogue.toml:6:6: the item `green` has a unit that makes no sense; `min` must be a whole number of `step`",
    ]),
    case("less_than_is_sold", "catalogue.toml", Text("price = \"12.00\"\ntax = \"food\"\nphoto", "unit = \"gram\"\nmax_per_order = 20\nprice = \"12.00\"\ntax = \"food\"\nphoto"), &[
        "catalogue.toml:6:6: the item `green` has a stock or a limit that makes no sense; `stock` is zero or more and `max_per_order` at least what is sold at once",
    ]),
    case("bad_code", "catalogue.toml", Text("price = \"12.00\"\ntax = \"food\"\nphoto", "code = \"a b\"\nprice = \"12.00\"\ntax = \"food\"\nphoto"), &[
        "catalogue.toml:9:8: the item `green` has a bad code; use 1 to 32 letters, digits and -_./#, with a letter or digit first",
    ]),
    case("code_of_another", "catalogue.toml", Text("price = \"12.00\"\ntax = \"food\"\nphoto", "code = \"BLACK\"\nprice = \"12.00\"\ntax = \"food\"\nphoto"), &[
        "catalogue.toml:9:8: the code `BLACK` of the item `green` is taken; give each item and variant a code of its own; an id counts as one",
    ]),
    case("negative_price", "catalogue.toml", Text("price = \"12.00\"", "price = \"-1.00\""), &[
        "catalogue.toml:6:6: the item `green` has a price below zero; prices are zero or more",
    ]),
    case("no_variant", "catalogue.toml", Text("[[item.variant]]\nid = \"pot\"\nname = { en = \"Pot\", zh-CN = \"壶\" }\nprice = \"20.00\"\n", "variant = []\n"), &[
        "catalogue.toml:17:6: the item `black` has no price; add `price` or an [[item.variant]]",
    ]),
    case("two_defaults", "catalogue.toml", Text("[[item.variant]]\nid = \"pot\"", "[[item.variant]]\nid = \"cup\"\nname = { en = \"Cup\", zh-CN = \"杯\" }\nprice = \"9.00\"\ndefault = true\n\n[[item.variant]]\ndefault = true\nid = \"pot\""), &[
        "catalogue.toml:17:6: the item `black` has two default variants; mark one with default = true",
    ]),
    case("negative_price_of_a_variant", "catalogue.toml", Text("price = \"20.00\"", "price = \"-20.00\""), &[
        "catalogue.toml:24:6: the variant `pot` of `black` has a price below zero; prices are zero or more",
    ]),
    case("unused_group", "catalogue.toml", Text("[[group]]\nid = \"sugar\"", "[[group]]\nid = \"milk\"\nname = { en = \"X\", zh-CN = \"某\" }\n[[group.choice]]\nid = \"a\"\nname = { en = \"A\", zh-CN = \"甲\" }\n\n[[group]]\nid = \"sugar\""), &[
        "catalogue.toml:29:6: the option group `milk` is used by no item; name it in an item's `groups`, or remove it",
    ]),
    case("too_much_preselected_of_a_choice", "catalogue.toml", Text("default = 1", "default = -1"), &[
        "catalogue.toml:38:11: `default` is -1; a number from 0 to 1000 makes sense here",
    ]),
    case("nothing_at_most", "catalogue.toml", Text("default = 1", "max = 0"), &[
        "catalogue.toml:38:7: `max` is 0; a number from 1 to 1000 makes sense here",
    ]),
    case("unknown_inner_group", "catalogue.toml", Text("default = 1", "default = 1\ngroups = [\"milk\"]"), &[
        "catalogue.toml:39:11: there is no option group `milk`; name one that this file has",
    ]),
    case("negative_price_of_a_choice", "catalogue.toml", Text("price = \"0.00\"", "price = \"-2.00\""), &[
        "catalogue.toml:35:6: the choice `none` of `sugar` has a price below zero; prices are zero or more",
    ]),
    case("too_deep_groups", "catalogue.toml", Text("price = \"0.00\"\ndefault = 1", "groups = [\"g1\"]\n[[group]]\nid = \"g1\"\nname = { en = \"X\", zh-CN = \"某\" }\n[[group.choice]]\nid = \"a\"\nname = { en = \"A\", zh-CN = \"甲\" }\ngroups = [\"g2\"]\n[[group]]\nid = \"g2\"\nname = { en = \"X\", zh-CN = \"某\" }\n[[group.choice]]\nid = \"a\"\nname = { en = \"A\", zh-CN = \"甲\" }\ngroups = [\"g3\"]\n[[group]]\nid = \"g3\"\nname = { en = \"X\", zh-CN = \"某\" }\n[[group.choice]]\nid = \"a\"\nname = { en = \"A\", zh-CN = \"甲\" }\ngroups = [\"g4\"]\n[[group]]\nid = \"g4\"\nname = { en = \"X\", zh-CN = \"某\" }\n[[group.choice]]\nid = \"a\"\nname = { en = \"A\", zh-CN = \"甲\" }\n\n"), &[
        "catalogue.toml:29:6: the option group `sugar` lies too deep in other groups; nest at most four groups",
    ]),
    case("price_by_variant_for_none", "catalogue.toml", Text("price = \"0.00\"", "prices = { pot = \"1.00\" }"), &[
        "catalogue.toml:35:6: the choice `none` of `sugar` has prices by variant only, but `green` has no variants; give it one `price`",
    ]),
    case("no_price_for_a_variant", "catalogue.toml", Text("price = \"0.00\"", "prices = { cup = \"1.00\" }"), &[
        "catalogue.toml:35:6: the choice `none` of `sugar` has no price for the variant `pot` of `black`; add `pot = \"…\"` to its `prices`",
        "catalogue.toml:35:6: the choice `none` of `sugar` has prices by variant only, but `green` has no variants; give it one `price`",
    ]),
    case("more_buttons_than_a_message_holds", "catalogue.toml", Many("[[group.choice]]\nid = \"none\"", "[[group.choice]]\nid = \"c#\"\nname = { en = \"#\", zh-CN = \"#\" }\n", 90), &[
        "catalogue.toml:6:6: the item `green` has 91 variants and choices, more than a card holds; leave it at most 90 of them, those of groups within groups included",
        "catalogue.toml:17:6: the item `black` has 92 variants and choices, more than a card holds; leave it at most 90 of them, those of groups within groups included",
    ]),
    case("nothing_to_sell", "catalogue.toml", Bytes(b"item = []\n", 0), &[
        "catalogue.toml:1:1: the shop sells nothing; add an [[item]]",
        "…",
    ]),
    case("too_many_items", "catalogue.toml", Many("[[group]]\nid = \"sugar\"", "[[item]]\nid = \"i#\"\ncategory = \"tea\"\nname = { en = \"x\", zh-CN = \"x\" }\nprice = \"1\"\ntax = \"food\"\n", 998), &[
        "catalogue.toml:1:1: 1000 items are too many; list at most 999",
    ]),
    case("price_beside_variants", "catalogue.toml", Text("[[item.variant]]\nid = \"pot\"", "price = \"1.00\"\n[[item.variant]]\nid = \"pot\""), &[
        "catalogue.toml:23:1: an item with variants has its prices there; remove this `price`",
    ]),
    case("unknown_quantifier", "catalogue.toml", Text("max_units = 1", "max_units = 1\nquantifiers = [\"double\"]"), &[
        "catalogue.toml:33:16: there is no quantifier `double`; known: extra, light, without",
    ]),
    case("allergen_that_is_no_id", "catalogue.toml", Text("[\"milk\"]", "[\"Soy beans\"]"), &[
        "catalogue.toml:12:13: `Soy beans` is no id of an allergen; use a-z, 0-9 and -, at most 24; its words are the text `allergen-ID`",
        "catalogue.toml:12:13: the text `allergen-Soy beans` is missing in `en`; add it to texts/en.ftl",
        "catalogue.toml:12:13: the text `allergen-Soy beans` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("caption_too_long", "catalogue.toml", Many("\"milk\"]", "\"milk\", ", 150), &[
        "catalogue.toml:6:6: the card of `green` has 945 characters in `en` and would be cut off below its picture; shorten `about`, name fewer allergens or groups: at most 800 fit, or remove `photo`",
    ]),
    case("photo_is_damaged", "green.png", Bytes(b"\x89PNG\r\n\x1a\n", 8), &[
        "catalogue.toml:11:9: `green.png` is damaged: its size can't be read; save the picture anew",
    ]),
    case("photo_too_wide", "green.png", Bytes(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x27\x10\0\0\x08\0", 0), &[
        "catalogue.toml:11:9: `green.png` has 10000 × 2048 pixels; Telegram takes at most 10000 for both sides together: save it smaller",
    ]),
    case("photo_is_a_strip", "green.png", Bytes(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x10\0\0\x08\0", 0), &[
        "catalogue.toml:11:9: `green.png` has 16 × 2048 pixels, a strip; one side may be at most 20 times the other: cut it",
    ]),
    case("no_tax_class", "shop.toml", Text("[[tax]]\nclass = \"food\"\npercent = \"6\"\n", ""), &[
        "catalogue.toml:10:7: there is no tax class `food`; add a [[tax]] with this `class` to shop.toml",
        "catalogue.toml:20:7: there is no tax class `food`; add a [[tax]] with this `class` to shop.toml",
        "texts/en.ftl:12:1: nothing uses the text `tax-food`; remove it, or name it where it is needed",
        "texts/zh-CN.ftl:12:1: nothing uses the text `tax-food`; remove it, or name it where it is needed",
    ]),
    case("heading_without_question", "faq.en.md", Text("# Where?", "#"), &[
        "faq.en.md:1:1: a heading without a question; write the question after #",
    ]),
    case("answer_too_long", "faq.en.md", Many("Here.", "x", 2_996), &[
        "faq.en.md:1:1: the answer has 3001 characters; at most 3000 fit a message",
    ]),
    case("bad_flow_id", "flows/pickup.toml", Text("id = \"pickup\"", "id = \"Pick up\""), &[
        "flows/pickup.toml:1:6: `Pick up` is no id; use a-z, 0-9 and -, at most 24 bytes, so that it fits a button's 64",
        "flows/pickup.toml:1:6: the text `Pick up` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:1:6: the text `Pick up` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:5:6: the text `Pick up-items` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:5:6: the text `Pick up-items` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:9:6: the text `Pick up-time-ask` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:9:6: the text `Pick up-time-ask` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:9:6: the text `Pick up-time-example` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:9:6: the text `Pick up-time-example` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:9:6: the text `Pick up-time` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:9:6: the text `Pick up-time` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:13:6: the text `Pick up-time-asap` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:13:6: the text `Pick up-time-asap` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:16:6: the text `Pick up-time-later` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:16:6: the text `Pick up-time-later` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:19:6: the text `Pick up-name-ask` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:19:6: the text `Pick up-name-ask` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:19:6: the text `Pick up-name-example` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:19:6: the text `Pick up-name-example` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:19:6: the text `Pick up-name` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:19:6: the text `Pick up-name` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "texts/en.ftl:1:1: nothing uses the text `pickup`; did you mean `Pick up`?",
        "texts/en.ftl:2:1: nothing uses the text `pickup-items`; did you mean `Pick up-items`?",
        "texts/en.ftl:3:1: nothing uses the text `pickup-time`; did you mean `Pick up-time`?",
        "texts/en.ftl:4:1: nothing uses the text `pickup-time-ask`; did you mean `Pick up-time-ask`?",
        "texts/en.ftl:5:1: nothing uses the text `pickup-time-example`; did you mean `Pick up-time-example`?",
        "texts/en.ftl:6:1: nothing uses the text `pickup-time-asap`; did you mean `Pick up-time-asap`?",
        "texts/en.ftl:7:1: nothing uses the text `pickup-time-later`; did you mean `Pick up-time-later`?",
        "texts/en.ftl:8:1: nothing uses the text `pickup-name`; did you mean `Pick up-name`?",
        "texts/en.ftl:9:1: nothing uses the text `pickup-name-ask`; did you mean `Pick up-name-ask`?",
        "texts/en.ftl:10:1: nothing uses the text `pickup-name-example`; did you mean `Pick up-name-example`?",
        "texts/zh-CN.ftl:1:1: nothing uses the text `pickup`; did you mean `Pick up`?",
        "texts/zh-CN.ftl:2:1: nothing uses the text `pickup-items`; did you mean `Pick up-items`?",
        "texts/zh-CN.ftl:3:1: nothing uses the text `pickup-time`; did you mean `Pick up-time`?",
        "texts/zh-CN.ftl:4:1: nothing uses the text `pickup-time-ask`; did you mean `Pick up-time-ask`?",
        "texts/zh-CN.ftl:5:1: nothing uses the text `pickup-time-example`; did you mean `Pick up-time-example`?",
        "texts/zh-CN.ftl:6:1: nothing uses the text `pickup-time-asap`; did you mean `Pick up-time-asap`?",
        "texts/zh-CN.ftl:7:1: nothing uses the text `pickup-time-later`; did you mean `Pick up-time-later`?",
        "texts/zh-CN.ftl:8:1: nothing uses the text `pickup-name`; did you mean `Pick up-name`?",
        "texts/zh-CN.ftl:9:1: nothing uses the text `pickup-name-ask`; did you mean `Pick up-name-ask`?",
        "texts/zh-CN.ftl:10:1: nothing uses the text `pickup-name-example`; did you mean `Pick up-name-example`?",
    ]),
    case("start_at_no_table", "flows/pickup.toml", Text("[\"menu\"]", "[\"menu\", \"table\"]"), &[
        "flows/pickup.toml:2:19: the flow starts at a table, and the shop has none; add `[tables] count = …` or a `[[table]]` to shop.toml",
    ]),
    case("unknown_start", "flows/pickup.toml", Text("[\"menu\"]", "[\"menu\", \"door\"]"), &[
        "flows/pickup.toml:2:19: a flow can't start from `door`; known: menu, table, template, reorder",
    ]),
    case("nothing_begins_it", "flows/pickup.toml", Text("starts = [\"menu\"]\n", ""), &[
        "flows/pickup.toml:1:1: nothing begins this flow; add starts = [\"menu\"]",
    ]),
    case("too_many_steps", "flows/pickup.toml", Many("[[step]]\nid = \"review\"", "[[step]]\nid = \"n#\"\nkind = \"yes_no\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\n", 28), &[
        "flows/pickup.toml:1:1: 32 steps are too many; ask at most 30",
    ]),
    case("second_review", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"check\"\nkind = \"review\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:28:6: a second step of kind `review`; remove one",
        "flows/pickup.toml:28:6: the step `review` comes after the review and is never reached; move it before the review",
    ]),
    case("condition_on_the_cart", "flows/pickup.toml", Text("kind = \"items\"", "kind = \"items\"\nwhen = \"time.open\""), &[
        "flows/pickup.toml:7:8: the cart and the review can't depend on a condition; remove `when`",
    ]),
    case("title_that_is_no_text_id", "flows/pickup.toml", Text("kind = \"text\"", "kind = \"text\"\ntitle = \"Your name\""), &[
        "flows/pickup.toml:21:9: `Your name` can't be the id of a text; begin with a letter, go on with letters, digits, - and _; the words themselves go into texts/",
    ]),
    case("no_answer_fits", "flows/pickup.toml", Text("kind = \"text\"", "kind = \"text\"\nmin = 9\nmax = 3"), &[
        "flows/pickup.toml:21:1: `min` is 9 and `max` is 3; no answer fits: make `min` the smaller one",
    ]),
    case("no_day_fits", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"date\"\nfrom = 9\nto = 3\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:30:1: `from` is 9 and `to` is 3; no day fits: make `from` the smaller one",
    ]),
    case("window_twice", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"slot\"\nslots = [\"10:00-12:00\", \"10:00-12:00\"]\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:30:25: the window `10:00-12:00` is there twice; remove one",
    ]),
    case("bad_window", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"slot\"\nslots = [\"10:00-12:00\", \"22:00-02:00\"]\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:30:25: `22:00-02:00` is no window of one day; write it as in `10:00-12:00`",
    ]),
    case("no_window", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"slot\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:24:1: this step has no window to choose, so nobody can leave it; add slots = [\"10:00-12:00\"]",
    ]),
    case("too_many_windows", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"slot\"\ndays = 14\nslots = [\"10:00-11:00\", \"11:00-12:00\", \"12:00-13:00\"]\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:31:1: 42 windows don't fit a message; offer fewer windows or `days`: at most 40 altogether",
    ]),
    case("window_when_closed", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"slot\"\nslots = [\"06:00-08:00\", \"14:00-16:00\"]\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:25:6: no window of the step `more` begins while the shop is open, so nobody can leave it; change `slots` or the hours",
    ]),
    case("no_way_to_pay", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"payment\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:29:8: the shop has no way to pay, so nobody can leave this step; add payments = [\"cash\"] to shop.toml",
    ]),
    case("unknown_way_to_pay", "flows/pickup.toml", Texts(&[
        ("shop.toml", "owner = 7", "payments = [\"cash\"]"),
        ("texts/en.ftl", "tax-food = VAT", "tax-food = VAT\npayment-cash = Cash"),
        ("texts/zh-CN.ftl", "tax-food = VAT", "tax-food = VAT\npayment-cash = Cash"),
        ("flows/pickup.toml", "[[step]]\nid = \"review\"", "[[step]]\nid = \"pay\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"payment\"\nonly = [\"csh\"]\n[[step]]\nid = \"review\""),
    ]), &[
        "flows/pickup.toml:30:9: the shop has no way to pay `csh`; did you mean `cash`?",
    ]),
    case("bad_choice_id", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"choice\"\n[[step.choice]]\nid = \"A B\"\nlabel = \"pickup\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:31:6: `A B` is no id; use a-z, 0-9 and -, at most 24 bytes, so that it fits a button's 64",
    ]),
    case("too_many_choices", "flows/pickup.toml", Many("\n[[step]]\nid = \"name\"", "[[step.choice]]\nid = \"c#\"\nlabel = \"pickup\"\n", 41), &[
        "flows/pickup.toml:8:1: 43 choices don't fit a message; offer at most 40",
        "flows/pickup.toml:139:9: the choices `c1` and `c2` of the step `time` read the same in `en`; give each its own words",
        "flows/pickup.toml:139:9: the choices `c1` and `c2` of the step `time` read the same in `zh-CN`; give each its own words",
    ]),
    case("flow_that_never_opens", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\n[hours]\nsun = []"), &[
        "flows/pickup.toml:3:1: with these hours it never opens; name at least one opening, such as mon = [\"11:00-22:00\"]",
    ]),
    case("function_in_a_text", "texts/en.ftl", Text("tax-food = VAT", "tax-food = VAT { NUMBER(1) }"), &[
        "texts/en.ftl:12:1: there is no function `NUMBER`; write the variable alone, as in { $total }",
    ]),
    case("texts_in_a_circle", "texts/en.ftl", Text("pickup-items = Items", "pickup-items = { pickup-items }"), &[
        "texts/en.ftl:2:1: the text `pickup-items` leads back to itself; write the words out in one of them",
    ]),
    case("texts_of_a_whole_language_missing", "shop.toml", Text("zh-CN\"]", "zh-CN\", \"fr\"]"), &[
        "shop.toml:2:8: `name` is missing in `fr`; add `fr = \"…\"`",
        "flows/pickup.toml:1:6: the text `pickup` is missing in `fr`; add it to texts/fr.ftl",
        "texts/fr.ftl:1:1: the text `action-accept` is missing in `fr`; add it here",
        "texts/fr.ftl:1:1: * more texts are missing in `fr`; take them over from the product's English texts",
        "…",
    ]),
    case("bad_shop_id", "shop.toml", Text("id = \"tea\"", "id = \"Tea House\""), &[
        "shop.toml:1:6: `Tea House` is no id; use a-z, 0-9 and -, at most 24",
    ]),
    case("shop_name_too_long", "shop.toml", Text("en = \"Tea house\"", "en = \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\""), &[
        "shop.toml:2:1: `name` in `en` has 61 characters and would be cut off; at most 60 fit the screen",
    ]),
    case("owner_is_a_group", "shop.toml", Text("owner = 7", "owner = -100"), &[
        "shop.toml:6:9: `owner` is -100, which is no person; write the Telegram user id of a person, a number above 0",
    ]),
    case("hours_that_never_open", "shop.toml", Text("mon = [\"10:00-14:00\", \"17:00-22:00\"]", "mon = []"), &[
        "shop.toml:12:1: with these hours it never opens; name at least one opening, such as mon = [\"11:00-22:00\"]",
    ]),
    case("exception_backwards", "shop.toml", Text("[hold]", "[[hours.except]]\nfrom = \"2026-12-24\"\nto = \"2026-12-20\"\n[hold]"), &[
        "shop.toml:17:1: `to` is before `from`, 2026-12-24; swap them",
    ]),
    case("asked_too_late", "shop.toml", Text("[hold]", "[schedule]\nask = 4\n[hold]"), &[
        "shop.toml:16:7: `ask` is 4; a number from 5 to 1440 makes sense here",
    ]),
    case("asked_about_one_customers_words", "shop.toml", Text("[hold]", "[understanding]\npropose_after = 1\n[hold]"), &[
        "shop.toml:16:17: `propose_after` is 1; a number from 2 to 100 makes sense here",
    ]),
    case("exception_on_no_day", "shop.toml", Text("[hold]", "[[hours.except]]\nfrom = \"24 December\"\n[hold]"), &[
        "shop.toml:16:8: `24 December` is no day; write it as in `2026-12-24`",
    ]),
    case("exception_without_day", "shop.toml", Text("[hold]", "[[hours.except]]\nopen = []\n[hold]"), &[
        "shop.toml:15:1: `from` is missing; add `from = …`",
    ]),
    case("locale_twice", "shop.toml", Text("[\"en\", \"zh-CN\"]", "[\"en\", \"zh-CN\", \"en\"]"), &[
        "shop.toml:5:27: `en` is listed twice; remove one",
    ]),
    case("no_locale", "shop.toml", Text("[\"en\", \"zh-CN\"]", "[]"), &[
        "catalogue.toml:3:22: `name` is in `zh-CN`, which the shop does not speak; add it to `locales` in shop.toml",
        "catalogue.toml:8:28: `name` is in `zh-CN`, which the shop does not speak; add it to `locales` in shop.toml",
        "catalogue.toml:19:28: `name` is in `zh-CN`, which the shop does not speak; add it to `locales` in shop.toml",
        "catalogue.toml:25:22: `name` is in `zh-CN`, which the shop does not speak; add it to `locales` in shop.toml",
        "catalogue.toml:30:24: `name` is in `zh-CN`, which the shop does not speak; add it to `locales` in shop.toml",
        "catalogue.toml:36:23: `name` is in `zh-CN`, which the shop does not speak; add it to `locales` in shop.toml",
        "shop.toml:2:28: `name` is in `zh-CN`, which the shop does not speak; add it to `locales` in shop.toml",
        "shop.toml:5:1: the shop speaks no language; add `locales = [\"en\"]`",
        "texts/zh-CN.ftl:1:1: the shop does not speak `zh-CN`; add it to `locales` in shop.toml, or rename the file",
    ]),
    case("payment_that_is_no_id", "shop.toml", Text("owner = 7", "payments = [\"Cash!\"]"), &[
        "shop.toml:6:13: `Cash!` is no id; use a-z, 0-9 and -, at most 24",
        "shop.toml:6:13: the text `payment-Cash!` is missing in `en`; add it to texts/en.ftl",
        "shop.toml:6:13: the text `payment-Cash!` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("payment_twice", "shop.toml", Text("owner = 7", "payments = [\"cash\", \"cash\"]"), &[
        "shop.toml:6:13: the text `payment-cash` is missing in `en`; add it to texts/en.ftl",
        "shop.toml:6:13: the text `payment-cash` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "shop.toml:6:21: the text `payment-cash` is missing in `en`; add it to texts/en.ftl",
        "shop.toml:6:21: the text `payment-cash` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "shop.toml:6:21: the way to pay `cash` is listed twice; remove one",
    ]),
    case("tax_class_that_is_no_id", "shop.toml", Text("class = \"food\"", "class = \"Food & drink\""), &[
        "catalogue.toml:10:7: there is no tax class `food`; shop.toml has: Food & drink",
        "catalogue.toml:20:7: there is no tax class `food`; shop.toml has: Food & drink",
        "shop.toml:9:9: `Food & drink` is no id of a tax class; use a-z, 0-9 and -, at most 24; its words are the text `tax-CLASS`",
        "shop.toml:9:9: the text `tax-Food & drink` is missing in `en`; add it to texts/en.ftl",
        "shop.toml:9:9: the text `tax-Food & drink` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "texts/en.ftl:12:1: nothing uses the text `tax-food`; did you mean `tax-Food & drink`?",
        "texts/zh-CN.ftl:12:1: nothing uses the text `tax-food`; did you mean `tax-Food & drink`?",
    ]),
    case("staff_without_id", "shop.toml", Text("[[staff]]\nid = 8", "[[staff]]"), &[
        "shop.toml:28:1: this person has no `id`; add the Telegram user id, a whole number",
    ]),
    case("staff_without_role", "shop.toml", Text("roles = [\"kitchen\"]", "roles = []"), &[
        "shop.toml:28:1: this person has no role; add roles = [\"manager\", \"approver\", \"operator\", \"kitchen\", \"courier\", \"support\", \"auditor\"]",
    ]),
    case("limit_that_is_no_amount", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"approver\"]\nlimit = \"5.005\""), &[
        "shop.toml:31:9: `5.005` is no amount of CNY; write it with at most 2 decimals, as in \"500\"",
    ]),
    case("limit_of_who_approves_nothing", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\nlimit = \"500\""), &[
        "shop.toml:31:9: this person has a `limit`, but no role that approves; remove it, or add a role: manager, approver",
    ]),
    case("staff_twice", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[[staff]]\nid = 8\nroles = [\"manager\"]"), &[
        "shop.toml:32:6: the person 8 is there twice; give all roles in one [[staff]]",
    ]),
    case("staff_is_a_group", "shop.toml", Text("id = 8", "id = -8"), &[
        "shop.toml:29:6: `id` is -8, which is no person; write the Telegram user id of a person, a number above 0",
    ]),
    case("minutes_that_make_no_sense", "shop.toml", Text("[kitchen]", "[kitchen]\nminutes = [10, 0]"), &[
        "shop.toml:20:16: 0 minutes can't be offered; 1 to 600 make sense",
    ]),
    case("too_many_minutes", "shop.toml", Text("[kitchen]", "[kitchen]\nminutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]"), &[
        "shop.toml:20:1: 21 times are too many to choose from; offer at most 20",
    ]),
    case("reason_that_is_no_id", "shop.toml", Text("[\"busy\"]", "[\"busy\", \"no rice\"]"), &[
        "shop.toml:23:20: `no rice` is no id; use a-z, 0-9 and -, at most 24",
        "shop.toml:23:20: the text `reason-no rice` is missing in `en`; add it to texts/en.ftl",
        "shop.toml:23:20: the text `reason-no rice` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("reason_twice", "shop.toml", Text("[\"busy\"]", "[\"busy\", \"busy\"]"), &[
        "shop.toml:23:20: the reason `busy` is listed twice; remove one",
    ]),
    case("too_many_reasons", "shop.toml", Many("\"busy\"]", "\"r#\", ", 20), &[
        "shop.toml:23:1: 21 reasons are too many to choose from; list at most 20",
        "…",
    ]),
    case("empty_value", "shop.toml", Text("zone = \"Asia/Shanghai\"", "zone = \"\""), &[
        "shop.toml:4:8: `zone` is empty; give it a value",
    ]),
    case("empty_name", "shop.toml", Text("en = \"Tea house\"", "en = \"\""), &[
        "shop.toml:2:10: `name` is empty; give it a value",
    ]),
    case("public_host_is_private", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://localhost/x\""), &[
        "shop.toml:33:14: `localhost` is no public host; write it as in https://shop.example.com/telegram",
    ]),
    case("public_path_with_a_query", "shop.toml", Text("roles = [\"kitchen\"]", "roles = [\"kitchen\"]\n[receive]\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x?y\""), &[
        "shop.toml:33:14: `/x?y` is no plain path; use letters, digits and / - . _ ~ only",
    ]),
    case("delivery_without_failures", "flows/pickup.toml", Text("starts =", "fulfilment = \"delivery\"\nstarts ="), &[
        "flows/pickup.toml:2:1: a courier could not say why an order did not arrive; add `[delivery]` with `failures = [\"nobody-there\"]` to shop.toml, and its texts",
    ]),
    case("unknown_fulfilment", "flows/pickup.toml", Text("starts =", "fulfilment = \"carrier\"\nstarts ="), &[
        "flows/pickup.toml:2:14: `fulfilment` knows no `carrier`; known: `pickup`, `dine_in`, `delivery`",
    ]),
    // terms of flows
    case("minimum_that_is_no_amount", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\nminimum = \"30.005\""), &[
        "flows/pickup.toml:3:11: `30.005` is no amount of CNY; write it with at most 2 decimals, as in \"30\"",
    ]),
    case("fee_without_words", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\n[[fee]]\nid = \"bag\"\namount = \"1\"\ntax = \"food\"\nwhen = \"time.open\"\n"), &[
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("fee_of_an_unknown_tax_class", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\n[[fee]]\nid = \"bag\"\namount = \"1\"\ntax = \"foot\"\nwhen = \"time.open\"\n"), &[
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:6:7: there is no tax class `foot`; known: food; add others as `[[tax]]` to shop.toml",
    ]),
    case("fee_that_is_nothing", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\n[[fee]]\nid = \"bag\"\namount = \"0\"\ntax = \"food\"\nwhen = \"time.open\"\n"), &[
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:5:10: this fee is nothing; write an amount above zero, or remove the fee",
    ]),
    case("fee_of_a_bad_id", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\n[[fee]]\nid = \"A B\"\namount = \"1\"\ntax = \"food\"\nwhen = \"time.open\"\n"), &[
        "flows/pickup.toml:4:6: `A B` is no id; use a-z, 0-9 and -, at most 24",
        "…",
    ]),
    case("fee_twice", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\n[[fee]]\nid = \"bag\"\namount = \"1\"\ntax = \"food\"\nwhen = \"time.open\"\n[[fee]]\nid = \"bag\"\namount = \"1\"\ntax = \"food\"\nwhen = \"time.open\"\n"), &[
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:9:1: the fee `bag` is there twice; rename one; of several amounts each needs an id of its own",
        "flows/pickup.toml:9:6: the text `fee-bag` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:9:6: the text `fee-bag` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("fee_that_depends_on_itself", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\n[[fee]]\nid = \"bag\"\namount = \"1\"\ntax = \"food\"\nwhen = \"order.total_minor < 100\"\n"), &[
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:7:9: `order.total_minor` is only known after the fees; use `order.subtotal_minor`, which is the goods alone",
    ]),
    case("fee_on_an_unknown_fact", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\n[[fee]]\nid = \"bag\"\namount = \"1\"\ntax = \"food\"\nwhen = \"order.subtotl_minor < 100\"\n"), &[
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:7:14: `order` has no `subtotl_minor`; did you mean `subtotal_minor`?",
    ]),
    case("fee_never_charged", "flows/pickup.toml", Text("starts = [\"menu\"]", "starts = [\"menu\"]\n[[fee]]\nid = \"bag\"\namount = \"1\"\ntax = \"food\"\nwhen = \"answer.time == ''\"\n"), &[
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `en`; add it to texts/en.ftl",
        "flows/pickup.toml:4:6: the text `fee-bag` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "flows/pickup.toml:7:9: the fee is never charged: no answer makes this true; remove the fee or change `when`",
    ]),
    case("too_many_fees", "flows/pickup.toml", Many("[[step]]\nid = \"items\"", "[[fee]]\nid = \"bag-#\"\namount = \"1\"\ntax = \"food\"\n", 11), &[
        "flows/pickup.toml:44:1: these are too many fees; charge at most 10",
        "…",
    ]),
    case("picture_to_be_remembered", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"photo\"\nprefill = \"profile\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:30:1: a picture is not remembered; remove `prefill`",
    ]),
    case("silent_without_an_answer", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"text\"\nprefill_mode = \"silent\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:30:1: a step without `prefill` that must be answered can't be silent; add `prefill`, or `optional = true`",
    ]),
    case("once_without_an_answer", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"text\"\nprefill_mode = \"once\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:30:1: a step without `prefill` is asked each time; add `prefill`, or remove `prefill_mode`",
    ]),
    case("field_without_prefill", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"text\"\nfield = \"name\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:30:1: a step that nothing fills can't fill the profile; add prefill = \"profile\", or remove `field`",
    ]),
    case("field_of_the_last_order", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"text\"\nprefill = \"last_used\"\nfield = \"name\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:31:1: the answer of the last order is no part of a profile; write prefill = \"profile\", or remove `field`",
    ]),
    case("field_filled_twice", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"text\"\nprefill = \"profile\"\nfield = \"name\"\n[[step]]\nid = \"other\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"text\"\nprefill = \"profile\"\nfield = \"name\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:33:6: the step `other` fills `name` of the profile as an earlier one does; add field = \"none\" to the one that is about somebody else",
    ]),
    case("field_of_another_kind", "flows/pickup.toml", Text("[[step]]\nid = \"review\"", "[[step]]\nid = \"more\"\ntitle = \"pickup\"\nprompt = \"pickup\"\nexample = \"pickup\"\nkind = \"text\"\nprefill = \"profile\"\nfield = \"phone\"\n[[step]]\nid = \"review\""), &[
        "flows/pickup.toml:31:1: a step of kind `text` can't fill `phone` of a profile; name: kind `text`; phone, address and payment: the kinds of these names",
    ]),
    case("diet_that_is_no_id", "catalogue.toml", Text("contains = [\"milk\"]", "contains = [\"milk\"]\ndiet = [\"No Meat\"]"), &[
        "catalogue.toml:13:9: `No Meat` is no id of a diet; use a-z, 0-9 and -, at most 24; its words are the text `diet-ID`",
        "catalogue.toml:13:9: the text `diet-No Meat` is missing in `en`; add it to texts/en.ftl",
        "catalogue.toml:13:9: the text `diet-No Meat` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
    ]),
    case("choices_that_read_the_same", "texts/en.ftl", Text("pickup-time-later = Later", "pickup-time-later = Now"), &[
        "flows/pickup.toml:16:6: the choices `asap` and `later` of the step `time` read the same in `en`; give each its own words",
    ]),
    case("delivery_times", "shop.toml", Text("[chats]", "[delivery]\nremind = 20\n\n[chats]"), &[
        "shop.toml:25:1: the times of delivery are out of order; `remind` must be below `escalate`",
    ]),
    // playground.toml
    case("playground_without_an_owner", "playground.toml", Text("", "[[person]]\nname = \"B\"\nlanguage = \"en\"\nphone = \"1\"\n"), &[
        "playground.toml:1:1: one person of the playground owns the shop; give one [[person]] roles = [\"owner\"]",
    ]),
    case("playground_unknown_role", "playground.toml", Text("", "[[person]]\nname = \"B\"\nlanguage = \"en\"\nphone = \"1\"\nroles = [\"owner\", \"kitchn\"]\n"), &[
        "playground.toml:5:19: there is no role `kitchn`; did you mean `kitchen`?",
    ]),
    case("playground_person_twice", "playground.toml", Text("", "[[person]]\nname = \"B\"\nlanguage = \"en\"\nphone = \"1\"\nroles = [\"owner\"]\n[[person]]\nname = \"B\"\nlanguage = \"en\"\nphone = \"1\"\n"), &[
        "playground.toml:7:8: two people are called `B`; rename one",
    ]),
    case("playground_unknown_member", "playground.toml", Text("", "[[person]]\nname = \"B\"\nlanguage = \"en\"\nphone = \"1\"\nroles = [\"owner\"]\n[[group]]\nname = \"G\"\npurpose = \"kitchen\"\nmembers = [\"Nobody\"]\n"), &[
        "playground.toml:9:12: nobody is called `Nobody`; name somebody of this file",
    ]),
    case("playground_unknown_purpose", "playground.toml", Text("", "[[person]]\nname = \"B\"\nlanguage = \"en\"\nphone = \"1\"\nroles = [\"owner\"]\n[[group]]\nname = \"G\"\npurpose = \"cellar\"\n"), &[
        "playground.toml:8:11: there is no purpose `cellar` of a chat; known: kitchen, approvals, couriers, support",
    ]),
    case("playground_purpose_twice", "playground.toml", Text("", "[[person]]\nname = \"B\"\nlanguage = \"en\"\nphone = \"1\"\nroles = [\"owner\"]\n[[group]]\nname = \"G\"\npurpose = \"kitchen\"\n[[group]]\nname = \"G\"\npurpose = \"kitchen\"\n"), &[
        "playground.toml:11:11: two groups are for `kitchen`; remove one",
    ]),
];
