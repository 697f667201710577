//! Groups: who is in them, topics, and a group that becomes a supergroup.

use serde_json::{Value, json};

use super::{
    super::{
        spec::{GroupSpec, SendOptions},
        state::{BotStatus, Chat, ChatKind, Content, State},
    },
    ActResult, refuse,
};

/// Added to the id of a group that became a supergroup, as a negative number of its own.
const SUPERGROUPS: i64 = -1_000_000_000_000;

impl State {
    pub fn add_group(&mut self, spec: GroupSpec) {
        let kind = if spec.forum || spec.is_supergroup {
            ChatKind::Supergroup
        } else {
            ChatKind::Group
        };
        let id = spec.id;
        let chat = self
            .chats
            .entry(id)
            .or_insert_with(|| Chat::new(id, kind, String::new()));
        chat.kind = kind;
        chat.title = spec.title;
        chat.forum = spec.forum;
        chat.members = spec.members;
        self.touch(id);
    }

    fn group_of(&mut self, group: i64, by: i64) -> ActResult<&mut Chat> {
        self.person_mut(by)?;
        match self.chats.get_mut(&group) {
            Some(chat) if chat.kind == ChatKind::Private => refuse(format!("{group} is no group")),
            Some(chat) if !chat.has(by) => refuse(format!("{by} is not in the group {group}")),
            Some(chat) => Ok(chat),
            None => refuse(format!("there is no group {group}")),
        }
    }

    fn service(&mut self, by: i64, chat: i64, fields: Value, words: String) -> ActResult<i64> {
        self.write(
            by,
            chat,
            Content::Service { fields, words },
            SendOptions::default(),
        )
    }

    pub fn add_bot(&mut self, group: i64, by: i64) -> ActResult<()> {
        let chat = self.group_of(group, by)?;
        if chat.bot.is_in() {
            return refuse("the bot is in the group already");
        }
        let old = if chat.bot == BotStatus::Kicked {
            "kicked"
        } else {
            "left"
        };
        chat.bot = BotStatus::Member;
        self.push_membership(group, by, old, "member");
        let mut bot = self.bot_json();
        if let Some(bot) = bot.as_object_mut() {
            bot.remove("language_code");
        }
        let words = format!("{} added {}", self.name_of(by), self.bot.name);
        let fields = json!({
            "new_chat_participant": bot, "new_chat_member": bot, "new_chat_members": [bot],
        });
        self.service(by, group, fields, words)?;
        Ok(())
    }

    pub fn promote_bot(&mut self, group: i64, by: i64) -> ActResult<()> {
        let chat = self.group_of(group, by)?;
        if chat.bot != BotStatus::Member {
            return refuse("the bot is no plain member of the group");
        }
        chat.bot = BotStatus::Administrator;
        self.touch(group);
        self.push_membership(group, by, "member", "administrator");
        Ok(())
    }

    pub fn remove_bot(&mut self, group: i64, by: i64) -> ActResult<()> {
        let chat = self.group_of(group, by)?;
        let old = match chat.bot {
            BotStatus::Administrator => "administrator",
            BotStatus::Member => "member",
            BotStatus::Left | BotStatus::Kicked => return refuse("the bot is not in the group"),
        };
        chat.bot = BotStatus::Kicked;
        self.touch(group);
        self.push_membership(group, by, old, "kicked");
        Ok(())
    }

    pub fn join(&mut self, group: i64, user: i64) -> ActResult<()> {
        self.person_mut(user)?;
        match self.chats.get_mut(&group) {
            Some(chat) if chat.kind != ChatKind::Private => {
                if chat.members.contains(&user) {
                    return Ok(());
                }
                chat.members.push(user);
            }
            _ => return refuse(format!("there is no group {group}")),
        }
        let person = self.person_json(user);
        let fields = json!({"new_chat_member": person, "new_chat_members": [person]});
        let words = format!("{} joined", self.name_of(user));
        self.service(user, group, fields, words)?;
        Ok(())
    }

    pub fn leave(&mut self, group: i64, user: i64) -> ActResult<()> {
        let person = self.person_json(user);
        let words = format!("{} left", self.name_of(user));
        self.group_of(group, user)?;
        self.service(user, group, json!({"left_chat_member": person}), words)?;
        if let Some(chat) = self.chats.get_mut(&group) {
            chat.members.retain(|member| *member != user);
            chat.admins.retain(|admin| *admin != user);
        }
        self.touch(group);
        Ok(())
    }

    pub fn migrate_group(&mut self, group: i64) -> ActResult<i64> {
        let Some(old) = self.chats.get(&group) else {
            return refuse(format!("there is no group {group}"));
        };
        if old.kind != ChatKind::Group || old.migrated_to.is_some() {
            return refuse(format!("{group} is no small group"));
        }
        let Some(owner) = old.members.first().copied() else {
            return refuse("nobody is in the group");
        };
        let id = SUPERGROUPS + group;
        let mut new = Chat::new(id, ChatKind::Supergroup, old.title.clone());
        new.members.clone_from(&old.members);
        new.admins.clone_from(&old.admins);
        new.bot = old.bot;
        self.chats.insert(id, new);
        let words = "the group became a supergroup";
        self.service(
            owner,
            group,
            json!({"migrate_to_chat_id": id}),
            words.into(),
        )?;
        if let Some(old) = self.chats.get_mut(&group) {
            old.migrated_to = Some(id);
        }
        self.touch(group);
        self.service(
            owner,
            id,
            json!({"migrate_from_chat_id": group}),
            words.into(),
        )?;
        Ok(id)
    }

    pub fn create_topic(&mut self, group: i64, by: i64, name: &str) -> ActResult<i64> {
        let chat = self.group_of(group, by)?;
        if !chat.forum {
            return refuse(format!("{group} has no topics"));
        }
        let fields = json!({"forum_topic_created": {"name": name, "icon_color": 7_322_096}});
        let thread = self.service(by, group, fields, format!("topic \"{name}\" was opened"))?;
        self.open_topic(group, thread, name);
        Ok(thread)
    }

    /// The message that opened a topic gives it its id.
    pub fn open_topic(&mut self, group: i64, thread: i64, name: &str) {
        if let Some(chat) = self.chats.get_mut(&group) {
            chat.topics.insert(thread, name.to_owned());
            if let Some(message) = chat.messages.get_mut(&thread) {
                message.thread = Some(thread);
            }
        }
        self.touch(group);
    }
}
