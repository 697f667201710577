//! `demo`: the playground. Emulator, page and bot in one process, on loopback only.
//!
//! The bot is the real one and speaks HTTP to the emulator. Nothing is kept unless a database
//! is named.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::links::{start_link, tables};
use super::service::{Parts, Service};
use super::settings::StoreSettings;
use super::{Ended, Exit, Trouble};
use crate::runtime::clock::Clock;
use crate::sandbox::{self, Emulator, EmulatorConfig, GroupSpec, LinkView, UserSpec};
use crate::shop::scene::OWNER;
use crate::shop::settings::{NamedChat, NamedStaff};
use crate::shop::{Scene, Shop, Source};
use crate::store::Db;
use crate::store::seal::Keys;
use crate::telegram::client::Client;

/// The playground: the whole shop in the browser, no Telegram needed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ks-order demo
  ks-order demo retail --port 9000 --no-browser
  ks-order demo logistics
  ks-order demo my-shop
  ks-order demo --database sqlite://demo.db")]
pub struct Args {
    /// A pack that ships with the program, or a shop folder.
    #[arg(default_value = "restaurant")]
    pack: String,
    /// The port of the page, on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Keeps the data there; otherwise nothing is kept.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Does not open a browser.
    #[arg(long)]
    no_browser: bool,
}

/// How often the bot's clock follows the page's.
const CLOCK_STEP: Duration = Duration::from_millis(100);

/// Runs the command.
///
/// # Errors
/// No such pack, a busy port, or a database that can't be opened.
pub async fn run(args: Args) -> Ended {
    let shop = load(&args.pack)?;
    let telegram = start_emulator(args.port)?;
    set_the_scene(&telegram, &shop.scene);
    let (store, _folder) = open_where(args.database.clone())?;
    let db = store.open().await?;
    let clock = Clock::real();
    let client = Client::new(&telegram.url(), telegram.token())
        .map_err(|e| Trouble::new(e, "this is a fault of the program"))?;
    let parts = Parts {
        shop,
        db: db.clone(),
        client,
        clock: clock.clone(),
        adjust: put_people_in,
    };
    let service = Service::start(parts).await?;
    telegram.print_links(table_links(&service, &db, telegram.bot_username()).await?);
    let follower = tokio::spawn(follow(telegram.clone(), clock));
    let page = telegram.url();
    println!("The playground is open: {page}\nCtrl-C ends it.");
    if !args.no_browser {
        open_browser(&page);
    }
    super::run::until_stopped().await?;
    follower.abort();
    service.stop().await;
    db.close().await;
    Ok(Exit::Done)
}

/// The codes on the tables, for whoever plays the guest at one.
async fn table_links(service: &Service, db: &Db, bot: &str) -> Result<Vec<LinkView>, Trouble> {
    let shop = service.app().shop();
    let codes = tables::codes(db, &shop, None, Clock::real().business()).await?;
    let title = |id| {
        let name = shop.table(id).and_then(|table| table.name.as_ref());
        let name = name.map(|name| name.get(&shop.texts.negotiate(None)).to_owned());
        name.unwrap_or_else(|| id.to_string())
    };
    Ok(codes
        .iter()
        .map(|code| LinkView {
            title: format!("🍜 {}", title(&code.table)),
            url: start_link(bot, &code.token),
        })
        .collect())
}

/// The pack or folder.
fn load(pack: &str) -> Result<Shop, Trouble> {
    let named = Source::Pack(pack.to_owned());
    let source = if named.exists() {
        named
    } else {
        Source::Folder(PathBuf::from(pack))
    };
    if !source.exists() {
        return Err(Trouble::new(
            format!("there is no pack or folder {pack}"),
            format!("known packs: {}", Source::packs().join(", ")),
        ));
    }
    Shop::load(&source).map_err(|faults| {
        let first = faults
            .0
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        Trouble::new(
            format!("the shop has faults, the first: {first}"),
            "see `ks-order check DIR`",
        )
    })
}

