//! The playground page in a browser, in the words of those who use it: chats, buttons, writing.

use std::ops::{Deref, DerefMut};

use super::browser::{Browser, Window, js};

/// The page, open in a browser.
pub struct Playground {
    browser: Browser,
}

impl Deref for Playground {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl DerefMut for Playground {
    fn deref_mut(&mut self) -> &mut Browser {
        &mut self.browser
    }
}

impl Playground {
    /// `None` where there is no Chromium.
    pub fn open(url: &str, window: Window) -> Option<Self> {
        let mut browser = Browser::start(window)?;
        browser.open(url);
        browser.wait("the chats", "document.querySelectorAll('.tab').length");
        Some(Self { browser })
    }

    /// Presses Start in a person's private chat.
    pub fn start(&mut self, chat: i64) {
        self.click(
            "Start",
            &format!("{}.querySelector('.start:not([hidden])')", column(chat)),
        );
    }

    /// Writes a message and sends it with Enter.
    pub fn say(&mut self, chat: i64, text: &str) {
        self.click(
            "the input",
            &format!("{}.querySelector('textarea')", column(chat)),
        );
        self.type_text(text);
        self.key("Enter");
    }

    /// Presses the newest inline button whose text contains `text`, once it can be pressed.
    pub fn tap(&mut self, chat: i64, text: &str) {
        let key = newest(chat, ".key:not([aria-busy])", text);
        self.click(&format!("[{text}] in chat {chat}"), &key);
    }

    /// Presses a button of the reply keyboard.
    pub fn press(&mut self, chat: i64, text: &str) {
        self.click(
            &format!("key {text} in chat {chat}"),
            &newest(chat, ".board:not([hidden]) .board-key", text),
        );
    }

    /// Waits until a message of the chat shows `text`; gives the newest such message's whole text.
    pub fn see(&mut self, chat: i64, text: &str) -> String {
        let message = newest(chat, ".msg:not(.deleted) .stack", text);
        self.wait(
            &format!("{text:?} in chat {chat}"),
            &format!("({message})?.innerText"),
        )
        .as_str()
        .unwrap_or_default()
        .to_owned()
    }

    /// Waits for the line or window that answers a tap.
    pub fn see_toast(&mut self, chat: i64, text: &str) {
        let toast = newest(chat, ".toast, .alert-box", text);
        self.wait(
            &format!("toast {text:?} in chat {chat}"),
            &format!("!!({toast})"),
        );
    }

    /// Opens a menu of a chat by its button's label, and chooses from it.
    pub fn choose(&mut self, chat: i64, menu: &str, choice: &str) {
        let button = format!(
            "{}.querySelector('button[aria-label={}]:not([hidden])')",
            column(chat),
            js(menu)
        );
        self.click(menu, &button);
        let item = format!(
            "[...document.querySelectorAll('.menu button')].find((b) => b.innerText.includes({}))",
            js(choice)
        );
        self.click(choice, &item);
    }

    /// Acts as another member of a group from now on.
    pub fn act_as(&mut self, group: i64, user: i64) {
        let radio = format!(
            "{}.querySelector('.actor input[value=\"{user}\"]')",
            column(group)
        );
        self.click("the person to act as", &radio);
        self.wait("the change of person", &format!("{radio}.checked"));
    }

    /// Brings a chat into view by its tab (the only way on a phone).
    pub fn go_to(&mut self, chat: i64) {
        self.click(
            "the tab",
            &format!("document.querySelector('.tab[data-tab=\"{chat}\"]')"),
        );
    }

    /// Moves the clock on by one of its buttons: 60000, 600000 or 3600000 ms.
    pub fn move_clock(&mut self, ms: u32) {
        self.click(
            "the clock",
            &format!("document.querySelector('[data-advance=\"{ms}\"]')"),
        );
    }

    /// Moves the clock on by hours, at most `most`, until a message of the chat shows `text`.
    pub fn wait_hours(&mut self, chat: i64, most: u32, text: &str) {
        let message = newest(chat, ".msg:not(.deleted) .stack", text);
        for moved in 0..=most {
            // What is due is sent within a moment; what is not due never comes.
            let came = self.eval(&format!(
                "new Promise((done) => {{ let left = 20; const look = () => {{
                   if ({message}) done(true); else if (left-- === 0) done(false);
                   else setTimeout(look, 100); }}; look(); }})"
            ));
            if came == true {
                return;
            }
            if moved < most {
                self.move_clock(3_600_000);
            }
        }
        panic!("{text:?} does not come within {most} hours");
    }

    /// Presses a button of the reply keyboard that shares something, and agrees.
    pub fn share(&mut self, chat: i64, text: &str) {
        self.press(chat, text);
        self.click("Share", "document.querySelector('dialog .main')");
    }

    /// Drops a file on a chat.
    pub fn drop_file(&mut self, chat: i64, name: &str, content: &str) {
        self.eval(&format!(
            "(() => {{ const files = new DataTransfer();
               files.items.add(new File([{}], {}, {{ type: 'text/csv' }}));
               {}.dispatchEvent(new DragEvent('drop', {{ dataTransfer: files, bubbles: true }})); }})()",
            js(content),
            js(name),
            column(chat)
        ));
    }

    /// Opens a deep link (or its payload) as a person.
    pub fn open_link(&mut self, link: &str, name: &str) {
        self.click("Open a link", "document.getElementById('open-link')");
        self.click(
            "the link",
            "document.querySelector('dialog input[name=link]')",
        );
        self.type_text(link);
        self.click(name, &in_dialog("people", name));
    }

    /// Scans a printed code as a person, once its picture is shown.
    pub fn scan(&mut self, code: &str, name: &str) {
        self.click("Open a link", "document.getElementById('open-link')");
        self.click(code, &in_dialog("printed", code));
        self.wait(
            "the QR code",
            "document.querySelector('dialog img.qr:not([hidden])')?.naturalWidth > 0",
        );
        self.screenshot("printed-code");
        self.click(name, &in_dialog("people", name));
    }
}

/// The script for a button of the window of links whose text contains `text`.
fn in_dialog(group: &str, text: &str) -> String {
    format!(
        "[...document.querySelectorAll({})].find((b) => b.textContent.includes({}))",
        js(&format!("dialog .{group} button")),
        js(text)
    )
}

fn column(chat: i64) -> String {
    format!("document.querySelector('.column[data-chat=\"{chat}\"]')")
}

/// The last element of a chat that matches and whose text contains `text`.
fn newest(chat: i64, selector: &str, text: &str) -> String {
    format!(
        "[...{}?.querySelectorAll({}) ?? []].filter((e) => e.innerText.includes({})).at(-1)",
        column(chat),
        js(selector),
        js(text)
    )
}
