//! Where a shop's files come from: a folder on disk, or a pack embedded in the binary.
//!
//! Paths are relative with `/`, in the folder's own terms. A path that leaves the folder is
//! refused, so that a shop's file can't name another file of the machine.

use std::path::{Component, Path, PathBuf};

use include_dir::{Dir, include_dir};

static DIALOGUES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/dialogues");

/// The folder of what all packs share; not a pack.
const COMMON: &str = "common";

/// Where a shop comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A pack that ships with the product, by its name: `restaurant`.
    Pack(String),
    /// A merchant's own folder.
    Folder(PathBuf),
}

impl Source {
    /// The names of the packs that ship with the product.
    pub fn packs() -> Vec<&'static str> {
        DIALOGUES
            .dirs()
            .filter_map(|dir| dir.path().to_str())
            .filter(|name| *name != COMMON)
            .collect()
    }

    /// Whether there is such a pack or folder.
    pub fn exists(&self) -> bool {
        match self {
            Self::Pack(name) => Self::packs().contains(&name.as_str()),
            Self::Folder(path) => path.is_dir(),
        }
    }

    /// One file's bytes; `None` if there is none, or its path leaves the folder.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        if !is_inside(path) {
            return None;
        }
        match self {
            Self::Pack(name) => DIALOGUES
                .get_file(format!("{name}/{path}"))
                .map(|file| file.contents().to_vec()),
            Self::Folder(folder) => std::fs::read(folder.join(path)).ok(),
        }
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        is_inside(path)
            && match self {
                Self::Pack(name) => DIALOGUES.get_file(format!("{name}/{path}")).is_some(),
                Self::Folder(folder) => folder.join(path).is_file(),
            }
    }

    /// The files directly in `dir` (empty = the folder itself) that end in `extension`, sorted.
    pub fn list(&self, dir: &str, extension: &str) -> Vec<String> {
        let mut names = match self {
            Self::Pack(name) => embedded_names(format!("{name}/{dir}").trim_end_matches('/')),
            Self::Folder(folder) => folder_names(&folder.join(dir)),
        };
        names.retain(|name| {
            name.rsplit_once('.')
                .is_some_and(|(_, end)| end == extension)
        });
        names.sort();
        let prefix = if dir.is_empty() {
            String::new()
        } else {
            format!("{dir}/")
        };
        names
            .into_iter()
            .map(|name| format!("{prefix}{name}"))
            .collect()
    }

    /// Every file of an embedded pack with its path; nothing for a folder.
    pub fn embedded(&self) -> Vec<(String, &'static [u8])> {
        let Self::Pack(name) = self else {
            return Vec::new();
        };
        let mut found = Vec::new();
        if let Some(dir) = DIALOGUES.get_dir(name) {
            collect(dir, &mut found);
        }
        found
            .into_iter()
            .filter_map(|(path, bytes)| {
                let inner = path.strip_prefix(&format!("{name}/"))?.to_owned();
                Some((inner, bytes))
            })
            .collect()
    }
}

/// Files shared by all shops, from the binary: (path under `common/`, text).
pub fn common(dir: &str, extension: &str) -> Vec<(String, &'static str)> {
    let Some(dir) = DIALOGUES.get_dir(format!("{COMMON}/{dir}").trim_end_matches('/')) else {
        return Vec::new();
    };
    let mut files: Vec<_> = dir
        .files()
        .filter(|file| file.path().extension().is_some_and(|e| e == extension))
        .filter_map(|file| Some((file.path().to_str()?.to_owned(), file.contents_utf8()?)))
        .collect();
    files.sort();
    files
}

fn collect(dir: &'static Dir<'static>, found: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            found.push((path.to_owned(), file.contents()));
        }
    }
    for inner in dir.dirs() {
        collect(inner, found);
    }
}

fn embedded_names(dir: &str) -> Vec<String> {
    let Some(dir) = DIALOGUES.get_dir(dir) else {
        return Vec::new();
    };
    dir.files()
        .filter_map(|file| Some(file.path().file_name()?.to_str()?.to_owned()))
        .collect()
}

fn folder_names(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leaves_the_folder() {
        for path in ["../secret", "/etc/passwd", "a/../../b", ""] {
            assert!(!is_inside(path), "{path}");
        }
        assert!(is_inside("photos/tea.jpg"));
    }

    #[test]
    fn the_restaurant_pack_is_embedded_and_common_is_no_pack() {
        assert!(Source::packs().contains(&"restaurant"));
        assert!(!Source::packs().contains(&"common"));
        let pack = Source::Pack("restaurant".to_owned());
        assert!(pack.has("shop.toml") && !pack.has("none.toml"));
        assert!(
            pack.list("texts", "ftl")
                .contains(&"texts/en.ftl".to_owned())
        );
        assert!(pack.embedded().iter().any(|(path, _)| path == "shop.toml"));
    }
}