/// The playground's people take the place of the shop's own.
fn put_people_in(shop: &mut Shop) {
    let scene = &shop.scene;
    shop.settings.owner = scene.owner().map(|owner| owner.id);
    for group in &scene.groups {
        let named = NamedChat {
            chat: group.chat,
            topic: None,
        };
        shop.settings.chats.insert(group.purpose.clone(), named);
    }
    let staff = scene.people.iter().map(|person| NamedStaff {
        id: person.id,
        roles: person
            .roles
            .iter()
            .filter(|role| *role != OWNER)
            .cloned()
            .collect(),
        limit: None,
    });
    shop.settings.staff = staff.filter(|person| !person.roles.is_empty()).collect();
}

fn start_emulator(port: u16) -> Result<Emulator, Trouble> {
    let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let config = EmulatorConfig {
        addr,
        bot_username: "playground_bot".to_owned(),
        bot_name: "Playground".to_owned(),
        ..EmulatorConfig::default()
    };
    Emulator::start_with(config, sandbox::page::router()).map_err(|e| {
        Trouble::new(
            format!("port {port} of 127.0.0.1 can't be used: {e}"),
            "choose another one with --port",
        )
    })
}

/// Puts the scene's people and groups into the emulator, the bot into every group.
fn set_the_scene(telegram: &Emulator, scene: &Scene) {
    for person in &scene.people {
        let spec = UserSpec::new(person.id.0, &person.name)
            .language(&person.language)
            .phone(&person.phone);
        telegram.add_user(spec);
    }
    let owner = scene.owner().map(|owner| owner.id.0);
    for group in &scene.groups {
        let others = group.members.iter().map(|member| member.0);
        let mut members: Vec<i64> = owner.into_iter().collect();
        members.extend(others.filter(|member| Some(*member) != owner));
        telegram.add_group(GroupSpec::new(group.chat.0, &group.name, &members));
        let by = owner.or(members.first().copied()).unwrap_or_default();
        if let Err(refused) = telegram.add_bot_to_group(group.chat.0, by) {
            tracing::error!(?refused, group = group.chat.0, "a group has no bot");
        }
    }
}

/// The named database with a key of its own, or a temporary one that ends with this process.
fn open_where(named: Option<String>) -> Result<(StoreSettings, Option<Folder>), Trouble> {
    if let Some(database) = named {
        let key = super::settings::key().or_else(|_| playground_key())?;
        return Ok((StoreSettings { database, key }, None));
    }
    let folder = Folder::new()?;
    let database = format!("sqlite://{}", folder.0.join("playground.db").display());
    let key = Keys::fresh_env_value().map_err(|e| Trouble::new(e, "try again"))?;
    Ok((StoreSettings { database, key }, Some(folder)))
}

/// Playground data are nobody's: the same key everywhere, so that a kept database opens again.
fn playground_key() -> Result<String, Trouble> {
    Ok("playground:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned())
}

/// A folder that goes with this value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Trouble> {
        let path = std::env::temp_dir().join(format!("ks-order-demo-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|e| {
            Trouble::new(
                format!("{} can't be made: {e}", path.display()),
                "set TMPDIR to a folder that can be written",
            )
        })?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays is in the system's temporary folder, which is emptied by others.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Keeps the bot's business clock with the emulator's, which the page can move.
async fn follow(telegram: Emulator, clock: Clock) {
    loop {
        let ahead = telegram.now_ms() - clock.business().0;
        // Two readings of one clock differ by the time between them.
        if ahead > 1_000 {
            clock.advance(ahead);
        }
        tokio::time::sleep(CLOCK_STEP).await;
    }
}

/// Opens the page; without a desktop nothing happens.
fn open_browser(url: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let started = Command::new(opener)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if started.is_err() {
        println!("Open it in a browser.");
    }
}
