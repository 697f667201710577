// One message as Telegram shows it: bubble, picture, entities, buttons. A changed message is drawn anew.

import { fileUrl } from './api.js';
import { avatar, el, hueOf } from './dom.js';
import { parseLink } from './links.js';
import { rich } from './rich.js';
import { t, timeOf } from './words.js';

/** `column` is the chat it stands in; it knows who acts and what a press does. */
export function drawMessage(msg, column) {
  if (msg.service) return el('li', { class: 'service', data: { messageId: msg.id } }, el('span', { dir: 'auto' }, msg.service));
  const own = !msg.from_bot && msg.from === column.actor;
  const group = column.chat.type !== 'private';
  const side = own ? 'own' : 'other';
  const item = el('li', {
    class: `msg ${side}${msg.deleted ? ' deleted' : ''}${msg.sticker ? ' bare' : ''}`, data: { messageId: msg.id },
  });
  const bubble = el('div', { class: 'bubble' });
  if (group && !own) {
    const name = el('div', { class: 'who', dir: 'auto' }, msg.from_name, msg.from_bot ? el('span', { class: 'tag' }, t('bot')) : null);
    name.style.setProperty('--hue', hueOf(msg.from ?? column.world.botId));
    bubble.append(name);
  } else {
    bubble.append(el('span', { class: 'unseen' }, t('wrote', { name: msg.from_name })));
  }
  if (msg.via_bot) bubble.append(el('div', { class: 'via' }, t('via', { bot: column.world.botUsername })));
  if (msg.thread && column.topicName(msg.thread)) bubble.append(el('div', { class: 'topic' }, `# ${column.topicName(msg.thread)}`));
  if (msg.reply_to) bubble.append(quoted(msg.reply_to, column));
  bubble.append(...content(msg, column));
  bubble.append(foot(msg, own));
  if (group && !own) item.append(avatar(msg.from ?? column.world.botId, msg.from_name, 'small'));
  const stack = el('div', { class: 'stack' }, bubble);
  if (msg.inline_keyboard?.length) stack.append(keyboard(msg, column));
  if (msg.reaction) stack.append(el('div', { class: 'reaction' }, msg.reaction));
  item.append(stack);
  if (!msg.deleted) item.append(tools(msg, own, column));
  return item;
}

function content(msg, column) {
  const parts = [];
  const on = { link: (url) => column.openLink(url), command: (text) => column.say(text) };
  if (msg.photo) {
    parts.push(el('img', {
      class: 'photo', src: fileUrl(msg.photo.file_id), width: msg.photo.width, height: msg.photo.height,
      alt: msg.text ? msg.text.split('\n')[0] : t('photoAlt'),
    }));
  }
  if (msg.document) {
    parts.push(el('a', { class: 'file', href: fileUrl(msg.document.file_id), download: msg.document.file_name },
      el('span', { class: 'file-icon', 'aria-hidden': 'true' }, '📄'),
      el('span', {}, el('b', { dir: 'auto' }, msg.document.file_name), el('small', {}, size(msg.document.size)))));
  }
  if (msg.sticker) parts.push(el('div', { class: 'sticker' }, msg.sticker));
  if (msg.voice) parts.push(el('div', { class: 'voice' }, `🎤 ${t('voice')} · 0:${String(msg.voice).padStart(2, '0')}`));
  if (msg.contact) {
    parts.push(el('div', { class: 'card' }, avatar(msg.contact.user_id ?? 0, msg.contact.first_name),
      el('span', {}, el('b', { dir: 'auto' }, msg.contact.first_name), el('small', {}, msg.contact.phone_number))));
  }
  if (msg.location) parts.push(place(msg.location));
  if (msg.invoice) parts.push(el('div', { class: 'invoice', dir: 'auto' }, msg.invoice));
  if (msg.text) parts.push(el('div', { class: 'text', dir: 'auto' }, rich(msg.text, msg.entities, on), codes(msg, column)));
  return parts;
}

function place(location) {
  const at = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
  return el('div', { class: 'place' }, el('div', { class: 'map', 'aria-hidden': 'true' }, '📍'),
    location.title ? el('b', { dir: 'auto' }, location.title) : null,
    location.address ? el('span', { dir: 'auto' }, location.address) : null, el('small', {}, at));
}

/** A QR button for every link to the bot that the text holds. */
function codes(msg, column) {
  const urls = new Set((msg.text.match(/(?:https?:\/\/)?t\.me\/\S+/g) ?? [])
    .concat((msg.entities ?? []).map((entity) => entity.url).filter(Boolean))
    .filter((url) => parseLink(url, column.world.botUsername)));
  return [...urls].map((url) => el('button', {
    type: 'button', class: 'chip', title: url, onclick: () => column.world.showLink(url),
  }, '▦ ', t('qr')));
}

function quoted(id, column) {
  const other = column.message(id);
  const text = other ? (other.text || other.sticker || t('photoAlt')) : `#${id}`;
  return el('button', { type: 'button', class: 'quoted', onclick: () => column.jump(id) },
    el('b', { dir: 'auto' }, other?.from_name ?? ''), el('span', { dir: 'auto' }, text.split('\n')[0]));
}

function foot(msg, own) {
  return el('div', { class: 'foot' }, msg.pinned ? el('span', { title: t('pinned') }, '📌') : null,
    msg.deleted ? t('deleted') : msg.edits ? t('edited') : null, ' ',
    el('time', {}, timeOf(msg.date_ms)), own ? el('span', { class: 'tick', 'aria-hidden': 'true' }, '✓✓') : null);
}

function keyboard(msg, column) {
  const board = el('div', { class: 'keys', role: 'group' });
  msg.inline_keyboard.forEach((row, r) => {
    const line = el('div', { class: 'keys-row' });
    row.forEach((button, c) => {
      const busy = column.isBusy(msg.id, r, c);
      line.append(el('button', {
        type: 'button', class: `key ${button.style ?? ''}`, dir: 'auto', 'aria-busy': busy ? 'true' : null,
        disabled: msg.deleted === true, data: { row: r, col: c, kind: button.kind },
        onclick: () => column.press(msg, button, r, c),
      }, el('span', {}, button.text), mark(button.kind)));
    });
    board.append(line);
  });
  return board;
}

const MARKS = { url: '↗', copy_text: '📋', switch_inline: '↪', pay: '💳' };
const mark = (kind) => (MARKS[kind] ? el('span', { class: 'key-mark', 'aria-hidden': 'true' }, MARKS[kind]) : null);

/** What people can do with a message; seen on hover and focus. */
function tools(msg, own, column) {
  const list = [el('button', { type: 'button', class: 'plain', title: t('reply'), 'aria-label': t('reply'), onclick: () => column.replyTo(msg) }, '↩')];
  if (own && msg.text && !msg.photo && !msg.document) {
    list.push(el('button', { type: 'button', class: 'plain', title: t('edit'), 'aria-label': t('edit'), onclick: () => column.editOf(msg) }, '✎'));
  }
  return el('div', { class: 'msg-tools' }, list);
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
