// What the bot finds for `@bot words`, above the line where it is typed. A pick posts it here.

import { act, results } from './api.js';
import { el } from './dom.js';
import { t } from './words.js';

const PAUSE_MS = 250; // a word is asked for when its typing rests
const MOST_CHARS = 256;

export class Results {
  constructor(column) {
    this.column = column;
    this.asked = 0; // what comes back for earlier words is not shown
    this.at = -1;
    this.list = el('div', { class: 'results-list', role: 'listbox', 'aria-label': t('results') });
    this.root = el('div', { class: 'results', hidden: true }, this.list);
  }

  /** The words behind the bot's name; null if the text is for the chat. */
  wordsIn(text) {
    const name = `@${this.column.world.botUsername}`;
    const begins = text.slice(0, name.length).toLowerCase() === name.toLowerCase();
    return begins && /^\s/.test(text.slice(name.length)) ? text.slice(name.length).trim().slice(0, MOST_CHARS) : null;
  }

  typed(text) {
    const words = this.wordsIn(text);
    clearTimeout(this.timer);
    if (words === null) return this.close();
    this.timer = setTimeout(() => this.ask(words, ''), PAUSE_MS);
    return undefined;
  }

  async ask(words, offset) {
    const asked = ++this.asked;
    const { actor, chat } = this.column;
    try {
      const { query } = await act('inline_query', { user: actor, chat: chat.id, text: words, offset });
      const answer = await results(query);
      if (asked === this.asked && answer) this.show(words, query, answer, offset !== '');
    } catch (error) {
      this.column.toast(error.message);
    }
  }

  show(words, query, answer, more) {
    if (!more) this.list.replaceChildren(...this.above(answer.button));
    this.list.querySelector('.results-more')?.remove();
    this.list.append(...answer.results.map((result) => el('button', {
      type: 'button', class: 'result', role: 'option', dir: 'auto', data: { result: result.id }, onclick: () => this.pick(query, result.id),
    }, el('b', {}, result.title), result.description ? el('small', {}, result.description) : null)));
    if (answer.next_offset) {
      this.list.append(el('button', {
        type: 'button', class: 'results-more', onclick: () => this.ask(words, answer.next_offset),
      }, t('moreResults')));
    }
    this.at = -1;
    this.root.hidden = this.list.children.length === 0;
  }

  above(button) {
    if (!button) return [];
    const [text, start] = button;
    return [el('button', { type: 'button', class: 'results-open', dir: 'auto', onclick: () => this.open(start) }, text)];
  }

  open(start) {
    this.leave();
    const { world } = this.column;
    return this.column.openLink(`https://t.me/${world.botUsername}?start=${start}`);
  }

  async pick(query, result) {
    this.leave();
    const fields = { user: this.column.actor, query, result, ...this.column.composer.where() };
    await this.column.act('choose_result', fields, false);
  }

  /** What was typed has done its work. */
  leave() {
    this.close();
    const { composer } = this.column;
    composer.input.value = '';
    composer.grow();
    composer.input.focus();
  }

  close() {
    this.asked += 1;
    this.root.hidden = true;
    this.list.replaceChildren();
  }

  /** Arrows go through the list and back to the words, Enter picks the first, Escape leaves. True: that was all of it. */
  key(event) {
    if (this.root.hidden || event.isComposing) return false;
    if (event.key === 'Escape') this.close();
    else if (event.key === 'ArrowUp') this.move(-1);
    else if (event.key === 'ArrowDown') this.move(1);
    else if (event.key === 'Enter' && !event.shiftKey) (this.list.querySelector('.at') ?? this.list.querySelector('.result'))?.click();
    else return false;
    event.preventDefault();
    return true;
  }

  move(by) {
    const all = [...this.list.children];
    this.at = Math.max(-1, Math.min(all.length - 1, this.at === -1 && by < 0 ? all.length - 1 : this.at + by));
    all.forEach((child, i) => child.classList.toggle('at', i === this.at));
    all[this.at]?.scrollIntoView({ block: 'nearest' });
  }
}
