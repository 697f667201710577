// The lower end of a chat: writing, the reply keyboard, the commands, what can be attached.

import { act } from './api.js';
import { ask, el, openMenu } from './dom.js';
import { Results } from './inline.js';
import { t } from './words.js';

const STICKERS = ['👍', '😋', '🥟', '🙏', '🎉', '🤷'];
const NEAR = { latitude: '31.23040', longitude: '121.47370' };

export class Composer {
  constructor(column) {
    this.column = column;
    this.hiddenBoard = null; // id of the message whose one-time keyboard was used
    this.replying = null;
    this.editing = null;
    this.results = new Results(column);
    this.input = el('textarea', {
      rows: 1, placeholder: t('write'), 'aria-label': t('write'), maxLength: 20000, dir: 'auto',
      oninput: () => { this.grow(); this.results.typed(this.input.value); },
      onkeydown: (event) => this.key(event),
    });
    this.note = el('div', { class: 'composer-note', hidden: true });
    this.commandsButton = this.tool('/', t('commands'), () => this.showCommands());
    this.boardButton = this.tool('⌨', t('keyboard'), () => this.toggleBoard());
    this.topic = el('select', { class: 'topic-select', 'aria-label': t('topic'), hidden: true });
    this.form = el('form', { class: 'composer', onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.tool('📎', t('attach'), (button) => this.showAttach(button)), this.input, this.commandsButton, this.boardButton,
      el('button', { type: 'submit', class: 'send', 'aria-label': t('send'), title: t('send') }, '➤'));
    this.board = el('div', { class: 'board', hidden: true, role: 'group', 'aria-label': t('keyboard') });
    this.start = el('button', { type: 'button', class: 'start', hidden: true, onclick: () => this.pressStart() });
    this.root = el('div', { class: 'bottom' }, this.results.root, this.note, this.topic, this.form, this.board, this.start);
  }

  /** Files that are dropped on the chat are sent, one message each. */
  takeDrops(target) {
    const over = (event, yes) => {
      if (this.form.hidden || ![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      target.classList.toggle('dropping', yes);
    };
    target.addEventListener('dragover', (event) => over(event, true));
    target.addEventListener('dragleave', (event) => over(event, false));
    target.addEventListener('drop', async (event) => {
      over(event, false);
      if (this.form.hidden) return;
      for (const file of event.dataTransfer.files) await this.sendFile('send_document', file);
    });
  }

  tool(text, label, run) {
    const button = el('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, onclick: () => run(button) }, text);
    return button;
  }

  /** Shows what the chat allows now. */
  refresh() {
    const { chat, world, actor } = this.column;
    const user = world.users.get(actor);
    const closed = chat.type === 'private' && user && (user.blocked || !user.started);
    const gone = Boolean(chat.migrated_to);
    this.start.hidden = !closed;
    this.start.textContent = user?.blocked ? t('unblock') : t('start');
    this.form.hidden = closed || gone;
    if (this.focusNext && !this.form.hidden) {
      this.focusNext = false;
      this.input.focus();
    }
    this.commandsButton.hidden = this.commands().length === 0;
    const board = chat.reply_keyboard;
    const signature = JSON.stringify(board ?? null);
    if (signature !== this.boardSignature) {
      this.boardSignature = signature;
      this.drawBoard(board);
      if (board?.message_id !== this.hiddenBoard) this.hiddenBoard = null;
    }
    this.boardButton.hidden = !board;
    this.board.hidden = closed || gone || !board || this.hiddenBoard === board.message_id;
    this.input.placeholder = (!this.board.hidden && board?.placeholder) || t('write');
    this.refreshTopics(chat.topics ?? []);
  }

  refreshTopics(topics) {
    const signature = JSON.stringify(topics);
    if (signature === this.topicSignature) return;
    this.topicSignature = signature;
    const before = this.topic.value;
    this.topic.replaceChildren(el('option', { value: '' }, `# ${t('general')}`),
      ...topics.map((topic) => el('option', { value: String(topic.thread) }, `# ${topic.name}`)));
    this.topic.value = topics.some((topic) => String(topic.thread) === before) ? before : '';
    this.topic.hidden = topics.length === 0;
  }

  drawBoard(board) {
    const rows = board?.rows ?? [];
    this.board.replaceChildren(...rows.map((row) => el('div', { class: 'keys-row' }, row.map((button) => el('button', {
      type: 'button', class: 'board-key', dir: 'auto', data: { kind: button.kind }, onclick: () => this.pressBoard(button, board),
    }, button.kind === 'contact' ? '📱 ' : button.kind === 'location' ? '📍 ' : '', button.text)))));
  }

  async pressBoard(button, board) {
    const done = button.kind === 'contact' ? await this.shareContact(true)
      : button.kind === 'location' ? await this.shareLocation(t('keyboardLocation'))
        : await this.column.act('press_reply', { text: button.text });
    if (done && board.one_time) {
      this.hiddenBoard = board.message_id;
      this.refresh();
    }
  }

  toggleBoard() {
    const id = this.column.chat.reply_keyboard?.message_id;
    this.hiddenBoard = this.hiddenBoard === id ? null : id;
    this.refresh();
  }

  commands() {
    const own = (this.column.chat.commands ?? []).find(([user]) => user === this.column.actor);
    return own?.[1] ?? [];
  }

  showCommands() {
    openMenu(this.commandsButton, this.commands().map((command) => ({
      label: `/${command.command}`, note: command.description, run: () => this.column.say(`/${command.command}`),
    })), t('commands'));
  }

  showAttach(button) {
    openMenu(button, [
      { label: t('photo'), run: () => this.column.act('send_photo', this.where()) },
      { label: t('pickPhoto'), run: () => this.pickFile('image/*', 'send_photo') },
      { label: t('document'), run: () => this.pickFile('', 'send_document') },
      { label: t('voice'), run: () => this.column.act('send_voice', this.where()) },
      { label: t('location'), run: () => this.shareLocation(t('location')) },
      { label: t('ownContact'), run: () => this.shareContact(false) },
      { label: t('otherContact'), run: () => this.shareOther() },
      null,
      ...STICKERS.map((emoji) => ({ label: t('sticker', { emoji }), run: () => this.column.act('send_sticker', { emoji, ...this.where() }) })),
    ], t('attach'));
  }

  where() {
    return this.topic.value ? { thread: Number(this.topic.value) } : {};
  }

  async pickFile(accept, name) {
    const input = el('input', { type: 'file', accept });
    input.addEventListener('change', () => input.files[0] && this.sendFile(name, input.files[0]));
    input.click();
  }

  async sendFile(name, file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return this.column.act(name, { base64: btoa(text), name: file.name, ...this.where() });
  }

  /** Sharing one's number from a keyboard is confirmed first, as Telegram does. */
  async shareContact(confirm) {
    const user = this.column.world.users.get(this.column.actor);
    if (confirm && !await ask(t('shareContactAsk'), [], t('share'))) return false;
    if (!user?.phone) {
      const answer = await ask(t('phone'), [{ name: 'phone', label: t('phone'), type: 'tel', value: '+8613800138000' }], t('share'));
      if (!answer) return false;
      await act('add_user', {
        id: user.id, first_name: user.name, username: user.username, language_code: user.language_code, phone: answer.phone,
      }).catch((error) => this.column.toast(error.message));
    }
    return this.column.act('share_contact', {});
  }

  async shareOther() {
    const others = [...this.column.world.users.values()].filter((user) => user.id !== this.column.actor);
    const answer = await ask(t('contact'), [{ name: 'of', label: t('person'), options: others.map((user) => [user.id, user.name]) }], t('share'));
    if (answer) await this.column.act('share_contact', { of: Number(answer.of) });
  }

  async shareLocation(title) {
    const answer = await ask(title, [
      { name: 'latitude', label: t('latitude'), type: 'number', step: 'any', value: NEAR.latitude },
      { name: 'longitude', label: t('longitude'), type: 'number', step: 'any', value: NEAR.longitude },
    ], t('share'));
    if (!answer) return false;
    return this.column.act('share_location', { latitude: Number(answer.latitude), longitude: Number(answer.longitude) });
  }

  async pressStart() {
    const { world, actor } = this.column;
    const blocked = world.users.get(actor)?.blocked;
    this.focusNext = true; // the input is hidden until the state says that the chat is open
    if (!await this.column.act(blocked ? 'unblock' : 'start', { user: actor }, false)) this.focusNext = false;
  }

  key(event) {
    if (this.results.key(event)) return;
    // Enter that picks a word of an input method is not a message.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === 'Escape' && (this.replying || this.editing)) {
      event.preventDefault();
      this.setNote(null);
    }
  }

  async submit() {
    const text = this.input.value;
    // Words for the bot are never sent to the chat.
    if (!text.trim() || this.results.wordsIn(text) !== null) return;
    const editing = this.editing;
    const fields = editing ? { message_id: editing.id, text } : { text, ...this.where() };
    if (this.replying) fields.reply_to = this.replying.id;
    this.input.value = '';
    this.setNote(null);
    this.grow();
    if (!await this.column.act(editing ? 'edit_text' : 'send_text', fields)) {
      this.input.value = text; // nothing typed is lost by a refusal
      this.grow();
    }
  }

  /** As if `@bot words` was typed. */
  search(words) {
    this.input.value = `@${this.column.world.botUsername} ${words}`;
    this.grow();
    this.input.focus();
    this.results.typed(this.input.value);
  }

  reply(msg) { this.setNote({ replying: msg }); }

  edit(msg) {
    this.setNote({ editing: msg });
    this.input.value = msg.text;
    this.grow();
  }

  setNote(what) {
    this.replying = what?.replying ?? null;
    this.editing = what?.editing ?? null;
    const msg = this.replying ?? this.editing;
    this.note.hidden = !msg;
    this.note.replaceChildren(...(msg ? [
      el('span', { dir: 'auto' }, `${this.editing ? t('edit') : t('reply')}: ${(msg.text || msg.sticker || t('photoAlt')).split('\n')[0]}`),
      el('button', { type: 'button', class: 'plain', 'aria-label': t('cancel'), onclick: () => this.setNote(null) }, '✕'),
    ] : []));
    if (msg) this.input.focus();
  }

  grow() {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
  }
}
