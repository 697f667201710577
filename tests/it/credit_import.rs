//! `ks-order credit`: opening balances from a file, all of it or nothing, and the list of accounts.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use ks_order::domain::companies::Details;
use ks_order::kernel::{CompanyId, CustomerId, Locale};
use ks_order::store::{companies, customers};

use crate::both;
use crate::support::child::pack_folder;
use crate::support::db::{KEY, TestDb};
use crate::support::trade::NOW;

const HEAD: &str = "account,limit,terms,balance,due,currency,comment\n";

fn credit(dir: &Path, url: &str, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ks-order"));
    command
        .env_clear()
        .env("KS_ORDER_KEY", KEY)
        .current_dir(dir)
        .args(["credit", ".", "--database", url])
        .args(args);
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let said = [stdout, stderr].map(|said| String::from_utf8(said).unwrap());
    (status.code(), said.concat())
}

both!(
    opening_balances_are_imported_once_and_wholly_or_not_at_all,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        for (id, name) in [("acme-ltd", "=ACME, Ltd"), ("blue-lake", "Blue Lake")] {
            let details = Details {
                name: name.to_owned(),
                ..Details::default()
            };
            let id = CompanyId::from(id);
            let made = companies::insert(&mut tx, (&id, &details), CustomerId(1), NOW).await;
            assert!(made.unwrap());
        }
        let locale = Locale::from("en");
        let seen = customers::see(&mut tx, CustomerId(77), "Lin", &locale, NOW).await;
        seen.unwrap();
        tx.commit().await.unwrap();
        let TestDb { db, url, dir: _dir } = test;
        db.close().await;
        drop(db);

        let folder = pack_folder("retail");
        let dir = folder.path();
        let import = |lines: &str| {
            fs::write(dir.join("opening.csv"), lines).unwrap();
            credit(dir, &url, &["import", "opening.csv"])
        };
        let good = "acme-ltd,5000,eom 15,1200.50,2027-02-15,CNY,\"old books, page 3\"\r\n";
        let (code, said) = import(&format!(
            "{HEAD}{good}no-such,1,,0,,CNY,\nblue-lake,5,,7,,CNY,\np-78,1,,0,,CNY,\nblue-lake,5,,0,,USD,\n"
        ));
        assert_eq!(code, Some(1), "{said}");
        let wanted = [
            "line 3: there is no company no-such",
            "line 4: due: `` is no day such as 2026-12-15, and something is owed",
            "line 5: nobody with the id 78 ever wrote to the bot",
            "line 6: the currency is `USD`, the shop's CNY",
            "nothing was imported",
        ];
        assert_eq!(said.lines().collect::<Vec<_>>(), wanted);

        let file =
            format!("\u{feff}{HEAD}{good}p-77,300,,-20,,CNY,paid ahead\nblue-lake,0,,0,,CNY,\n");
        assert_eq!(import(&file), (Some(0), "accounts opened: 3\n".to_owned()));
        let (code, said) = import(&file);
        assert_eq!(code, Some(1));
        assert!(
            said.starts_with("line 2: the account acme-ltd is open already\n"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 4, "{said}");

        let (code, listed) = credit(dir, &url, &["list"]);
        assert_eq!(code, Some(0), "{listed}");
        let lines: Vec<&str> = listed.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "acme-ltd,\"'=ACME, Ltd\",5000.00,eom 15,1200.50,0.00,3799.50,2027-02-15,CNY,,",
                "blue-lake,Blue Lake,0.00,30,0.00,0.00,0.00,,CNY,,",
                "p-77,Lin,300.00,30,-20.00,0.00,320.00,,CNY,,",
            ]
        );
        let mut verify = Command::new(env!("CARGO_BIN_EXE_ks-order"));
        verify.env_clear().env("KS_ORDER_KEY", KEY);
        let proof = verify
            .args(["verify", "--database", &url])
            .output()
            .unwrap();
        assert!(
            proof.status.success(),
            "{}",
            String::from_utf8_lossy(&proof.stdout)
        );
    }
);

#[test]
fn what_can_not_be_read_is_said_in_one_line() {
    let folder = pack_folder("retail");
    let dir = folder.path();
    let url = format!("sqlite://{}/db.sqlite", dir.display());
    let refused = |dir: &Path, args: &[&str], words: &str| {
        let (code, said) = credit(dir, &url, args);
        assert_eq!(code, Some(2), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(words), "{said}");
    };
    refused(dir, &["import", "none.csv"], "none.csv");
    fs::write(dir.join("latin.csv"), b"account\xff").unwrap();
    refused(dir, &["import", "latin.csv"], "not UTF-8");
    let restaurant = pack_folder("restaurant");
    refused(restaurant.path(), &["list"], "sells nothing on account");
}
