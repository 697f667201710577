//! Checks of what was learned from customers' words: nobody has more of it than may be, and a phrase
//! is another name of one item at most.

use super::rules::{Rule, rule};

pub(super) const RULES: &[Rule] = &[
    // The turn after one was remembered makes room.
    rule(
        "learned.most",
        "learned",
        "select cast(customer as text), 'has ' || cast(count(*) as text) || ' phrases' from learned
         where not exists (select 1 from inbox i
            where i.lane = '0/0/2' and i.state in ('new', 'posted'))
         group by customer having count(*) > 50",
    ),
    rule(
        "aliases.state",
        "aliases",
        "select cast(id as text), 'is ' || state || case when decided_by is null
            then ' and decided by nobody' else ' and decided' end from aliases
         where state not in ('open', 'accepted', 'declined', 'removed')
         or (state = 'open') <> (decided_by is null)
         or (decided_by is null) <> (decided_ms is null) or people < 2",
    ),
    rule(
        "aliases.name",
        "aliases",
        "select cast(max(id) as text), 'is another name of several items' from aliases
         where state = 'accepted' group by digest having count(*) > 1",
    ),
    // Whoever keeps what is accepted reads it anew when this changes.
    rule(
        "aliases.version",
        "settings",
        "select 'aliases', 'something is accepted, and no change of it is named'
         from (select count(*) as names from aliases where state in ('accepted', 'removed')) as those
         where names > 0 and not exists (select 1 from settings where name = 'aliases')",
    ),
];
