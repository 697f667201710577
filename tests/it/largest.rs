//! The largest order that there can be, from a pasted list to the counter and through a change:
//! every card stays within what a message holds, and says how much more there is.

use std::fs;
use std::path::Path;

use crate::conversations::play_in;
use crate::support::bot::Setup;
use crate::support::child::pack_folder;

/// Lines of the largest cart.
const LINES: usize = 200;

/// The restaurant with so many more dishes, each with the longest name that is allowed.
fn folder() -> tempfile::TempDir {
    let folder = pack_folder("restaurant");
    let path = folder.path().join("catalogue.toml");
    let mut catalogue = fs::read_to_string(&path).unwrap();
    for n in 0..LINES {
        let name = format!("{:x<60}", format!("Dish {n:03} & <friends> "));
        catalogue.push_str(&format!(
            "\n[[item]]\nid = \"d-{n:03}\"\ncategory = \"hot\"\nname = {{ en = \"{name}\", zh-CN = \"{name}\" }}\n\
             price = \"1.00\"\ntax = \"food\"\nstock = 1000\n"
        ));
    }
    fs::write(path, catalogue).unwrap();
    folder
}

/// What is said, in `largest.chat` beside this; `{list}` is a line for each dish.
fn script() -> String {
    let list: Vec<String> = (0..LINES).map(|n| format!("d-{n:03} 2")).collect();
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/largest.chat");
    let text = fs::read_to_string(home).unwrap();
    text.replace("{list}", &list.join("\\n"))
}

#[test]
fn the_largest_order_goes_all_the_way() {
    let mut wrong = Vec::new();
    for (n, setup) in [Some(Setup::sqlite()), Setup::postgres()]
        .into_iter()
        .flatten()
        .enumerate()
    {
        if let Err(why) = play_in(folder(), &script(), 801 + n as i64, &setup) {
            wrong.push(why);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
