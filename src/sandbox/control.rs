//! The control API: the acts of people over HTTP, for the page and for tests in another process.
//!
//! Loopback only. A request is refused (403) unless its `Host` is `127.0.0.1`, `localhost` or
//! `[::1]` (with any port) and its `Origin`, if it has one, is `http://` + that same `Host`, so
//! that a web page from elsewhere can't drive it. POST bodies are `application/json` (415
//! otherwise). Must never reach anything but the emulator.
//!
//! Every answer is `{"ok": true, "result": …}` or `{"ok": false, "error": "in words"}` (400).
//!
//! # `POST /control/act`
//! The body is one object with `"act"` and the fields of that act; `chat` is left out for the
//! person's private chat. `?` marks what may be left out.
//!
//! | act | fields | result |
//! | --- | --- | --- |
//! | `add_user` | `id, first_name, last_name?, username?, language_code?, phone?` | `{}` |
//! | `add_group` | `id, title, members: [ids], forum?, is_supergroup?` | `{}` |
//! | `start` | `user, payload?` | `{"message_id"}` |
//! | `send_text` | `user, chat?, text, thread?, reply_to?` | `{"message_id"}` |
//! | `edit_text` | `user, chat?, message_id, text` | `{}` |
//! | `press_reply` | `user, chat?, text` (of a button of the reply keyboard) | `{"message_id"}` |
//! | `tap` | `user, chat?, message_id, row, col` | `{"tap"}` |
//! | `tap_raw` | `user, chat?, message_id, data` (forged) | `{"tap"}` |
//! | `pay` | `user, chat?, message_id` | `{"query"}` |
//! | `share_contact` | `user, chat?, of?` (another person's id) | `{"message_id"}` |
//! | `share_location` | `user, chat?, latitude, longitude` | `{"message_id"}` |
//! | `send_photo` | `user, chat?, base64?, caption?, thread?` (without: a small picture) | `{"message_id"}` |
//! | `send_document` | `user, chat?, base64, name, caption?, thread?` | `{"message_id"}` |
//! | `send_sticker` | `user, chat?, emoji?, thread?` | `{"message_id"}` |
//! | `block`, `unblock`, `deactivate` | `user` | `{}` |
//! | `set_language` | `user, language_code` | `{}` |
//! | `add_bot`, `remove_bot`, `promote_bot` | `chat, user` (who does it) | `{}` |
//! | `migrate_group` | `chat` | `{"chat"}` (the new id) |
//! | `create_topic` | `chat, user, name` | `{"thread"}` |
//!
//! # `GET /control/state?since=REV&timeout=SECONDS`
//! [`StateView`](super::StateView): at once if anything changed after `REV` (0: everything), else
//! as soon as it does, at the latest after `timeout` (default 25, at most 50) seconds. `chats`
//! holds those that changed, whole, with their last 200 messages; keep the others.
//!
//! # `GET /control/calls?since=N&limit=M`
//! `[Call]` with numbers above N, at most M (default 200), oldest first; without `since` the last M.
//!
//! # `GET /control/answer?tap=ID`
//! [`Answer`](super::Answer) or `null`.
//!
//! # `POST /control/clock`
//! `{"advance_ms": 60000}`; result `{"now_ms"}`. GET gives the same without moving it.
//!
//! # `POST /control/fault`
//! `{"fault": F, "times"?: n, "every"?: k, "method"?: "sendMessage", "chat"?: id}` with F one of
//! `"http_500"`, `"bad_json"`, `"cut_before"`, `"cut_after_accept"`, `{"rate_limit": seconds}`,
//! `{"delay": ms}`; or `{"updates": U, "times"?: n}` with U one of `"duplicate"`, `"retap"`,
//! `"reorder"`, `{"delay": ms}`; or `{"clear": true}`. See `Faults`.
//!
//! # `GET /control/file/FILE_ID`
//! The bytes of a picture or document.
