// The playground: chats of several people side by side. This file holds what the page knows (`world`) and passes on
// what changes; drawing is done by the other files.

import { watch } from './api.js';
import { Column } from './column.js';
import { avatar, byId, el } from './dom.js';
import { showLink } from './links.js';
import { addPerson, Calls, Clock } from './tools.js';
import { t, translate } from './words.js';

const phone = matchMedia('(max-width: 719px)');
const stored = (key, fallback) => { try { return JSON.parse(localStorage.getItem(key)) ?? fallback; } catch { return fallback; } };
const store = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* private mode */ } };

const world = {
  users: new Map(), chats: new Map(), columns: new Map(), owners: new Map(), answered: new Set(), waiting: new Map(),
  botId: 0, botName: '', botUsername: '', links: [], active: null, showDeleted: stored('deleted', false),
  choice: stored('columns', {}), // chat id -> shown or hidden by hand
  showLink: (url) => showLink(world, url),

  /** Brings a chat into view. */
  show(id) {
    world.choice[id] = true;
    store('columns', world.choice);
    world.active = id;
    layout();
    const column = world.columns.get(id);
    column?.root.scrollIntoView({ inline: 'nearest', block: 'nearest', behavior: 'smooth' });
  },
  hide(id) {
    world.choice[id] = false;
    store('columns', world.choice);
    if (world.active === id) world.active = null;
    layout();
  },
  /** Remembers which column a tap belongs to; its answer may have come first. */
  expect(tap, column) {
    world.owners.set(tap, column);
    const early = world.waiting.get(tap);
    if (early) queueMicrotask(() => deliver(early));
  },
  drawTabs() { if (!tabsDue) { tabsDue = true; requestAnimationFrame(drawTabs); } },
};
let tabsDue = false;
let clock;
let calls;

/** Groups after customers, staff's own chats last: members of a group are staff. */
function ordered() {
  const staff = new Set([...world.chats.values()].filter((chat) => chat.type !== 'private').flatMap((chat) => chat.members.map((member) => member.user)));
  const rank = (chat) => (chat.type !== 'private' ? 1 : staff.has(chat.id) ? 2 : 0);
  return [...world.chats.values()].filter((chat) => !chat.migrated_to || chat.messages.length > 0)
    .map((chat, i) => ({ chat, rank: rank(chat), i })).sort((a, b) => a.rank - b.rank || a.i - b.i);
}

/** Shown unless hidden by hand; staff's own chats and groups of the past only once something happened in them. */
function isShown({ chat, rank }) {
  const choice = world.choice[chat.id];
  if (choice !== undefined) return choice;
  return chat.migrated_to ? false : rank < 2 || chat.messages.length > 0;
}

