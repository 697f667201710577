use super::*;

#[test]
fn every_pack_that_ships_is_sound() {
    for pack in Source::packs() {
        let source = Source::Pack(pack.to_owned());
        if let Err(faults) = Shop::load(&source) {
            panic!("{pack}:\n{faults}");
        }
    }
}
