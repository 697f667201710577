//! The bot's command menus: by scope and language, and which of them a person sees.

use std::collections::HashMap;

use super::{super::view::CommandView, ChatKind, State};

/// Whom a menu is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::sandbox) enum Scope {
    Default,
    AllPrivate,
    AllGroups,
    AllAdmins,
    Chat(i64),
    ChatAdmins(i64),
    Member(i64, i64),
}

#[derive(Debug, Default)]
pub(in crate::sandbox) struct Menus {
    by_scope: HashMap<(Scope, String), Vec<CommandView>>,
}

impl Menus {
    /// An empty list removes the menu.
    pub fn set(&mut self, scope: Scope, language: String, commands: Vec<CommandView>) {
        if commands.is_empty() {
            self.by_scope.remove(&(scope, language));
        } else {
            self.by_scope.insert((scope, language), commands);
        }
    }

    pub fn get(&self, scope: Scope, language: &str) -> Option<&Vec<CommandView>> {
        self.by_scope.get(&(scope, language.to_owned()))
    }
}

impl State {
    /// What a person sees behind "/": the narrowest scope wins, in it the person's language.
    pub fn commands_for(&self, user: i64, chat: i64) -> Vec<CommandView> {
        let language = self
            .people
            .get(&user)
            .and_then(|person| person.spec.language_code.as_deref())
            .and_then(|code| code.split('-').next())
            .unwrap_or_default();
        let kind = self
            .chats
            .get(&chat)
            .map_or(ChatKind::Private, |chat| chat.kind);
        let scopes = if kind == ChatKind::Private {
            vec![Scope::Chat(chat), Scope::AllPrivate, Scope::Default]
        } else {
            let mut scopes = vec![Scope::Member(chat, user)];
            let admin = self
                .chats
                .get(&chat)
                .is_some_and(|chat| chat.is_admin(user));
            if admin {
                scopes.push(Scope::ChatAdmins(chat));
            }
            scopes.push(Scope::Chat(chat));
            if admin {
                scopes.push(Scope::AllAdmins);
            }
            scopes.extend([Scope::AllGroups, Scope::Default]);
            scopes
        };
        for scope in scopes {
            for language in [language, ""] {
                if let Some(commands) = self.menus.get(scope, language) {
                    return commands.clone();
                }
            }
        }
        Vec::new()
    }
}
