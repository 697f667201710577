//! The life of one request: asked tier by tier, decided by votes, ended once.

use serde::{Deserialize, Serialize};

use super::people::{Barred, Case, Decider};
use super::{Fired, Need, Quorum, Tier};
use crate::domain::contents::Amendment;
use crate::kernel::{CustomerId, Timestamp, coded};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// People are asked.
    Open,
    /// They agreed.
    Approved,
    /// One of them refused.
    Rejected,
    /// Nobody decided in time.
    Expired,
    /// The order was taken back or changed before it was decided.
    Withdrawn,
}
coded!(State {
    Open = "open",
    Approved = "approved",
    Rejected = "rejected",
    Expired = "expired",
    Withdrawn = "withdrawn",
});

/// What somebody decided. Personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Who.
    pub who: CustomerId,
    /// Their name then.
    pub name: String,
    /// Whose authority it was, if somebody stood in.
    pub of: Option<CustomerId>,
    /// That person's name then; empty without one.
    pub of_name: String,
    /// Yes or no.
    pub yes: bool,
    /// In how many minutes the order will be ready, if they said so.
    pub minutes: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// What was asked of the customer, and answered. Personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who.
    pub who: CustomerId,
    /// Their name then.
    pub name: String,
    /// What; clipped.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// What somebody who may decide would rather approve; the customer says whether they want that.
/// Personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Who proposes it.
    pub by: CustomerId,
    /// Their name then.
    pub name: String,
    /// What the order would consist of.
    pub amendment: Amendment,
    /// When.
    pub at: Timestamp,
}

/// Most characters of a question or an answer: it stands on a card.
pub const MAX_SAID: usize = 300;
/// Most questions and answers on a card.
pub const MOST_SAID: usize = 6;

/// A request for people to decide one order. Personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Rises by one when amounts change: then everything begins again.
    pub round: i64,
    /// Rises by one with every change; what a card shows.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// Why people are asked.
    pub fired: Vec<Fired>,
    /// Who is asked, tier by tier.
    pub tiers: Vec<Tier>,
    /// Which tier is asked now, 0-based; their number once all agreed.
    pub tier: usize,
    /// Those of the escalation are asked too.
    pub escalated: bool,
    /// When this tier began to be asked.
    pub tier_at: Timestamp,
    /// When the request began.
    pub asked_at: Timestamp,
    /// When it ends by itself.
    pub due: Timestamp,
    /// Votes of this round, oldest first; each person once.
    pub votes: Vec<Vote>,
    /// Questions to the customer and their answers, oldest first.
    pub said: Vec<Said>,
    /// A question waits for its answer.
    pub unanswered: bool,
    /// Who of the staff changed the order by hand, and so began this round.
    #[serde(default)]
    pub changed_by: Option<CustomerId>,
    /// A change that waits for the customer's word; nobody votes meanwhile. Boxed: hardly any
    /// request has one, and every order carries its request through a turn.
    #[serde(default)]
    pub proposal: Option<Box<Proposal>>,
}

/// Why a vote is refused; nothing changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is decided already.
    Over,
    /// The order's amounts changed since the card was shown.
    Changed,
    /// The customer is asked whether they want it changed.
    Proposed,
    /// This person has voted yes in this round already.
    Twice,
    /// This person may not decide it now.
    Barred(Barred),
}

/// What a vote led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// More of the same tier must agree.
    More,
    /// The next tier is asked.
    NextTier,
    /// All agreed.
    Approved,
    /// Somebody refused.
    Rejected,
}

/// Who may decide for any of these roles, each once, in the order of ids.
fn each_once<'r>(case: &Case<'_>, roles: impl Iterator<Item = &'r [String]>) -> Vec<Decider> {
    let mut found: Vec<Decider> = Vec::new();
    for decider in roles.flat_map(|roles| case.deciders(roles)) {
        if !found.iter().any(|known| known.who == decider.who) {
            found.push(decider);
        }
    }
    found.sort();
    found
}

/// How many must agree of so many who may.
pub fn wanted(quorum: Quorum, deciders: usize) -> usize {
    match quorum {
        Quorum::Any => 1,
        Quorum::All => deciders.max(1),
        Quorum::Of(count) => usize::try_from(count).unwrap_or(1).max(1),
    }
}

impl Request {
    /// A request that begins now and ends by itself at `due`.
    pub fn new(fired: Vec<Fired>, tiers: Vec<Tier>, (now, due): (Timestamp, Timestamp)) -> Self {
        Self {
            round: 1,
            version: 1,
            state: State::Open,
            fired,
            tiers,
            tier: 0,
            escalated: false,
            tier_at: now,
            asked_at: now,
            due,
            votes: Vec::new(),
            said: Vec::new(),
            unanswered: false,
            changed_by: None,
            proposal: None,
        }
    }

    /// The next round of the request, because amounts changed: asked from the first tier on, by
    /// what the rules say now. Votes were for something else; what was said stays.
    #[must_use]
    pub fn anew(
        &self,
        fired: Vec<Fired>,
        tiers: Vec<Tier>,
        now: Timestamp,
        due: Timestamp,
    ) -> Self {
        Self {
            round: self.round + 1,
            version: self.version + 1,
            said: self.said.clone(),
            unanswered: self.unanswered,
            ..Self::new(fired, tiers, (now, due))
        }
    }

    /// Whether people are asked now.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// The needs asked now.
    pub fn asked(&self) -> &[Need] {
        self.tiers.get(self.tier).map_or(&[], Vec::as_slice)
    }

    /// The roles asked now.
    fn roles(&self) -> impl Iterator<Item = &[String]> {
        self.asked().iter().map(|need| need.roles.as_slice())
    }

