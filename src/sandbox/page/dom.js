// Small helpers around the DOM. Content from chats only ever becomes text nodes: there is no innerHTML in this page.

import { t } from './words.js';

/** An element: `onX` are listeners, strings are attributes, everything else is a property. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'data') Object.assign(node.dataset, value);
    else if (typeof value === 'string' || key.includes('-')) node.setAttribute(key, String(value));
    else if (key in node) node[key] = value;
    else node.setAttribute(key, String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** A colour for a person or group, the same on every visit. */
export function hueOf(id) {
  const hues = [4, 28, 140, 175, 205, 262, 325];
  return hues[Math.abs(Number(id)) % hues.length];
}

/** A round picture with initials. */
export function avatar(id, name, extra = '') {
  const letters = [...name.trim()].slice(0, 1).join('').toUpperCase() || '?';
  const node = el('span', { class: `avatar ${extra}`, 'aria-hidden': 'true' }, letters);
  node.style.setProperty('--hue', hueOf(id));
  return node;
}

/**
 * A menu under a button: arrow keys, Escape and a press elsewhere work as people expect.
 * `items`: `{ label, run }` or `null` for a line between.
 */
export function openMenu(button, items, label) {
  const opened = document.querySelector('.menu');
  if (opened) {
    const same = opened.owner === button;
    opened.close();
    if (same) return;
  }
  const close = (refocus) => {
    menu.remove();
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    if (refocus) button.focus();
  };
  const outside = (event) => {
    if (!menu.contains(event.target) && !button.contains(event.target)) close(false);
  };
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': label });
  menu.owner = button;
  menu.close = () => close(false);
  for (const item of items) {
    if (!item) menu.append(el('hr'));
    else menu.append(el('button', {
      type: 'button', role: item.checked === undefined ? 'menuitem' : 'menuitemradio',
      'aria-checked': item.checked === undefined ? null : String(item.checked), tabindex: '-1',
      onclick: () => { close(true); item.run(); },
    }, el('span', { dir: 'auto' }, item.label), item.note ? el('small', { dir: 'auto' }, item.note) : null));
  }
  menu.addEventListener('keydown', (event) => {
    const buttons = [...menu.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      buttons[(to + buttons.length) % buttons.length].focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close(true);
    }
  });
  document.body.append(menu);
  place(menu, button);
  button.setAttribute('aria-expanded', 'true');
  document.addEventListener('pointerdown', outside, true);
  menu.querySelector('[aria-checked=true], button')?.focus();
}

/** Puts the menu beside its button, inside the window. */
function place(menu, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + height + 8 < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
}

/**
 * Asks for a few values; resolves to `{ name: value }`, or null if it was left.
 * `fields`: `{ name, label, value?, type?, options?: [[value, label]], required? }`.
 */
export function ask(title, fields, go = t('ok')) {
  return new Promise((resolve) => {
    const inputs = fields.map((field) => {
      const props = { name: field.name, required: field.required !== false, value: field.value ?? '' };
      const input = field.options
        ? el('select', { name: field.name }, field.options.map(([value, text]) => el('option', { value: String(value) }, text)))
        : el('input', { ...props, type: field.type ?? 'text', step: field.step ?? null, autocomplete: 'off' });
      if (field.options && field.value !== undefined) input.value = field.value;
      return el('label', { class: 'field' }, el('span', {}, field.label), input);
    });
    const form = el('form', { method: 'dialog', class: 'sheet' }, el('h2', {}, title), inputs,
      el('div', { class: 'sheet-acts' },
        el('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, t('cancel')),
        el('button', { type: 'submit', class: 'main', value: 'go' }, go)));
    const dialog = showDialog(form, title);
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'go' ? Object.fromEntries(new FormData(form)) : null);
    });
  });
}

/** A modal window; it takes itself away when closed. */
export function showDialog(content, label) {
  const dialog = el('dialog', { 'aria-label': label }, content);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('pointerdown', (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A line that fades, over the whole page. */
export function notice(text, kind = '') {
  document.querySelector('.notice')?.remove();
  const node = el('div', { class: `notice ${kind}`, role: 'status', dir: 'auto' }, text);
  document.body.append(node);
  setTimeout(() => node.remove(), 4000);
}
