//! The real application behind the engine's boundary: turns, pictures, and the shop's folder
//! read again.

use std::sync::Arc;
use std::time::Duration;

use crate::app::operations::open_shop::open_shop;
use crate::app::operations::quick_order::quick_words;
use crate::app::sheet::read_sheet;
use crate::app::{App, Outcome, TurnError, TurnInput};
use crate::chat::{Event, FileFault, Read, Text};
use crate::kernel::{IdSource, Locale};
use crate::shop::{Receive, Shop};
use crate::store::Db;
use crate::store::glance::Ask;
use crate::store::sessions::Session;
use crate::store::stock::Stamp;

use super::clock::Clock;
use super::handler::Handler;
use super::receive::Receiving;
use super::webhook::{TlsFiles, WebhookConfig};

/// The inbox row that opening stock names as its cause: none, since nobody asked for it.
const NO_CAUSE: i64 = 0;

/// The first look at the database is tried so often …
const BEGIN_TRIES: u32 = 5;
/// … so long apart.
const BEGIN_PAUSE: Duration = Duration::from_millis(300);

/// The application with what it needs to take in a changed folder.
pub struct AppHandler {
    app: App,
    db: Db,
    clock: Clock,
    adjust: fn(&mut Shop),
}

impl AppHandler {
    /// An application on a database. `adjust` changes every reading of the folder before it is
    /// taken: the playground puts its own people in.
    pub fn new(app: App, db: Db, clock: Clock, adjust: fn(&mut Shop)) -> Self {
        Self {
            app,
            db,
            clock,
            adjust,
        }
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Notes the shop's items in the store: opening stock of new ones, which ones are gone.
    ///
    /// # Errors
    /// The store failed; nothing is noted then.
    pub async fn see_items(&self, shop: &Shop) -> Result<(), TurnError> {
        let now = self.clock.business();
        let mut ids = IdSource::new(now.millis().unsigned_abs(), now);
        let mut stamp = Stamp {
            cause: NO_CAUSE,
            now,
            ids: &mut ids,
        };
        let mut tx = self.db.begin().await?;
        open_shop(&mut tx, shop, &mut stamp).await?;
        Ok(tx.commit().await?)
    }

    /// Reads the folder again and takes it if it is sound; else nothing changes.
    ///
    /// # Errors
    /// The faults, one a line.
    pub async fn read_again(&self) -> Result<(), String> {
        let shop = self.read().await?;
        self.take(shop).await
    }

    async fn read(&self) -> Result<Shop, String> {
        let source = self.app.shop().source.clone();
        let read = tokio::task::spawn_blocking(move || Shop::load(&source)).await;
        read.map_err(|e| e.to_string())?
            .map_err(|faults| faults.to_string())
    }

    async fn take(&self, mut shop: Shop) -> Result<(), String> {
        (self.adjust)(&mut shop);
        self.see_items(&shop).await.map_err(|e| e.to_string())?;
        self.app.swap(Arc::new(shop));
        Ok(())
    }
}

/// How the shop wants updates to come, with the files that this needs.
fn receiving(shop: &Shop) -> Receiving {
    let Receive::Webhook(webhook) = &shop.receive else {
        return Receiving::Polling;
    };
    // A file that is gone since the check is as good as empty: the start says what is wrong.
    let bytes = |path: &str| shop.source.bytes(path).unwrap_or_default();
    Receiving::Webhook(WebhookConfig {
        listen: webhook.listen,
        public_url: webhook.public_url.clone(),
        connections: webhook.connections,
        tls: webhook.tls.as_ref().map(|tls| TlsFiles {
            cert: bytes(&tls.cert),
            key: bytes(&tls.key),
            self_signed: tls.self_signed,
        }),
    })
}

impl Handler for AppHandler {
    fn ask(&self, event: &Event, session: Option<&Session>) -> Option<Ask> {
        Some(self.app.ask(event, session))
    }

    async fn turn(&self, input: TurnInput<'_>) -> Result<Outcome, TurnError> {
        // On the heap: what a turn may become is one future, and whoever polls it would have room
        // for several copies of it on the stack, in an unoptimised build.
        Box::pin(self.app.turn(input)).await
    }

    async fn dead(&self, input: TurnInput<'_>) -> Result<Outcome, TurnError> {
        Box::pin(self.app.dead(input)).await
    }

    fn too_fast(&self, known: Option<&Locale>, language: Option<&str>) -> Option<String> {
        let shop = self.app.shop();
        let locale = known
            .cloned()
            .unwrap_or_else(|| shop.texts.negotiate(language));
        let here = shop.here(self.clock.business());
        Some(shop.texts.plain(&locale, &Text::new("too-fast-tap"), here))
    }

    fn photo(&self, path: &str) -> Option<Vec<u8>> {
        self.app.shop().source.bytes(path)
    }

    fn read_file(&self, name: &str, bytes: &[u8]) -> Result<Read, FileFault> {
        let words = quick_words(&self.app.shop());
        read_sheet(name, bytes, &words)
    }

    async fn reload(&self) -> Result<(), String> {
        self.read_again().await
    }

    fn receiving(&self) -> Option<Receiving> {
        Some(receiving(&self.app.shop()))
    }

    fn files(&self) -> String {
        self.app.shop().digest.clone()
    }

    async fn follow(&self, files: &str) -> bool {
        match self.read().await {
            Ok(shop) if shop.digest == files => self.take(shop).await.is_ok(),
            Ok(_) | Err(_) => false,
        }
    }

    async fn begin(&self) -> Result<(), TurnError> {
        let mut tries = 1;
        // Another instance that starts now may note the same items: then they are there next time.
        while let Err(error) = self.see_items(&self.app.shop()).await {
            if tries >= BEGIN_TRIES {
                return Err(error);
            }
            tries += 1;
            tokio::time::sleep(BEGIN_PAUSE).await;
        }
        Ok(())
    }
}
