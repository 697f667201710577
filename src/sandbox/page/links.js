// Deep links: what a link to the bot means, its QR code, and opening it as any person.

import { act, qrUrl } from './api.js';
import { el, notice, showDialog } from './dom.js';
import { t } from './words.js';

/** `{ payload, group }` if `text` is a link to this bot (or a bare payload, if `bare`), else null. */
export function parseLink(text, botUsername, bare = false) {
  const clean = text.trim();
  const match = /^(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.me\/([A-Za-z0-9_]+)\/?(?:\?(.*))?$/i.exec(clean)
    ?? /^tg:\/\/resolve\?domain=([A-Za-z0-9_]+)(?:&(.*))?$/i.exec(clean);
  if (match) {
    if (match[1].toLowerCase() !== botUsername.toLowerCase()) return null;
    const query = new URLSearchParams(match[2] ?? '');
    if (query.has('startgroup')) return { payload: query.get('startgroup') ?? '', group: true };
    return { payload: query.get('start') ?? '', group: false };
  }
  return bare && /^[A-Za-z0-9_-]{1,64}$/.test(clean) ? { payload: clean, group: false } : null;
}

/** What a press on a link does for `user`. Foreign web addresses open in a new window, other schemes never. */
export async function follow(url, user, world) {
  const deep = parseLink(url, world.botUsername);
  if (deep && !deep.group) {
    await open(deep.payload, user);
    world.show(user);
  } else if (deep) {
    showLink(world, url);
  } else if (/^https?:\/\//i.test(url) || /^t\.me\//i.test(url)) {
    window.open(/^http/i.test(url) ? url : `https://${url}`, '_blank', 'noopener,noreferrer');
  } else {
    notice(t('cantOpen'));
  }
}

async function open(payload, user) {
  try {
    await act('start', payload ? { user, payload } : { user });
  } catch (error) {
    notice(error.message, 'bad');
  }
}

/** The window with a link, its QR code, and a button for each person. */
export function showLink(world, url = '') {
  const input = el('input', { type: 'text', name: 'link', value: url, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'link-hint' });
  const qr = el('img', { class: 'qr', width: 220, height: 220, alt: '', hidden: true });
  const people = el('div', { class: 'people' });
  const full = (deep) => `https://t.me/${world.botUsername}?start=${deep.payload}`;
  const refresh = () => {
    const deep = parseLink(input.value, world.botUsername, true);
    const shown = deep ? (/[/:]/.test(input.value) ? input.value.trim() : full(deep)) : '';
    qr.hidden = !shown;
    if (shown) {
      qr.src = qrUrl(shown);
      qr.alt = t('qrOf', { link: shown });
    }
    for (const button of people.children) button.disabled = !deep;
  };
  for (const user of world.users.values()) {
    people.append(el('button', {
      type: 'button', onclick: async () => {
        const deep = parseLink(input.value, world.botUsername, true);
        if (!deep) return notice(t('noMatch'), 'bad');
        dialog.close();
        await open(deep.payload, user.id);
        world.show(user.id);
        return undefined;
      },
    }, t('openAs', { name: user.name })));
  }
  input.addEventListener('input', refresh);
  const printed = world.links.map((link) => el('button', {
    type: 'button', class: 'chip', title: link.url, onclick: () => {
      input.value = link.url;
      refresh();
    },
  }, link.title));
  const sheet = el('div', { class: 'sheet link-sheet' }, el('h2', {}, t('openLink')),
    el('label', { class: 'field' }, el('span', {}, t('link')), input),
    el('p', { class: 'hint', id: 'link-hint' }, t('linkHint', { bot: world.botUsername })),
    printed.length ? el('div', { class: 'printed', role: 'group', 'aria-label': t('printed') }, el('span', {}, t('printed')), printed) : null, qr, people,
    el('div', { class: 'sheet-acts' }, el('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, t('close'))));
  const dialog = showDialog(sheet, t('openLink'));
  refresh();
}
