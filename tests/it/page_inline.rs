//! A search from any chat on the playground of the program itself, typed and clicked like a person
//! does: results above the line, a pick by mouse and by keys, and what it posts.

use crate::page_order::Demo;
use crate::support::browser::{Window, js};
use crate::support::playground::Playground;

const ANNA: i64 = 1001;
const WANG: i64 = 1002;
const KITCHEN: i64 = -3001;

/// Types behind the bot's name, without sending it.
fn search(page: &mut Playground, chat: i64, words: &str) {
    page.click("the input", &inside(chat, "textarea"));
    page.type_text(&format!("@playground_bot {words}"));
}

fn inside(chat: i64, selector: &str) -> String {
    format!(
        "document.querySelector('.column[data-chat=\"{chat}\"]').querySelector({})",
        js(selector)
    )
}

/// Waits until the chat's results are these titles.
fn results(page: &mut Playground, chat: i64, titles: &[&str]) {
    let shown = format!(
        "[...document.querySelector('.column[data-chat=\"{chat}\"]').querySelectorAll('.result b')].map((b) => b.textContent).join('|')"
    );
    let wanted = js(&titles.join("|"));
    page.wait(&format!("{titles:?}"), &format!("{shown} === {wanted}"));
}

#[test]
fn a_dish_is_found_and_posted_from_the_line_where_one_writes() {
    let demo = Demo::start("restaurant");
    let Some(mut page) = Playground::open(&demo.url, Window::DESKTOP) else {
        return;
    };
    page.start(ANNA);
    page.see(ANNA, "Jade Garden");
    search(&mut page, ANNA, "kung pao");
    results(&mut page, ANNA, &["Kung pao chicken · ¥38.00"]);
    page.screenshot("inline-results");
    page.click("the dish", &inside(ANNA, ".result"));
    let posted = page.see(ANNA, "via @playground_bot");
    assert!(posted.contains("Kung pao chicken"), "{posted}");
    page.see(ANNA, "Heat · choose one");
    page.tap(ANNA, "Add");
    let written = page.eval(&format!("{}.value", inside(ANNA, "textarea")));
    assert_eq!(written, "", "what was typed has done its work");

    // The second of the results by the keys alone, in a group, where it is for others to read.
    search(&mut page, KITCHEN, "milk");
    let found = ["Pearl milk tea · from ¥16.00", "Fresh soy milk · ¥8.00"];
    results(&mut page, KITCHEN, &found);
    for _ in 0..3 {
        page.key("ArrowDown");
    }
    page.key("Enter");
    let posted = page.see(KITCHEN, "Order here");
    assert!(posted.contains("Fresh soy milk"), "{posted}");
    page.screenshot("inline-posted");

    // Nothing found, and the way to the menu; what is typed there is never said in the chat.
    page.start(WANG);
    page.see(WANG, "翠园小馆");
    search(&mut page, WANG, "zebra");
    page.click("the button above", &inside(WANG, ".results-open"));
    page.see(WANG, "请选择分类");
    search(&mut page, WANG, "mapo");
    results(&mut page, WANG, &["麻婆豆腐 · ¥28.00"]);
    page.key("Escape");
    page.key("Enter");
    page.wait(
        "no results",
        &format!("{}.hidden", inside(WANG, ".results")),
    );
    let chat = page.eval(&format!("{}.innerText", inside(WANG, ".log")));
    let chat = chat.as_str().unwrap();
    assert!(!chat.contains("@playground_bot mapo"), "{chat}");
    assert!(page.problems().is_empty(), "{:?}", page.problems());
    demo.stop();
}
