// One chat, as one person (or one of a group's members) sees it. Only what changed is drawn anew, so that focus,
// selection and scrolling stay where they are.

import { act } from './api.js';
import { Composer } from './composer.js';
import { ask, avatar, el, openMenu } from './dom.js';
import { follow } from './links.js';
import { drawMessage } from './message.js';
import { dayOf, t } from './words.js';

const TAP_MS = 15000; // after this a button that nobody answered looks idle again
const LANGUAGES = [['en', 'English'], ['zh-hans', '简体中文'], ['de', 'Deutsch'], ['', null]];

export class Column {
  constructor(world, chat) {
    this.world = world;
    this.chat = chat;
    this.actor = this.firstActor();
    this.drawn = new Map(); // message id -> { signature, node }
    this.busy = new Map(); // tap id -> "message/row/col"
    this.unread = 0;
    this.seen = null; // id of the newest message when the chat was last looked at
    this.composer = new Composer(this);
    this.build();
  }

  firstActor() {
    return this.chat.type === 'private' ? this.chat.id : (this.chat.members[0]?.user ?? null);
  }

  build() {
    this.title = el('h2', { dir: 'auto', id: `title-${this.chat.id}` });
    this.sub = el('p', { class: 'sub' });
    this.who = el('div', { class: 'acting', role: 'radiogroup', 'aria-label': t('asWhom') });
    this.more = el('button', { type: 'button', class: 'plain', 'aria-label': t('options'), title: t('options'), 'aria-haspopup': 'menu', onclick: () => this.showOptions() }, '⋯');
    this.face = el('span');
    this.pin = el('button', { type: 'button', class: 'pin', hidden: true });
    this.list = el('ol', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', 'aria-labelledby': `title-${this.chat.id}`, tabindex: '0' });
    this.scroller = el('div', { class: 'scroll', onscroll: () => this.scrolled() }, this.list);
    // A picture that loads, a keyboard that opens, a narrower window: who read the end goes on reading the end.
    new ResizeObserver(() => { if (this.follows) this.toEnd(false); }).observe(this.scroller);
    new ResizeObserver(() => { if (this.follows) this.toEnd(false); }).observe(this.list);
    this.follows = true;
    this.below = el('button', { type: 'button', class: 'below', hidden: true, onclick: () => this.toEnd(true) }, '↓');
    this.toasts = el('div', { class: 'toasts', role: 'status', 'aria-live': 'assertive' });
    this.root = el('section', { class: 'column', data: { chat: this.chat.id }, 'aria-labelledby': `title-${this.chat.id}` },
      el('header', { class: 'head' }, this.face, el('div', { class: 'head-text' }, this.title, this.sub), this.more),
      this.who, this.pin, el('div', { class: 'room' }, this.scroller, this.below, this.toasts), this.composer.root);
    this.composer.takeDrops(this.root);
  }

  update(chat) {
    this.chat = chat;
    if (!this.actor || (chat.type !== 'private' && !chat.members.some((member) => member.user === this.actor))) this.actor = this.firstActor();
    this.refresh();
  }

  refresh() {
    this.drawHead();
    this.drawActors();
    this.drawMessages();
    this.composer.refresh();
  }

  drawHead() {
    const { chat, world } = this;
    const user = world.users.get(chat.id);
    this.title.textContent = chat.title || user?.name || String(chat.id);
    if (this.faceTitle !== this.title.textContent) {
      this.faceTitle = this.title.textContent;
      this.face.replaceChildren(avatar(chat.id, this.faceTitle));
    }
    this.sub.textContent = chat.action ? t('typing') : chat.type === 'private' ? about(user) : groupAbout(chat);
    this.sub.classList.toggle('active', Boolean(chat.action));
    const pinned = [...chat.messages].reverse().find((msg) => msg.pinned && !msg.deleted);
    this.pin.hidden = !pinned;
    if (pinned) {
      this.pin.textContent = `📌 ${(pinned.text || t('photoAlt')).split('\n')[0]}`;
      this.pin.onclick = () => this.jump(pinned.id);
    }
  }

  drawActors() {
    const people = this.chat.type === 'private' ? [] : this.chat.members.map((member) => this.world.users.get(member.user)).filter(Boolean);
    const signature = people.map((user) => `${user.id}:${user.name}`).join() + this.actor;
    if (signature === this.actorSignature) return;
    this.actorSignature = signature;
    this.who.hidden = people.length === 0;
    const hadFocus = this.who.contains(document.activeElement);
    this.who.replaceChildren(...people.map((user) => el('label', { class: 'actor' }, el('input', {
      type: 'radio', name: `actor-${this.chat.id}`, value: String(user.id), checked: user.id === this.actor, onchange: () => this.actAs(user.id),
    }), el('span', { dir: 'auto' }, t('as', { name: user.name })))));
    if (hadFocus) this.who.querySelector('input:checked')?.focus();
  }

  actAs(user) {
    this.actor = user;
    this.refresh();
  }

  drawMessages() {
    const atEnd = this.follows;
    const focused = focusIn(this.list);
    const nodes = [];
    let day = '';
    for (const msg of this.chat.messages) {
      if (msg.deleted && !this.world.showDeleted) continue;
      const today = dayOf(msg.date_ms);
      if (today !== day) {
        day = today;
        nodes.push(this.dayNode(today));
      }
      nodes.push(this.node(msg));
    }
    if (nodes.length === 0) nodes.push(this.emptyNode());
    sync(this.list, nodes);
    if (focused && !this.list.contains(document.activeElement)) this.refocus(focused);
    this.settled = true;
    const alive = new Set(this.chat.messages.map((msg) => msg.id));
    for (const id of this.drawn.keys()) if (!alive.has(id)) this.drawn.delete(id);
    this.countUnread();
    if (atEnd) this.toEnd(false);
    this.below.hidden = this.follows;
  }

  node(msg) {
    const busy = [...this.busy.values()].filter((place) => place.startsWith(`${msg.id}/`)).join();
    const signature = `${JSON.stringify(msg)}|${this.actor}|${busy}`;
    const old = this.drawn.get(msg.id);
    if (old?.signature === signature) return old.node;
    const node = drawMessage(msg, this);
    if (old) {
      if (old.edits !== (msg.edits ?? 0)) node.classList.add('changed');
    } else if (this.settled) {
      node.classList.add('new');
    }
    this.drawn.set(msg.id, { signature, node, edits: msg.edits ?? 0 });
    return node;
  }

  /** Keyboard users stay on the button they pressed when its message is drawn anew, or near it if it is gone. */
  refocus({ id, row, col }) {
    const keys = [...(this.drawn.get(id)?.node.querySelectorAll('.key') ?? [])];
    const same = keys.find((key) => key.dataset.row === row && key.dataset.col === col);
    (same ?? keys.find((key) => key.dataset.row === row) ?? keys[0] ?? this.list).focus({ preventScroll: true });
  }

  dayNode(text) {
    this.days ??= new Map();
    if (!this.days.has(text)) this.days.set(text, el('li', { class: 'day' }, el('span', {}, text)));
    return this.days.get(text);
  }

  emptyNode() {
    this.nothing ??= el('li', { class: 'nothing' }, el('b', {}, t('empty')), this.chat.type === 'private' ? el('span', {}, t('emptyHint')) : '');
    return this.nothing;
  }

  // Reading -------------------------------------------------------------------------------------------------------

  isAtEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < 40;
  }

