// Text with entities (offsets in UTF-16 units, which is how JavaScript counts too) as DOM nodes.

import { el } from './dom.js';
import { t } from './words.js';

const TAGS = {
  bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code', blockquote: 'blockquote',
  expandable_blockquote: 'blockquote', hashtag: 'span', cashtag: 'span', mention: 'span', text_mention: 'span',
  phone_number: 'span', email: 'span', custom_emoji: 'span',
};

// What Telegram's clients make pressable by themselves in plain text.
const FOUND = /(https?:\/\/[^\s<>"'（），。]+|\bt\.me\/[^\s<>"'（），。]+)|(^|[\s(（])(\/[a-z0-9_]{1,32})(?=$|[\s.,;:!?)），。！？])/gi;

/** `on.link(url)` and `on.command(text)` say what a press does. */
export function rich(text, entities, on) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return range(text, 0, text.length, sorted, on, false);
}

function range(text, from, to, entities, on, inside) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    nodes.push(...plain(text.slice(at, entity.offset), on, inside));
    const within = entities.slice(i + 1).filter((other) => other.offset < end);
    const linked = ['text_link', 'url', 'bot_command', 'code', 'pre'].includes(entity.type);
    nodes.push(wrap(entity, text.slice(entity.offset, end), range(text, entity.offset, end, within, on, inside || linked), on));
    at = end;
  }
  nodes.push(...plain(text.slice(at, to), on, inside));
  return nodes;
}

function wrap(entity, own, children, on) {
  switch (entity.type) {
    case 'text_link': return link(entity.url ?? own, children, on);
    case 'url': return link(own, children, on);
    case 'bot_command': return command(own, on);
    case 'pre': return el('pre', {}, el('code', {}, children));
    case 'spoiler': {
      const spoiler = el('button', { type: 'button', class: 'spoiler', 'aria-label': t('reveal') }, children);
      spoiler.addEventListener('click', () => { spoiler.classList.add('shown'); spoiler.removeAttribute('aria-label'); });
      return spoiler;
    }
    default: return el(TAGS[entity.type] ?? 'span', { class: `e-${entity.type}` }, children);
  }
}

function plain(text, on, inside) {
  if (inside || !text) return text ? [text] : [];
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(FOUND)) {
    const [, url, before = '', name] = match;
    const start = match.index + (url ? 0 : before.length);
    nodes.push(text.slice(at, start));
    nodes.push(url ? link(url, [url], on) : command(name, on));
    at = start + (url ?? name).length;
  }
  nodes.push(text.slice(at));
  return nodes.filter(Boolean);
}

/** Links are pressed through `on.link`: it decides what may be opened, so no href is taken from a message. */
function link(url, children, on) {
  return el('a', {
    href: '#', role: 'link', class: 'link', title: url, rel: 'noopener noreferrer',
    onclick: (event) => { event.preventDefault(); on.link(url); },
  }, children);
}

function command(text, on) {
  return el('button', { type: 'button', class: 'link command', onclick: () => on.command(text) }, text);
}
