//! Files of statements as people get them: what stands in them, and what in those of staff alone.

use std::io::{Cursor, Read};

use crate::support::bot::Setup;
use crate::support::scene::Scene;

const HEAD: &str = "pack: retail
people: lin (en), boss (en), kitchen: group of packer

lin: /start
boss: /start
account lin 900.00
books lin opened 300.50
books lin adjusted -0.50 FREIGHT-1
books lin reimbursed -100.00 BANK-7
";

/// The bytes of the newest file in somebody's chat, and what it is called.
fn newest(scene: &Scene<'_>, who: &str) -> (String, Vec<u8>) {
    let id = scene.stage.id(who).unwrap();
    let messages = scene.stage.telegram.messages(id, id);
    let file = messages.into_iter().rev().find_map(|msg| msg.document);
    let file = file.unwrap();
    let bytes = scene.stage.telegram.file(&file.file_id).unwrap();
    (file.file_name, bytes.to_vec())
}

#[test]
fn a_csv_has_every_entry_and_comments_for_staff_alone() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, HEAD);
    scene.plays("lin: /statement 2026-03-01 2026-03-31\nlin: tap *CSV\n");
    let (name, bytes) = newest(&scene, "lin");
    assert_eq!(name, "statement-2026-03.csv");
    let text = String::from_utf8(bytes).unwrap();
    let wanted = "\u{feff}Date,Time,What,Order of,Order no.,Reference,Amount CNY,Balance CNY,Due\r\n\
        2026-03-01,,Balance before,,,,,0.00,\r\n\
        2026-03-02,12:00,Brought forward,,,,300.50,300.50,2026-04-01\r\n\
        2026-03-02,12:00,Correction,,,FREIGHT-1,-0.50,300.00,\r\n\
        2026-03-02,12:00,Payment,,,BANK-7,-100.00,200.00,\r\n\
        2026-03-31,,Balance after,,,,,200.00,\r\n";
    assert_eq!(text, wanted);
    let lin = scene.stage.id("lin").unwrap();
    scene.plays(&format!("boss: /statement {lin}\nboss: tap *CSV\n"));
    let (_, bytes) = newest(&scene, "boss");
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.matches("seen by staff alone").count(), 3, "{text}");
    scene.ends();
}

#[test]
fn a_spreadsheet_opens() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, HEAD);
    scene.plays("lin: /statement 2026-03-01 2026-03-31\nlin: tap *XLSX\n");
    let (name, bytes) = newest(&scene, "lin");
    assert_eq!(name, "statement-2026-03.xlsx");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut part = zip.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    };
    let page = part("xl/worksheets/sheet1.xml");
    for number in ["300.5", "-0.5", "-100", "200"] {
        assert!(
            page.contains(&format!("<v>{number}</v>")),
            "{number}: {page}"
        );
    }
    let words = part("xl/sharedStrings.xml");
    assert!(words.contains("BANK-7"), "{words}");
    assert!(!words.contains("seen by staff alone"), "{words}");
    scene.ends();
}
