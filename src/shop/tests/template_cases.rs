//! What can be wrong with an order made ready.

use super::cases::case;
use super::kinds::Case;
use super::kinds::Plant::{Many, Text};

/// One of each.
#[rustfmt::skip]
pub(super) const TEMPLATE_CASES: &[Case] = &[
    case("template_of_no_id", "templates.toml", Text("id = \"pair\"", "id = \"A B\"\ntitle = \"template-pair\""), &[
        "templates.toml:2:6: `A B` is no id; use a-z, 0-9 and -, at most 24",
    ]),
    case("template_twice", "templates.toml", Text("# end", "[[template]]\nid = \"pair\"\n[[template.line]]\nitem = \"green\""), &[
        "templates.toml:17:1: the template `pair` is there twice; rename one",
    ]),
    case("template_without_words", "templates.toml", Text("id = \"pair\"", "id = \"pair\"\ntitle = \"template-two\""), &[
        "templates.toml:3:9: the text `template-two` is missing in `en`; add it to texts/en.ftl",
        "templates.toml:3:9: the text `template-two` is missing in `zh-CN`; add it to texts/zh-CN.ftl",
        "texts/en.ftl:13:1: nothing uses the text `template-pair`; did you mean `template-two`?",
        "texts/zh-CN.ftl:13:1: nothing uses the text `template-pair`; did you mean `template-two`?",
    ]),
    case("template_without_lines", "templates.toml", Text("# end", "[[template]]\nid = \"one\"\ntitle = \"template-pair\""), &[
        "templates.toml:16:1: the template `one` has no lines; add [[template.line]] with `item` and `quantity`",
    ]),
    case("template_of_too_many_lines", "templates.toml", Many("# end", "[[template.line]]\nitem = \"green\"\n", 199), &[
        "templates.toml:1:1: the template `pair` has more lines than a cart holds; write at most 200",
    ]),
    case("too_many_templates", "templates.toml", Many("# end", "[[template]]\nid = \"n#\"\ntitle = \"template-pair\"\n[[template.line]]\nitem = \"green\"\n", 30), &[
        "templates.toml:161:1: these are too many templates; write at most 30",
    ]),
    case("template_of_an_unknown_flow", "templates.toml", Text("flow = \"pickup\"", "flow = \"pikup\""), &[
        "templates.toml:3:8: there is no flow `pikup`; did you mean `pickup`?",
    ]),
    case("template_of_a_flow_that_it_does_not_begin", "flows/pickup.toml", Text("\"template\"", "\"reorder\""), &[
        "templates.toml:3:8: the flow `pickup` is not begun by a template; add \"template\" to its `starts`",
    ]),
    case("people_out_of_range", "templates.toml", Text("usual = 4", "usual = 40"), &[
        "templates.toml:4:20: `usual` is 40; a number from 2 to 12 makes sense here",
        "templates.toml:8:1: the template is for no number of people; add `people = { usual = 4 }` to the template, or remove `each`",
    ]),
    case("people_beyond_what_it_allows", "templates.toml", Text("usual = 4", "usual = 4, to = 3"), &[
        "templates.toml:4:12: `usual` is 4; a number from 2 to 3 makes sense here",
    ]),
    case("each_without_people", "templates.toml", Text("people = { usual = 4 }\n", ""), &[
        "templates.toml:7:1: the template is for no number of people; add `people = { usual = 4 }` to the template, or remove `each`",
    ]),
    case("template_of_an_item_that_is_gone", "templates.toml", Text("item = \"green\"", "item = \"greem\""), &[
        "templates.toml:7:8: there is no item `greem`; did you mean `green`?",
    ]),
    case("template_of_an_unknown_variant", "templates.toml", Text("variant = \"pot\"", "variant = \"pots\""), &[
        "templates.toml:13:11: `black` has no variant `pots`; did you mean `pot`?",
    ]),
    case("template_of_a_quantity_that_is_not_sold", "templates.toml", Text("quantity = 2", "quantity = 0"), &[
        "templates.toml:14:12: `quantity` of `black` is 0; at least 1, in steps of 1, at most 83 make sense here",
    ]),
    case("template_of_an_unknown_option", "templates.toml", Text("sugar/none", "sugar/brown"), &[
        "templates.toml:10:12: `green` has no option `sugar/brown`; write `group/choice` by their ids, a choice inside another behind it",
    ]),
    case("template_of_too_much_of_an_option", "templates.toml", Text("sugar/none", "sugar/none*2"), &[
        "templates.toml:10:1: the options of `green` don't fit `sugar`, `sugar`; choose as its card in the shop allows",
    ]),
];