  toEnd(focus) {
    this.follows = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.below.hidden = true;
    if (focus) this.list.focus({ preventScroll: true });
    this.countUnread();
  }

  scrolled() {
    // Only going up leaves the end; that the chat grew under the reader does not.
    const top = this.scroller.scrollTop;
    if (this.isAtEnd()) this.follows = true;
    else if (top < this.lastTop - 2) this.follows = false;
    this.lastTop = top;
    this.below.hidden = this.follows;
    if (this.follows) this.countUnread();
  }

  /** Messages of others that came while the chat was out of sight. */
  countUnread() {
    const newest = this.chat.messages.at(-1)?.id ?? 0;
    const looking = this.inView && !document.hidden && this.follows;
    if (this.seen === null || looking) this.seen = newest;
    this.unread = this.chat.messages.filter((msg) => msg.id > this.seen && !msg.deleted && msg.from !== this.actor && !msg.service).length;
    this.below.textContent = this.unread ? `↓ ${this.unread}` : '↓';
    this.below.setAttribute('aria-label', this.unread ? t('unread', { n: this.unread }) : t('newBelow'));
    this.world.drawTabs();
  }

  message(id) { return this.chat.messages.find((msg) => msg.id === id); }
  topicName(thread) { return this.chat.topics?.find((topic) => topic.thread === thread)?.name; }

