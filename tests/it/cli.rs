//! The program as an operator meets it: what is wrong gets one line with cause and cure and exit
//! code 2 (1 for a shop with faults), and the first hour works as the README says.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use ks_order::sandbox::{Emulator, EmulatorConfig, GroupSpec, UserSpec, WebhookHost};
use ks_order::shop::settings::ROLES;

use crate::support::child::shop_folder;
use crate::support::db::KEY;
use crate::support::port;
use crate::support::probe::Probe;

const OTHER_KEY: &str = "test:HxAREhMUFRYXGBkaGxwdHgABAgMEBQYHCAkKCwwNDg8=";
const OWNER: i64 = 501;
const GUEST: i64 = 502;
const KITCHEN: i64 = -601;

/// Where nobody listens: the discard port of loopback.
const NOBODY: &str = "http://127.0.0.1:9";

fn telegram() -> Emulator {
    let telegram = Emulator::start(EmulatorConfig::default()).unwrap();
    telegram.add_user(UserSpec::new(OWNER, "Boss"));
    telegram.add_user(UserSpec::new(GUEST, "Guest"));
    telegram
}

/// The program with nothing in its environment but what is given.
fn program(dir: &Path, env: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ks-order"));
    command
        .env_clear()
        .current_dir(dir)
        .stdin(Stdio::null())
        .envs(env.iter().copied());
    command
}

fn run(dir: &Path, env: &[(&str, &str)]) -> Output {
    program(dir, env).arg("run").arg(dir).output().unwrap()
}

/// Exit code 2 and one line that says all of `words`; never a secret.
fn refuses(output: &Output, words: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    for word in words {
        assert!(said.contains(word), "no {word:?} in: {said}");
    }
    assert!(!said.contains("emulated-token"), "{said}");
}

fn usual<'a>(telegram: &'a Emulator, url: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("TELOXIDE_TOKEN", telegram.token()),
        ("TELOXIDE_API_URL", url),
        ("KS_ORDER_KEY", KEY),
    ]
}

#[test]
fn no_token_and_a_wrong_one() {
    let (shop, telegram) = (shop_folder(&[]), telegram());
    let url = telegram.url();
    refuses(
        &run(shop.path(), &[("KS_ORDER_KEY", KEY)]),
        &["TELOXIDE_TOKEN", "@BotFather"],
    );
    let wrong = [
        ("TELOXIDE_TOKEN", "1:wrong"),
        ("TELOXIDE_API_URL", url.as_str()),
        ("KS_ORDER_KEY", KEY),
    ];
    refuses(&run(shop.path(), &wrong), &["token", "@BotFather"]);
}

#[test]
fn an_api_that_does_not_answer() {
    let (shop, telegram) = (shop_folder(&[]), telegram());
    let env = usual(&telegram, NOBODY);
    refuses(&run(shop.path(), &env), &["reached", "TELOXIDE_API_URL"]);
}

#[test]
fn a_missing_a_broken_and_a_wrong_key() {
    let (shop, telegram) = (shop_folder(&[]), telegram());
    let url = telegram.url();
    let mut env = usual(&telegram, &url);
    env.pop();
    refuses(&run(shop.path(), &env), &["KS_ORDER_KEY"]);
    env.push(("KS_ORDER_KEY", "nonsense"));
    refuses(&run(shop.path(), &env), &["KS_ORDER_KEY"]);
    env.pop();
    env.push(("KS_ORDER_KEY", KEY));
    let verify = program(shop.path(), &env)
        .args(["links", "."])
        .output()
        .unwrap();
    assert!(verify.status.success(), "{verify:?}");
    env.pop();
    env.push(("KS_ORDER_KEY", OTHER_KEY));
    refuses(&run(shop.path(), &env), &["key"]);
}

