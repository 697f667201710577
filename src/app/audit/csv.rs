//! The record of what was done as a table for a spreadsheet.
//!
//! Nothing in it may run as a formula there: what people typed stands in it.

use chrono::{DateTime, SecondsFormat};

use crate::app::sheet::escaped;
use crate::kernel::CustomerId;
use crate::store::audit::Kept;

pub use crate::app::sheet::BOM;

/// The first line, ended.
pub const HEAD: &str =
    "number,time,user,name,role,act,subject,before,after,why,inbox row,erased,hash\r\n";

/// One entry as a line, ended. Times are UTC; `names` are those of whoever is known.
pub fn line(kept: &Kept, names: &[(CustomerId, String)]) -> String {
    let entry = &kept.entry;
    let time = DateTime::from_timestamp_millis(entry.at.0);
    let name = names.iter().find(|(id, _)| Some(*id) == entry.actor);
    let fields = [
        kept.id.to_string(),
        time.map_or_else(String::new, |time| {
            time.to_rfc3339_opts(SecondsFormat::Secs, true)
        }),
        entry.actor.map_or_else(String::new, |who| who.to_string()),
        name.map_or_else(|| entry.personal.name.clone(), |(_, name)| name.clone()),
        entry.role.clone(),
        entry.act.clone(),
        entry.subject.clone(),
        entry.personal.before.clone(),
        entry.personal.after.clone(),
        entry.personal.why.clone(),
        entry.cause.to_string(),
        if kept.erased { "yes" } else { "" }.to_owned(),
        kept.hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    ];
    let fields: Vec<String> = fields.iter().map(|field| escaped(field)).collect();
    format!("{}\r\n", fields.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Timestamp;
    use crate::store::audit::{Entry, Personal};

    #[test]
    fn a_line_has_as_many_fields_as_the_head() {
        let kept = Kept {
            id: 3,
            erased: false,
            hash: vec![0xab, 1],
            entry: Entry {
                at: Timestamp(1_772_452_980_000),
                actor: Some(CustomerId(7)),
                role: "kitchen".into(),
                act: "order.reject".into(),
                subject: "order/12".into(),
                cause: 5,
                personal: Personal {
                    why: "busy".into(),
                    ..Personal::default()
                },
            },
        };
        let line = line(&kept, &[(CustomerId(7), "Chen".into())]);
        assert_eq!(
            line,
            "3,2026-03-02T12:03:00Z,7,Chen,kitchen,order.reject,order/12,,,busy,5,,ab01\r\n"
        );
        assert_eq!(line.matches(',').count(), HEAD.matches(',').count());
    }
}
