//! `ks-order init PACK DIR`: a shop's folder to edit, with a fresh key.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Ended, Exit, Trouble};
use crate::shop::Source;
use crate::store::seal::Keys;

/// Copies a pack into a new folder and writes a `.env` with a fresh key.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ks-order init restaurant my-shop
  ks-order init retail my-shop
  ks-order init logistics my-shop")]
pub struct Args {
    /// The pack to begin with: restaurant, retail or logistics.
    pack: String,
    /// The folder to make; it must not exist or be empty.
    dir: PathBuf,
}

/// Writes the folder and says what comes next.
pub fn run(args: &Args) -> Ended {
    write(&args.pack, &args.dir)?;
    let dir = &args.dir;
    let shown = dir.display();
    println!(
        "{shown} is ready. Next:
  1. Put your bot's token from @BotFather into {shown}/.env
  2. Edit {shown}/shop.toml, catalogue.toml and texts/
  3. ks-order check {shown}
  4. ks-order run {shown}
Keep {shown}/.env safe and apart from backups of the database: without its key, names, phones and notes can't be read."
    );
    Ok(Exit::Done)
}

/// Writes a pack out as a shop folder, with a fresh key.
///
/// # Errors
/// No such pack, or the folder can't be written or is not empty.
pub fn write(pack: &str, dir: &Path) -> Result<(), Trouble> {
    let source = Source::Pack(pack.to_owned());
    if !source.exists() {
        let known = Source::packs().join(", ");
        return Err(Trouble::new(
            format!("there is no pack {}", pack),
            format!("known: {known}"),
        ));
    }
    let unusable = |error: io::Error| {
        Trouble::new(
            format!("can't write {}: {error}", dir.display()),
            "choose another folder",
        )
    };
    if !is_free(dir).map_err(unusable)? {
        return Err(Trouble::new(
            format!("{} is not empty", dir.display()),
            "choose a new folder",
        ));
    }
    let key = Keys::fresh_env_value().map_err(|error| Trouble::new(error, "try again"))?;
    fs::create_dir_all(dir).map_err(unusable)?;
    for (path, bytes) in source.embedded() {
        let target = dir.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(unusable)?;
        }
        fs::write(target, bytes).map_err(unusable)?;
    }
    write_env(&dir.join(".env"), &key).map_err(unusable)?;
    fs::write(dir.join(".gitignore"), ".env\n*.db\n*.db-*\n").map_err(unusable)?;
    Ok(())
}

/// Whether the folder is absent or empty.
fn is_free(dir: &Path) -> io::Result<bool> {
    match fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Writes the secrets' file, readable by its owner alone from its first byte on.
fn write_env(path: &Path, key: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    write!(
        file,
        "# Secrets of this shop. Never commit or send this file.

# The bot's token, from @BotFather.
# TELOXIDE_TOKEN=123456:ABC-DEF

# Seals names, phones and notes in the database. Lost key = lost data.
KS_ORDER_KEY={key}

# Default: ks-order.db in this folder.
# DATABASE_URL=postgres://user@host/name
"
    )?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::Shop;

    fn init(dir: &Path) -> Ended {
        init_with("restaurant", dir)
    }

    fn init_with(pack: &str, dir: &Path) -> Ended {
        run(&Args {
            pack: pack.to_owned(),
            dir: dir.to_owned(),
        })
    }

    #[test]
    fn every_pack_is_a_sound_folder_with_its_own_words_and_pictures() {
        let parent = tempfile::tempdir().unwrap();
        assert_eq!(Source::packs(), ["logistics", "restaurant", "retail"]);
        for pack in Source::packs() {
            let dir = parent.path().join(pack);
            assert_eq!(init_with(pack, &dir), Ok(Exit::Done));
            let shop = Shop::load(&Source::Folder(dir)).unwrap();
            assert_eq!(shop.id, pack);
            for item in shop.catalogue.items() {
                let photo = item.photo.as_ref().unwrap();
                assert!(shop.photo(photo).is_some(), "{photo}");
            }
        }
    }

    #[test]
    fn a_fresh_folder_is_sound_and_its_key_is_for_its_owner_alone() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("my-shop");
        assert_eq!(init(&dir), Ok(Exit::Done));
        let shop = Shop::load(&Source::Folder(dir.clone())).unwrap();
        assert_eq!(shop.id, "restaurant");
        let env = fs::read_to_string(dir.join(".env")).unwrap();
        let key = env
            .lines()
            .find_map(|line| line.strip_prefix("KS_ORDER_KEY="))
            .unwrap();
        assert!(Keys::from_env_value(key).is_ok());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(dir.join(".env")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_folder_in_use_and_an_unknown_pack_are_refused_with_a_cure() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("mine.txt"), "x").unwrap();
        let refused = init(dir.path()).unwrap_err().to_string();
        assert!(
            refused.contains("is not empty; choose a new folder"),
            "{refused}"
        );
        let args = Args {
            pack: "florist".to_owned(),
            dir: dir.path().join("new"),
        };
        assert!(
            run(&args)
                .unwrap_err()
                .to_string()
                .contains("known: logistics, restaurant, retail")
        );
        assert!(!dir.path().join("new").exists());
    }
}