#[test]
fn links_of_tables_stay_until_they_are_made_anew() {
    let (shop, telegram) = (shop_folder(&[]), telegram());
    let url = telegram.url();
    let env = usual(&telegram, &url);
    let links = |args: &[&str]| {
        let mut program = program(shop.path(), &env);
        let done = program.args(["links", "."]).args(args).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        let text = String::from_utf8(done.stdout).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = links(&[]);
    let of = |lines: &[String], what: &str| {
        let line = lines.iter().find(|line| line.starts_with(what));
        line.unwrap_or_else(|| panic!("no {what} in {lines:?}"))
            .clone()
    };
    let five = of(&all, "table 5: https://t.me/");
    for other in [
        "owner (once): ",
        "kitchen (once",
        "table 12: ",
        "table terrace: ",
    ] {
        of(&all, other);
    }
    assert_eq!(links(&["--table", "5"]).concat(), five, "always the same");
    let renewed = links(&["--revoke-table", "5", "--table", "6", "--qr", "stickers"]);
    assert_eq!(renewed.len(), 2);
    assert_ne!(of(&renewed, "table 5: "), five);
    assert_eq!(of(&renewed, "table 6: "), of(&all, "table 6: "));
    assert_eq!(links(&["--table", "5"]), [of(&renewed, "table 5: ")]);
    let stickers = shop.path().join("stickers");
    let drawn = |name: &str| std::fs::read_to_string(stickers.join(name)).unwrap();
    let (one, other) = (drawn("table-5.svg"), drawn("table-6.svg"));
    assert!(one.contains("<svg") && one != other);
    assert_eq!(std::fs::read_dir(&stickers).unwrap().count(), 2);
    let unknown = program(shop.path(), &env)
        .args(["links", ".", "--table", "99"])
        .output()
        .unwrap();
    refuses(&unknown, &["there is no table 99", "terrace"]);
    let nowhere = program(shop.path(), &env)
        .args(["links", ".", "--qr", "/proc/nowhere"])
        .output()
        .unwrap();
    refuses(&nowhere, &["/proc/nowhere"]);
}

#[test]
fn a_database_that_cannot_be_written() {
    let (shop, telegram) = (shop_folder(&[]), telegram());
    let url = telegram.url();
    let mut env = usual(&telegram, &url);
    env.push(("DATABASE_URL", "sqlite:///proc/nowhere/ks.db"));
    refuses(&run(shop.path(), &env), &["/proc/nowhere"]);
    env.pop();
    env.push(("DATABASE_URL", "postgres://nobody@127.0.0.1:9/none"));
    refuses(&run(shop.path(), &env), &[]);
}

#[test]
fn a_database_of_a_later_version() {
    let (shop, telegram) = (shop_folder(&[]), telegram());
    let url = telegram.url();
    let env = usual(&telegram, &url);
    let made = program(shop.path(), &env)
        .args(["links", "."])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let file = shop.path().join("ks-order.db");
    let mut probe = Probe::new(&format!("sqlite://{}", file.display()));
    probe
        .run(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             values (999999, 'later', true, x'00', 0)",
        )
        .unwrap();
    refuses(&run(shop.path(), &env), &["later version"]);
}

#[test]
fn two_processes_on_one_file() {
    let (shop, telegram) = (shop_folder(&[]), telegram());
    let url = telegram.url();
    let env = usual(&telegram, &url);
    let mut first = program(shop.path(), &env)
        .arg("run")
        .arg(shop.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    first_line(&mut first);
    refuses(&run(shop.path(), &env), &["process"]);
    stop(first);
}

#[test]
fn a_broken_shop() {
    let edits = [
        ("shop.toml", "currency = \"CNY\"", "currency = \"yuan\""),
        ("flows/pickup.toml", "kind = \"items\"", "kind = \"itms\""),
    ];
    let (shop, telegram) = (shop_folder(&edits), telegram());
    let url = telegram.url();
    let env = usual(&telegram, &url);
    refuses(&run(shop.path(), &env), &["fault", "check"]);
    let check = program(shop.path(), &env)
        .args(["check", "."])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&check.stdout);
    assert_eq!(check.status.code(), Some(1), "{said}");
    assert!(
        said.contains("shop.toml:") && said.contains("pickup.toml:"),
        "{said}"
    );
}

#[test]
fn a_busy_port_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let dir = tempfile::tempdir().unwrap();
    let demo = program(dir.path(), &[])
        .args(["demo", "--no-browser", "--port", &port])
        .output()
        .unwrap();
    refuses(&demo, &[&port, "--port"]);
}