  jump(id) {
    const node = this.drawn.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: 'center', behavior: 'smooth' });
    node.classList.remove('changed');
    void node.offsetWidth; // starts the highlight again
    node.classList.add('changed');
  }

  // Acting --------------------------------------------------------------------------------------------------------

  /** Does something as the acting person; true if the emulator took it. */
  async act(name, fields, inChat = true) {
    try {
      this.follows = true;
      this.toEnd(false);
      return await act(name, inChat ? { user: this.actor, chat: this.chat.id, ...fields } : fields) ?? true;
    } catch (error) {
      this.toast(error.message);
      return false;
    }
  }

  say(text) { return this.act('send_text', { text, ...this.composer.where() }); }
  openLink(url) { return follow(url, this.actor, this.world); }
  replyTo(msg) { this.composer.reply(msg); }
  editOf(msg) { this.composer.edit(msg); }
  isBusy(id, row, col) { return [...this.busy.values()].includes(`${id}/${row}/${col}`); }

  async press(msg, button, row, col) {
    switch (button.kind) {
      case 'callback': return this.tap(msg, row, col);
      case 'pay': return this.act('pay', { message_id: msg.id });
      case 'url': return this.openLink(button.value);
      case 'copy_text':
        await navigator.clipboard?.writeText(button.value).catch(() => {});
        return this.toast(t('copied'));
      case 'switch_inline_current': return this.composer.search(button.value);
      default: return this.toast(t('notHere', { what: button.text }));
    }
  }

  async tap(msg, row, col) {
    if (this.isBusy(msg.id, row, col)) return;
    try {
      const { tap } = await act('tap', { user: this.actor, chat: this.chat.id, message_id: msg.id, row, col });
      this.world.expect(tap, this);
      this.busy.set(tap, `${msg.id}/${row}/${col}`);
      setTimeout(() => this.settle(tap), TAP_MS);
      this.drawMessages();
    } catch (error) {
      this.toast(error.message);
    }
  }

  settle(tap) {
    if (this.busy.delete(tap)) this.drawMessages();
  }

  /** The bot's answer to a tap: nothing, a line that fades, a window, or a link. */
  answered(answer) {
    this.settle(answer.tap);
    if (answer.url) this.openLink(answer.url);
    if (answer.text && answer.alert) this.alert(answer.text);
    else if (answer.text) this.toast(answer.text);
  }

  toast(text) {
    const node = el('div', { class: 'toast', dir: 'auto' }, text);
    this.toasts.replaceChildren(node);
    setTimeout(() => node.remove(), 3500);
  }

  alert(text) {
    const before = document.activeElement;
    const beneath = [...this.root.children].filter((child) => !child.inert);
    const close = () => {
      box.remove();
      for (const child of beneath) child.inert = false;
      before?.focus?.();
    };
    const ok = el('button', { type: 'button', class: 'main', onclick: close }, t('ok'));
    const box = el('div', {
      class: 'alert', role: 'alertdialog', 'aria-label': this.world.botName,
      onkeydown: (event) => { if (event.key === 'Escape') close(); },
    }, el('div', { class: 'alert-box' }, el('b', {}, this.world.botName), el('p', { dir: 'auto' }, text), ok));
    for (const child of beneath) child.inert = true;
    this.root.append(box);
    ok.focus();
  }

  showOptions() {
    const { chat, world, actor } = this;
    const quiet = (name, fields) => () => this.act(name, fields, false);
    const items = [];
    if (chat.type === 'private') {
      const user = world.users.get(actor);
      for (const [code, name] of LANGUAGES) {
        const label = `${t('language')}: ${name ?? t('noLanguage')}`;
        items.push({ label, checked: (user?.language_code ?? '') === code, run: quiet('set_language', { user: actor, language_code: code || null }) });
      }
      items.push(null, user?.blocked ? { label: t('unblock'), run: quiet('unblock', { user: actor }) } : { label: t('block'), run: quiet('block', { user: actor }) });
    } else {
      const by = { chat: chat.id, user: actor };
      if (chat.bot_is_member) items.push({ label: t('removeBot'), run: quiet('remove_bot', by) }, { label: t('promoteBot'), run: quiet('promote_bot', by) });
      else items.push({ label: t('addBot'), run: quiet('add_bot', by) });
      if (chat.type === 'group') items.push({ label: t('migrate'), run: quiet('migrate_group', { chat: chat.id }) });
      else items.push({ label: t('newTopic'), run: () => this.newTopic(by) });
    }
    items.push(null, { label: t('hide'), run: () => world.hide(chat.id) });
    openMenu(this.more, items, t('options'));
  }

  async newTopic(by) {
    const answer = await ask(t('newTopic'), [{ name: 'name', label: t('topicName') }], t('add'));
    if (answer) await this.act('create_topic', { ...by, name: answer.name }, false);
  }
}

function about(user) {
  if (!user) return '';
  const parts = [user.username ? `@${user.username}` : null, user.language_code ?? null, user.blocked ? t('blocked') : null];
  return parts.filter(Boolean).join(' · ');
}

function groupAbout(chat) {
  if (chat.migrated_to) return t('migrated');
  return chat.bot_is_member ? t('members', { n: chat.members.length + 1 }) : t('botAbsent');
}

/** Makes `list` hold exactly `nodes`, touching only what differs. */
function sync(list, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => { if (list.children[i] !== node) list.insertBefore(node, list.children[i] ?? null); });
}

/** Which message and button of a list has the focus. */
function focusIn(list) {
  const node = document.activeElement;
  if (!node || node === list || !list.contains(node)) return null;
  return { id: Number(node.closest('[data-message-id]')?.dataset.messageId), row: node.dataset.row, col: node.dataset.col };
}