function layout() {
  const all = ordered();
  const open = all.filter(isShown).map(({ chat }) => chat.id);
  if (!open.includes(world.active)) world.active = open[0] ?? null;
  const main = byId('chats');
  const wanted = open.map((id) => world.columns.get(id).root);
  for (const child of [...main.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((root, i) => { if (main.children[i] !== root) main.insertBefore(root, main.children[i] ?? null); });
  for (const id of open) {
    const column = world.columns.get(id);
    const active = id === world.active;
    column.root.classList.toggle('active', active);
    if (phone.matches) column.inView = active;
    if (column.inView) column.countUnread();
  }
  if (phone.matches && world.active !== null) {
    const column = world.columns.get(world.active);
    if (column.follows !== false) column.toEnd(false);
  }
  world.drawTabs();
}

function drawTabs() {
  tabsDue = false;
  const nav = byId('tabs');
  const rows = ordered().map((entry) => {
    const column = world.columns.get(entry.chat.id);
    const title = column.title.textContent;
    return { id: entry.chat.id, title, unread: column.unread, shown: isShown(entry), active: entry.chat.id === world.active };
  });
  const signature = JSON.stringify(rows);
  if (signature === nav.signature) return;
  nav.signature = signature;
  const focused = nav.contains(document.activeElement) ? document.activeElement.dataset.tab : null;
  nav.replaceChildren(...rows.map((row) => el('button', {
    type: 'button', class: `tab${row.shown ? '' : ' off'}${row.active ? ' active' : ''}`, data: { tab: row.id },
    'aria-current': row.active ? 'true' : null, onclick: () => world.show(row.id),
  }, avatar(row.id, row.title, 'small'), el('span', { dir: 'auto' }, row.title),
  row.unread ? el('span', { class: 'badge', 'aria-label': t('unread', { n: row.unread }) }, String(row.unread)) : null)));
  if (focused) nav.querySelector(`[data-tab="${focused}"]`)?.focus();
  const unread = rows.reduce((sum, row) => sum + row.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ''}${world.botName} · ${t('title')}`;
}

/** `null`: the emulator was started anew, everything is forgotten. */
function changed(state) {
  if (!state) {
    for (const map of [world.users, world.chats, world.columns, world.owners, world.waiting]) map.clear();
    world.answered.clear();
    return;
  }
  Object.assign(world, { botId: state.bot_id, botName: state.bot_name, botUsername: state.bot_username, links: state.links });
  byId('bot-name').textContent = state.bot_name;
  byId('bot-dot').classList.toggle('on', state.bot_connected);
  byId('bot-state').textContent = state.bot_connected ? t('connected') : t('waiting');
  clock.read(state.now_ms);
  const usersBefore = JSON.stringify([...world.users.values()]);
  world.users = new Map(state.users.map((user) => [user.id, user]));
  for (const user of state.users) if (!world.chats.has(user.id)) world.chats.set(user.id, privateChat(user));
  for (const chat of state.chats) world.chats.set(chat.id, chat);
  const touched = usersBefore === JSON.stringify(state.users) ? new Set(state.chats.map((chat) => chat.id)) : new Set(world.chats.keys());
  for (const id of touched) {
    const chat = world.chats.get(id);
    if (!world.columns.has(id)) addColumn(chat);
    world.columns.get(id).update(chat);
  }
  layout();
  for (const answer of state.answers) deliver(answer);
  calls.changed(state.last_call);
}

const privateChat = (user) => ({
  id: user.id, type: 'private', title: user.name, members: [], topics: [], messages: [], reply_keyboard: null, commands: [], bot_is_member: true,
});

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const column = world.columns.get(Number(entry.target.dataset.chat));
    if (!column || phone.matches) continue;
    column.inView = entry.intersectionRatio > 0.5;
    column.countUnread();
  }
}, { threshold: [0, 0.5, 0.6] });

function addColumn(chat) {
  const column = new Column(world, chat);
  column.root.addEventListener('focusin', () => { if (world.active !== chat.id) { world.active = chat.id; layout(); } });
  world.columns.set(chat.id, column);
  watcher.observe(column.root);
}

function deliver(answer) {
  if (world.answered.has(answer.tap)) return;
  const column = world.owners.get(answer.tap);
  if (!column) { world.waiting.set(answer.tap, answer); return; } // pressed elsewhere, or not known here yet
  world.answered.add(answer.tap);
  world.owners.delete(answer.tap);
  world.waiting.delete(answer.tap);
  column.answered(answer);
}

function begin() {
  translate(document);
  clock = new Clock();
  calls = new Calls();
  byId('open-link').addEventListener('click', () => showLink(world));
  byId('add-person').addEventListener('click', () => addPerson(world));
  const deleted = byId('toggle-deleted');
  deleted.setAttribute('aria-pressed', String(world.showDeleted));
  deleted.addEventListener('click', () => {
    world.showDeleted = !world.showDeleted;
    store('deleted', world.showDeleted);
    deleted.setAttribute('aria-pressed', String(world.showDeleted));
    for (const column of world.columns.values()) column.drawMessages();
  });
  const tools = byId('toggle-tools');
  tools.addEventListener('click', () => tools.setAttribute('aria-expanded', String(tools.getAttribute('aria-expanded') !== 'true')));
  phone.addEventListener('change', layout);
  document.addEventListener('visibilitychange', () => { for (const column of world.columns.values()) column.countUnread(); });
  const trouble = byId('trouble');
  watch(changed, (lost) => {
    if (lost && trouble.hidden) trouble.textContent = t('lost');
    trouble.hidden = !lost;
  });
}

begin();