    /// Everybody who may vote now, each once: those whose role is asked, and those of the
    /// escalation, each of whom decides alone.
    pub fn deciders(&self, case: &Case<'_>, escalate_to: &[String]) -> Vec<Decider> {
        each_once(case, self.roles().chain([escalate_to]))
    }

    /// Those of them who are asked to: of the escalation only once it has come to that, and
    /// nobody who has voted.
    pub fn pending(&self, case: &Case<'_>, escalate_to: &[String]) -> Vec<Decider> {
        let above = if self.escalated { escalate_to } else { &[] };
        let mut asked = each_once(case, self.roles().chain([above]));
        asked.retain(|decider| !self.votes.iter().any(|vote| vote.who == decider.who));
        asked
    }

    /// Whether those who may can satisfy what is asked now. If not, nobody is worth waiting for.
    pub fn can_be_satisfied(&self, case: &Case<'_>) -> bool {
        self.asked().iter().all(|need| case.can_satisfy(need))
    }

    /// Takes a vote in. `round`: the one that the voter's card showed.
    ///
    /// # Errors
    /// Why it does not count; the request is unchanged.
    pub fn vote(
        &mut self,
        vote: Vote,
        round: i64,
        (case, escalate_to): (&Case<'_>, &[String]),
    ) -> Result<Next, Refusal> {
        if self.state != State::Open {
            return Err(Refusal::Over);
        }
        if round != self.round {
            return Err(Refusal::Changed);
        }
        if self.proposal.is_some() {
            return Err(Refusal::Proposed);
        }
        let deciders = self.deciders(case, escalate_to);
        let Some(decider) = deciders.into_iter().find(|decider| decider.who == vote.who) else {
            let voted = self.votes.iter().any(|known| known.who == vote.who);
            return Err(if voted && vote.yes {
                Refusal::Twice
            } else {
                Refusal::Barred(self.why_barred(vote.who, case, escalate_to))
            });
        };
        if vote.yes && self.votes.iter().any(|known| known.who == vote.who) {
            return Err(Refusal::Twice);
        }
        // Who agreed before may still refuse.
        self.votes.retain(|known| known.who != vote.who);
        let (yes, at) = (vote.yes, vote.at);
        self.votes.push(Vote {
            of: (decider.of != decider.who).then_some(decider.of),
            ..vote
        });
        self.version += 1;
        if !yes {
            self.state = State::Rejected;
            return Ok(Next::Rejected);
        }
        Ok(self.advance(at, case, escalate_to))
    }

    fn why_barred(&self, who: CustomerId, case: &Case<'_>, escalate_to: &[String]) -> Barred {
        self.roles()
            .chain([escalate_to])
            .map(|roles| case.barred(who, roles))
            .find(|barred| *barred != Barred::Role)
            .unwrap_or(Barred::Role)
    }

    /// Goes on to the tier that is still to be asked; a yes counts in every tier that its voter
    /// may decide.
    fn advance(&mut self, now: Timestamp, case: &Case<'_>, escalate_to: &[String]) -> Next {
        let before = self.tier;
        while self.tier < self.tiers.len() && self.is_satisfied(case, escalate_to) {
            self.tier += 1;
            self.escalated = false;
            self.tier_at = now;
        }
        if self.tier >= self.tiers.len() {
            self.state = State::Approved;
            Next::Approved
        } else if self.tier > before {
            Next::NextTier
        } else {
            Next::More
        }
    }

    fn is_satisfied(&self, case: &Case<'_>, escalate_to: &[String]) -> bool {
        let agreed = |deciders: &[Decider]| {
            let votes = self.votes.iter().filter(|vote| vote.yes);
            votes
                .filter(|vote| deciders.iter().any(|decider| decider.who == vote.who))
                .count()
        };
        if agreed(&case.deciders(escalate_to)) > 0 {
            return true;
        }
        self.asked().iter().all(|need| {
            let deciders = case.deciders(&need.roles);
            agreed(&deciders) >= wanted(need.quorum, deciders.len())
        })
    }

    /// Those of the escalation are asked too; `false` if they are already, or it is over.
    pub fn escalate(&mut self) -> bool {
        if self.state != State::Open || self.escalated {
            return false;
        }
        self.escalated = true;
        self.version += 1;
        true
    }

    /// Ends it without a decision of a person; `false` if it is over already.
    pub fn end(&mut self, state: State) -> bool {
        if self.state != State::Open {
            return false;
        }
        self.state = state;
        self.proposal = None;
        self.version += 1;
        true
    }

    /// Notes a change that the customer is asked about, instead of an earlier one; `false` if the
    /// request is over.
    pub fn propose(&mut self, proposal: Proposal) -> bool {
        if self.state != State::Open {
            return false;
        }
        self.proposal = Some(Box::new(proposal));
        self.version += 1;
        true
    }

    /// Takes a proposal back: the customer does not want it, or it is void; `false` if there is
    /// none.
    pub fn drop_proposal(&mut self) -> bool {
        if self.state != State::Open || self.proposal.take().is_none() {
            return false;
        }
        self.version += 1;
        true
    }

    /// Notes a question to the customer or, from the customer, an answer; `false` if the card is
    /// full or the request is over. A question leaves room for its answer.
    pub fn say(&mut self, said: Said, is_question: bool) -> bool {
        let most = MOST_SAID - usize::from(is_question);
        if self.state != State::Open || self.said.len() >= most {
            return false;
        }
        let words = said.words.chars().take(MAX_SAID).collect();
        self.said.push(Said { words, ..said });
        self.unanswered = is_question;
        self.version += 1;
        true
    }
}
