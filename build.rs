//! Rebuilds the embedded folders when one of their files changes.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=dialogues");
}
