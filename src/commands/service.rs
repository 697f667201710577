//! A running bot: shop, database and engine, started, reloaded and stopped as one.
//!
//! `run` and `demo` differ only in what they give to it. It opens nothing by itself and reads
//! no environment.

use std::path::Path;
use std::sync::Arc;

use super::Trouble;
use crate::app::App;
use crate::runtime::Handler as _;
use crate::runtime::app_handler::AppHandler;
use crate::runtime::clock::Clock;
use crate::runtime::engine::{Engine, EngineConfig, StartError};
use crate::shop::settings::SendLimits;
use crate::shop::{Shop, Source};
use crate::store::Db;
use crate::telegram::client::{CallError, Client};
use crate::telegram::pacing::{Pacing, Rate};

/// What a bot is made of.
pub struct Parts {
    /// The shop, proved.
    pub shop: Shop,
    /// The database, open for writing.
    pub db: Db,
    /// The Bot API.
    pub client: Client,
    /// The time.
    pub clock: Clock,
    /// Changes every reading of the folder before it is taken.
    pub adjust: fn(&mut Shop),
}

/// A running bot.
pub struct Service {
    engine: Engine,
    handler: Arc<AppHandler>,
}

impl Service {
    /// Starts the engine, which notes the shop's items in the store first.
    ///
    /// # Errors
    /// The token is wrong, Telegram can't be reached, or the database fails.
    pub async fn start(parts: Parts) -> Result<Self, Trouble> {
        let me = parts.client.me().await.map_err(|e| unreachable_api(&e))?;
        let Parts {
            mut shop,
            db,
            client,
            clock,
            adjust,
        } = parts;
        adjust(&mut shop);
        if shop.settings.inline && !me.supports_inline_queries {
            tracing::warn!(
                "[inline] is enabled, but Telegram sends no searches: send /setinline to @BotFather"
            );
        }
        let shop = Arc::new(shop);
        let app = App::new(Arc::clone(&shop), &me.username);
        let handler = Arc::new(AppHandler::new(app, db.clone(), clock.clone(), adjust));
        let mut config = EngineConfig::new(db, client, Arc::clone(&handler));
        config.clock = clock;
        config.receiving = handler.receiving().unwrap_or_default();
        config.monitor = shop.settings.monitor;
        config.keep_days = shop.settings.keep_days;
        config.pacing = pacing(shop.settings.send);
        let engine = Engine::start(config).await.map_err(|e| refused(&e))?;
        Ok(Self { engine, handler })
    }

    /// The engine: its clock, its counters, whether it is idle.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The application.
    pub fn app(&self) -> &App {
        self.handler.app()
    }

    /// Reads the shop's folder again and takes it, if it is sound; else nothing changes.
    ///
    /// # Errors
    /// The faults, in words.
    pub async fn reload(&self) -> Result<(), String> {
        self.handler.read_again().await?;
        if let Some(receiving) = self.handler.receiving() {
            self.engine.receive_by(receiving);
        }
        Ok(())
    }

    /// Finishes the turns and calls at hand, within 10 seconds.
    pub async fn stop(self) {
        self.engine.stop().await;
    }

    /// Ends at once, as a crash would: for tests.
    pub async fn kill(self) {
        self.engine.kill().await;
    }
}

/// Reads a shop folder for a command that needs a sound one.
///
/// # Errors
/// No such folder, or the first of its faults.
pub fn load_shop(dir: &Path) -> Result<Shop, Trouble> {
    let source = Source::Folder(dir.to_owned());
    if !source.exists() {
        return Err(Trouble::new(
            format!("there is no folder {}", dir.display()),
            "make one with `ks-order init restaurant DIR`",
        ));
    }
    Shop::load(&source).map_err(|faults| {
        let first = faults
            .0
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        Trouble::new(
            format!("the shop has {} faults, the first: {first}", faults.0.len()),
            format!("see `ks-order check {}`", dir.display()),
        )
    })
}

/// The shop's limits as the sender's; a group's burst is half of its minute.
fn pacing(limits: SendLimits) -> Pacing {
    let usual = Pacing::default();
    let per_second = |n: i64| n as f64;
    let per_minute = per_second(limits.per_group_per_minute);
    Pacing {
        overall: Rate {
            burst: per_second(limits.overall_per_second),
            per_second: per_second(limits.overall_per_second),
        },
        private: Rate {
            per_second: per_second(limits.per_chat_per_second),
            ..usual.private
        },
        group: Rate {
            burst: per_minute / 2.0,
            per_second: per_minute / 60.0,
        },
    }
}

/// Telegram did not answer, or refused the token.
pub fn unreachable_api(error: &CallError) -> Trouble {
    match error {
        CallError::Token(_) => Trouble::new(
            "Telegram refuses the token",
            "copy TELOXIDE_TOKEN again from @BotFather",
        ),
        other => Trouble::new(
            format!("the Bot API can't be reached: {other}"),
            "check the network and TELOXIDE_API_URL",
        ),
    }
}

/// The database did not answer a command.
pub fn unread(error: &dyn std::error::Error) -> Trouble {
    Trouble::new(format!("the database did not answer: {error}"), "try again")
}

fn refused(error: &StartError) -> Trouble {
    match error {
        StartError::Store(error) => unread(error),
        StartError::Begin(error) => unread(error),
        StartError::Token
        | StartError::Unreachable(_)
        | StartError::Apart(_)
        | StartError::Webhook(_)
        | StartError::Monitor(_) => Trouble(error.to_string().replace('\n', " ")),
    }
}
