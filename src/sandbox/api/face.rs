//! The bot's face: command menus, descriptions, the menu button.

use serde_json::{Value, json};

use super::{
    super::{
        state::{Scope, State},
        view::CommandView,
    },
    error::{ApiError, ApiResult},
    params::{Params, text_field},
};

const MOST_COMMANDS: usize = 100;
const LONGEST_COMMAND: usize = 32;
const LONGEST_DESCRIPTION: usize = 256;

impl State {
    fn scope(&self, params: &Params) -> Result<Scope, ApiError> {
        let Some(scope) = params.json("scope", "Can't parse BotCommandScope JSON object")? else {
            return Ok(Scope::Default);
        };
        let refuse = |words: &str| ApiError::bad(format!("Can't parse BotCommandScope: {words}"));
        if !scope.is_object() {
            return Err(refuse("BotCommandScope must be an Object"));
        }
        let kind = text_field(&scope, "type").map_err(|_| refuse("Can't find field \"type\""))?;
        match kind.as_str() {
            "default" => return Ok(Scope::Default),
            "all_private_chats" => return Ok(Scope::AllPrivate),
            "all_group_chats" => return Ok(Scope::AllGroups),
            "all_chat_administrators" => return Ok(Scope::AllAdmins),
            "chat" | "chat_administrators" | "chat_member" => {}
            _ => return Err(refuse("Unsupported type specified")),
        }
        let chat =
            text_field(&scope, "chat_id").map_err(|_| refuse("Can't find field \"chat_id\""))?;
        if chat.is_empty() {
            return Err(refuse("Empty chat_id specified"));
        }
        let mut of_chat = Params::default();
        of_chat.fields.insert("chat_id".into(), chat.into());
        let chat = self.readable(&of_chat)?;
        match kind.as_str() {
            "chat" => Ok(Scope::Chat(chat)),
            "chat_administrators" => Ok(Scope::ChatAdmins(chat)),
            _ => match scope.get("user_id").and_then(Value::as_i64) {
                Some(user) if user > 0 => Ok(Scope::Member(chat, user)),
                _ => Err(refuse("Invalid user_id specified")),
            },
        }
    }

    pub(super) fn set_my_commands(&mut self, params: &Params) -> ApiResult {
        let list = match params.json("commands", "Can't parse commands JSON object")? {
            None => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(ApiError::bad("Expected an Array of BotCommand")),
        };
        let commands: Vec<CommandView> = list.iter().map(command).collect::<Result<_, _>>()?;
        let scope = self.scope(params)?;
        let language = language(params)?;
        for command in &commands {
            check_command(command)?;
        }
        if commands.len() > MOST_COMMANDS {
            return Err(ApiError::bad("BOT_COMMANDS_TOO_MUCH"));
        }
        self.menus.set(scope, language, commands);
        self.touch_people();
        Ok(true.into())
    }

    pub(super) fn get_my_commands(&mut self, params: &Params) -> ApiResult {
        let (scope, language) = (self.scope(params)?, language(params)?);
        Ok(json!(
            self.menus
                .get(scope, &language)
                .cloned()
                .unwrap_or_default()
        ))
    }

    pub(super) fn delete_my_commands(&mut self, params: &Params) -> ApiResult {
        let (scope, language) = (self.scope(params)?, language(params)?);
        self.menus.set(scope, language, Vec::new());
        self.touch_people();
        Ok(true.into())
    }

    pub(super) fn set_chat_menu_button(&mut self, params: &Params) -> ApiResult {
        let button = params.json("menu_button", "Can't parse menu button JSON object")?;
        let button = button.unwrap_or_else(|| json!({"type": "default"}));
        let refuse = |words: &str| ApiError::bad(format!("Can't parse menu button: {words}"));
        match button.get("type").and_then(Value::as_str) {
            Some("default" | "commands" | "web_app") => {}
            Some(_) => return Err(refuse("MenuButton has unsupported type")),
            None => return Err(refuse("Can't find field \"type\"")),
        }
        if params.has("chat_id") {
            self.readable(params)?;
        } else {
            self.bot.menu_button = button;
        }
        Ok(true.into())
    }

    pub(super) fn set_my_text(&mut self, params: &Params, name: &str, longest: usize) -> ApiResult {
        let language = language(params)?;
        let text = params.text(name);
        if text.chars().count() > longest {
            let words = match name {
                "name" => "BOT_TITLE_INVALID",
                "description" => "DESCRIPTION_TOO_LONG",
                _ => "ABOUT_TOO_LONG",
            };
            return Err(ApiError::bad(words));
        }
        self.bot
            .descriptions
            .insert(format!("{name}/{language}"), text);
        self.rev += 1;
        Ok(true.into())
    }

    pub(super) fn my_text(&self, params: &Params, name: &str) -> Value {
        let language = params.text("language_code");
        let kept = |language: &str| self.bot.descriptions.get(&format!("{name}/{language}"));
        let text = kept(&language)
            .or_else(|| kept(""))
            .cloned()
            .unwrap_or_default();
        json!({name: text})
    }
}

fn command(value: &Value) -> Result<CommandView, ApiError> {
    let refuse = |words: &str| ApiError::bad(format!("Can't parse BotCommand: {words}"));
    if !value.is_object() {
        return Err(refuse("expected an Object"));
    }
    let field = |name: &str| {
        text_field(value, name).map_err(|_| refuse(&format!("Can't find field \"{name}\"")))
    };
    Ok(CommandView {
        command: field("command")?.trim().trim_start_matches('/').to_owned(),
        description: field("description")?.trim().to_owned(),
    })
}

fn check_command(command: &CommandView) -> Result<(), ApiError> {
    let CommandView {
        command,
        description,
    } = command;
    if command.is_empty() {
        return Err(ApiError::bad("Command must be non-empty"));
    }
    if command.chars().count() > LONGEST_COMMAND {
        return Err(ApiError::bad(format!(
            "Command length must not exceed {LONGEST_COMMAND}"
        )));
    }
    if description.is_empty() {
        return Err(ApiError::bad("Command description must be non-empty"));
    }
    if description.chars().count() > LONGEST_DESCRIPTION {
        return Err(ApiError::bad(format!(
            "Command description length must not exceed {LONGEST_DESCRIPTION}"
        )));
    }
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !command.bytes().all(allowed) {
        return Err(ApiError::bad("BOT_COMMAND_INVALID"));
    }
    Ok(())
}

/// Two small letters or nothing.
fn language(params: &Params) -> Result<String, ApiError> {
    let code = params.text("language_code");
    let good = code.is_empty() || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()));
    if good {
        Ok(code)
    } else {
        Err(ApiError::bad("Invalid language code specified"))
    }
}
