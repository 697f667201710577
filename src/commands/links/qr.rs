//! Links as QR codes, one SVG file each, for printing.

use std::fs;
use std::path::{Path, PathBuf};

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::commands::Trouble;

/// Modules of 8 units: printers scale an SVG without loss.
const MODULE: u32 = 8;

/// Writes links into a folder, which is made if it is not there.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// The folder, ready to be written to.
    ///
    /// # Errors
    /// It can't be made.
    pub(super) fn open(dir: &Path) -> Result<Self, Trouble> {
        fs::create_dir_all(dir).map_err(|e| {
            Trouble::new(
                format!("{} can't be made: {e}", dir.display()),
                "name a folder that can be written",
            )
        })?;
        Ok(Self(dir.to_owned()))
    }

    /// Writes one link as `NAME.svg`.
    ///
    /// # Errors
    /// The file can't be written.
    pub(super) fn write(&self, name: &str, link: &str) -> Result<(), Trouble> {
        let path = self.0.join(format!("{name}.svg"));
        // Stickers get stained: a third of the code may be lost.
        let code = QrCode::with_error_correction_level(link, EcLevel::H).map_err(|e| {
            Trouble::new(
                format!("{link} fits no QR code: {e}"),
                "this is a fault of the program",
            )
        })?;
        let image = code
            .render::<svg::Color>()
            .module_dimensions(MODULE, MODULE)
            .build();
        fs::write(&path, image).map_err(|e| {
            Trouble::new(
                format!("{} can't be written: {e}", path.display()),
                "name a folder that can be written",
            )
        })
    }
}