#[test]
fn the_first_hour_works() {
    let telegram = telegram();
    let url = telegram.url();
    telegram.add_group(GroupSpec::new(KITCHEN, "Our kitchen", &[OWNER, GUEST]));
    let home = tempfile::tempdir().unwrap();
    let made = program(home.path(), &[])
        .args(["init", "restaurant", "shop"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let shop = home.path().join("shop");
    let env_file = fs::read_to_string(shop.join(".env")).unwrap();
    assert!(env_file.contains("KS_ORDER_KEY="));
    let token = format!("{env_file}\nTELOXIDE_TOKEN={}\n", telegram.token());
    fs::write(shop.join(".env"), token).unwrap();
    let mut bot = program(home.path(), &[("TELOXIDE_API_URL", &url)])
        .args(["run", "shop"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let words = first_line(&mut bot);
    let link = words.rsplit("start=").next().unwrap().trim().to_owned();

    telegram.start_bot(OWNER, Some(&link)).unwrap();
    hears(&telegram, OWNER, OWNER, "You are the owner");
    telegram.start_bot(GUEST, Some(&link)).unwrap();
    hears(&telegram, GUEST, GUEST, "This link has been used");
    telegram.add_bot_to_group(KITCHEN, OWNER).unwrap();
    let ask = hears(&telegram, KITCHEN, OWNER, "What is this group for?");
    telegram.tap(GUEST, KITCHEN, ask, 0, 0).unwrap();
    telegram.tap(OWNER, KITCHEN, ask, 0, 0).unwrap();
    hears(&telegram, KITCHEN, OWNER, "This group is now: kitchen");
    stop(bot);
}

#[test]
fn logs_are_json_and_hold_no_secret_and_nobodys_data() {
    let telegram = telegram();
    let url = telegram.url();
    let addr = port::free();
    let place = WebhookHost { addr, tls: false };
    telegram.host_webhook("shop.test", place).unwrap();
    let receive =
        format!("mode = \"webhook\"\nlisten = \"{addr}\"\npublic_url = \"https://shop.test/x\"");
    let dir = shop_folder(&[("shop.toml", "mode     = \"polling\"", &receive)]);
    let mut env = usual(&telegram, &url);
    env.extend([("KS_ORDER_LOG", "yaml"), ("RUST_LOG", "trace,sqlx=info")]);
    refuses(&run(dir.path(), &env), &["KS_ORDER_LOG", "text or json"]);
    env.push(("KS_ORDER_LOG", "json"));
    let log = dir.path().join("log.txt");
    let bot = program(dir.path(), &env)
        .arg("run")
        .arg(dir.path())
        .stdout(Stdio::null())
        .stderr(fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    telegram.start_bot(GUEST, None).unwrap();
    hears(&telegram, GUEST, GUEST, "");
    telegram.say(GUEST, "call Zebedee at 13800138000").unwrap();
    let heard = telegram.block_for(Duration::from_secs(30), |telegram| {
        let messages = telegram.messages(GUEST, GUEST);
        (messages.iter().filter(|msg| msg.from_bot).count() > 1).then_some(())
    });
    assert!(heard.is_some());
    stop(bot);
    let calls = telegram.calls();
    let set = calls.iter().find(|call| call.method == "setWebhook");
    let secret = set.unwrap().params["secret_token"].as_str().unwrap();
    let text = fs::read_to_string(&log).unwrap();
    assert!(text.lines().count() > 5, "{text}");
    for line in text.lines() {
        let read: serde_json::Value = serde_json::from_str(line).expect(line);
        assert!(
            read["level"].is_string() && read["timestamp"].is_string(),
            "{line}"
        );
    }
    for hidden in [secret, telegram.token(), "Zebedee", "13800138000", "Guest"] {
        let line = text.lines().find(|line| line.contains(hidden));
        assert_eq!(line, None, "{hidden}");
    }
}

/// Waits for the bot's last line of greeting: that it listens, or the owner's link.
fn first_line(bot: &mut Child) -> String {
    let out = bot.stdout.as_mut().unwrap();
    let mut words = Vec::new();
    let mut byte = [0];
    while !String::from_utf8_lossy(&words).contains("start=") {
        assert_eq!(out.read(&mut byte).unwrap(), 1, "the bot ended");
        words.push(byte[0]);
    }
    while byte[0] != b'\n' {
        assert_eq!(out.read(&mut byte).unwrap(), 1, "the bot ended");
        words.push(byte[0]);
    }
    String::from_utf8(words).unwrap()
}

/// The id of the bot's message in a chat that says these words, once it is there.
fn hears(telegram: &Emulator, chat: i64, viewer: i64, words: &str) -> i64 {
    let found = telegram.block_for(Duration::from_secs(30), |telegram| {
        let messages = telegram.messages(chat, viewer);
        messages
            .iter()
            .find(|message| message.from_bot && message.text.contains(words))
            .map(|message| message.id)
    });
    found.unwrap_or_else(|| {
        panic!(
            "{words:?} never came: {:#?}",
            telegram.messages(chat, viewer)
        )
    })
}

/// SIGTERM ends the bot within ten seconds, well.
fn stop(mut bot: Child) {
    let asked = Command::new("kill").arg(bot.id().to_string()).status();
    assert!(asked.unwrap().success());
    assert!(bot.wait().unwrap().success());
}

#[test]
fn a_load_prints_every_figure_and_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let output = program(dir.path(), &[("TMPDIR", &dir.path().display().to_string())])
        .args(["load", "--chats", "3", "--orders", "4", "--runs", "1"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        said.contains("pace of sending: per_chat_per_second = 10000"),
        "{said}"
    );
    for name in [
        "updates/s",
        "echo updates/s",
        "ratio",
        "p50 / p95 / p99 ms",
        "one chat alone, p99",
        "half rate, p99",
        "calls per update",
        "CPU s per 1000",
        "memory idle / peak",
        "start to 1st answer",
    ] {
        let line = said.lines().find(|line| line.starts_with(name));
        let line = line.unwrap_or_else(|| panic!("no {name}:\n{said}"));
        let figures = line[name.len()..].split_whitespace();
        let some = figures
            .filter_map(|word| word.parse::<f64>().ok())
            .any(|figure| figure > 0.0);
        assert!(some, "{line}");
    }
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        0,
        "the load's folder is removed"
    );
    let none = program(dir.path(), &[])
        .args(["load", "--chats", "0", "--orders", "4"])
        .output();
    assert_eq!(none.unwrap().status.code(), Some(2));
}

#[test]
fn rules_are_tried_on_an_order_in_a_file() {
    let folder = shop_folder(&[]);
    let dir = folder.path();
    let file = dir.join("order.toml");
    let tries = |text: &str| {
        fs::write(&file, text).unwrap();
        let mut command = program(dir, &[]);
        command.args(["rules", "try"]).arg(dir).arg("--order");
        command.arg(&file).output().unwrap()
    };
    let large = "flow = \"pickup\"\nat = \"2026-12-24 18:30\"\n[[line]]\nitem = \"mango-sago\"\n\
                 quantity = 10\n[answers]\ntime = \"asap\"\n";
    let output = tries(large);
    let said = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = said.lines().collect();
    let expected = [
        "large: does not fire (order.total_minor = 22000)",
        "=> approved at once",
    ];
    assert_eq!(
        lines,
        expected,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(0));
    let rules = dir.join("approval.toml");
    let strict = fs::read_to_string(&rules).unwrap();
    fs::write(&rules, strict.replace("200000", "20000")).unwrap();
    let said = String::from_utf8_lossy(&tries(large).stdout).into_owned();
    assert!(
        said.starts_with("large: fires (order.total_minor = 22000)\n"),
        "{said}"
    );
    assert!(said.ends_with("=> needs manager or approver\n"), "{said}");
    refuses(&tries("flow = \"picup\""), &["no flow `picup`", "known: "]);
    refuses(&tries("floww = 1"), &["order.toml:1", "unknown field"]);
    let wrong = "flow = \"pickup\"\n[[line]]\nitem = \"moon\"\n";
    refuses(&tries(wrong), &["no item `moon`"]);
}

#[test]
fn what_is_wrong_with_a_tried_order_or_its_shop_is_said() {
    let folder = shop_folder(&[]);
    let dir = folder.path();
    let tries = |shop: &str, file: &str, text: &str| {
        if !text.is_empty() {
            fs::write(dir.join(file), text).unwrap();
        }
        let mut command = program(dir, &[]);
        command.args(["rules", "try", shop, "--order", file]);
        command.output().unwrap()
    };
    let small = "flow = \"pickup\"\n";
    refuses(
        &tries("nowhere", "a", small),
        &["no folder nowhere", "ks-order init"],
    );
    refuses(&tries(".", "none.toml", ""), &["none.toml can't be read"]);
    let wrong = [
        ("at = \"noon\"", "`noon` is no time"),
        ("role = \"king\"", "no role `king`"),
        ("groups = [\"kings\"]", "no group `kings`"),
        ("completed_orders = \"x\"", "a:2: invalid type"),
        ("[answers]\ntime = 1.5", "the answer of `time` can't be 1.5"),
        ("[answers]\nnosuch = 1", "no step `nosuch`"),
        (
            "[[line]]\nitem = \"egg-tarts\"\nquantity = -3",
            "can't be ordered like that",
        ),
        ("[[line]]\nitem = \"egg-tarts", "a:3: invalid basic string"),
    ];
    for (line, words) in wrong {
        refuses(&tries(".", "a", &format!("{small}{line}\n")), &[words]);
    }
    let rules = dir.join("approval.toml");
    let sound = fs::read_to_string(&rules).unwrap();
    fs::write(&rules, sound.replace("order.total_minor >", "order.flow >")).unwrap();
    refuses(
        &tries(".", "a", small),
        &["1 faults", "approval.toml:", "ks-order check"],
    );
    // Divided by what is zero here: said, and never "approved".
    let divided = sound.replace("order.total_minor >", "100 / customer.completed_orders >");
    fs::write(&rules, divided).unwrap();
    let output = tries(".", "a", small);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.starts_with("large: can't be worked out"), "{said}");
    assert!(said.ends_with("=> needs manager or approver\n"), "{said}");
}

#[test]
fn the_record_of_what_was_done_is_printed_as_a_table() {
    let owner = format!("owner = {OWNER}\n#");
    let folder = shop_folder(&[("shop.toml", "# owner = 123456789", owner.as_str())]);
    let (dir, telegram) = (folder.path(), telegram());
    let url = telegram.url();
    let env = usual(&telegram, &url);
    let audit = |env: &[(&str, &str)], args: &[&str]| {
        let mut command = program(dir, env);
        command.args(["audit", "."]).args(args);
        command.output().unwrap()
    };
    let none = format!("sqlite://{}/none.db", dir.display());
    refuses(&audit(&env, &["--database", &none]), &["can't be opened"]);
    fs::write(
        dir.join("text.db"),
        "no database at all, but words".repeat(200),
    )
    .unwrap();
    let text = format!("sqlite://{}/text.db", dir.display());
    refuses(&audit(&env, &["--database", &text]), &["not a database"]);
    refuses(
        &audit(&env, &["--database", "mysql://x"]),
        &["sqlite://", "postgres://"],
    );
    let nobody = "postgres://127.0.0.1:9/x";
    refuses(&audit(&env, &["--database", nobody]), &["can't be opened"]);

    let mut bot = program(dir, &env).args(["run", "."]).spawn().unwrap();
    telegram.start_bot(OWNER, None).unwrap();
    hears(&telegram, OWNER, OWNER, "Order in a few taps");
    telegram.say(OWNER, "/invite kitchen").unwrap();
    hears(&telegram, OWNER, OWNER, "start=");
    // Beside the bot that runs, and behind it.
    let table = |args: &[&str]| {
        let done = audit(&env, args);
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        let text = String::from_utf8(done.stdout).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let running = table(&[]);
    assert!(running[0].ends_with(
        "number,time,user,name,role,act,subject,before,after,why,inbox row,erased,hash"
    ));
    assert_eq!(running.len(), 2, "{running:?}");
    let words: Vec<&str> = running[1].split(',').collect();
    let owner = OWNER.to_string();
    assert_eq!(
        (words[0], words[2], words[3]),
        ("1", owner.as_str(), "Boss")
    );
    assert_eq!((words[4], words[5]), ("owner", "invite.make"));
    let stopped = Command::new("kill").arg(bot.id().to_string()).status();
    assert!(stopped.unwrap().success());
    assert!(bot.wait().unwrap().success());
    assert_eq!(table(&[]), running);
    assert_eq!(
        table(&["--to", "2020-01-01"]).len(),
        1,
        "nothing was done then"
    );
    assert_eq!(table(&["--from", "2020-01-01"]), running);
    // What the command line makes is kept as well: one invite for each role.
    let made = program(dir, &env).args(["links", "."]).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let all = table(&[]);
    let invites = all.iter().filter(|line| line.contains(",invite.make,"));
    assert_eq!(invites.count(), 1 + ROLES.len(), "{all:?}");
    // With another key nobody reads what is sealed.
    let mut other = env.clone();
    other.retain(|(name, _)| *name != "KS_ORDER_KEY");
    refuses(&audit(&other, &[]), &["KS_ORDER_KEY"]);
    other.push(("KS_ORDER_KEY", OTHER_KEY));
    refuses(&audit(&other, &[]), &["key"]);
}
