// The bar on top and the list of calls: clock, people, faults, what the bot asked of the Bot API.

import { act, advance, callsSince, fault, lastCalls } from './api.js';
import { ask, byId, el, notice } from './dom.js';
import { locale, t } from './words.js';

const KEEP_CALLS = 300;

/** Shows the emulator's time and moves it. Between two readings the page counts on by itself, if that clock runs. */
export class Clock {
  constructor() {
    this.now = 0;
    this.readAt = 0;
    this.runs = true;
    for (const button of document.querySelectorAll('[data-advance]')) {
      button.addEventListener('click', () => this.move(Number(button.dataset.advance)));
    }
    byId('exact').addEventListener('click', () => this.exact());
    setInterval(() => this.draw(), 1000);
  }

  read(ms) {
    const real = performance.now() - this.readAt;
    if (this.now && real > 1500) this.runs = ms - this.now > 0;
    this.now = ms;
    this.readAt = performance.now();
    this.draw();
  }

  present() { return this.now + (this.runs ? performance.now() - this.readAt : 0); }

  draw() {
    if (!this.now) return;
    byId('now').textContent = new Date(this.present()).toLocaleString(locale, {
      month: 'short', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
    });
    byId('now').dateTime = new Date(this.present()).toISOString();
  }

  async move(ms) {
    try {
      this.read((await advance(ms)).now_ms);
    } catch (error) {
      notice(error.message, 'bad');
    }
  }

  async exact() {
    const local = new Date(this.present() + 3600000);
    const value = new Date(local.getTime() - local.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
    const answer = await ask(t('exact'), [{ name: 'at', label: t('goTo'), type: 'datetime-local', value }], t('go'));
    if (!answer) return;
    const ms = new Date(answer.at).getTime() - this.present();
    if (!(ms > 0)) return notice(t('past'), 'bad');
    await this.move(ms);
  }
}

/** The list of calls; it asks for new ones only while it is open. */
export class Calls {
  constructor() {
    this.last = 0;
    this.panel = byId('calls');
    this.list = byId('call-list');
    this.toggle = byId('toggle-calls');
    this.toggle.addEventListener('click', () => this.show(this.panel.hidden));
    byId('close-calls').addEventListener('click', () => { this.show(false); this.toggle.focus(); });
    this.panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { this.show(false); this.toggle.focus(); }
    });
    byId('only-errors').addEventListener('change', (event) => this.list.classList.toggle('errors-only', event.target.checked));
    this.fillFaults();
  }

  show(open) {
    this.panel.hidden = !open;
    this.toggle.setAttribute('aria-expanded', String(open));
    if (open) this.load();
  }

  changed(newest) {
    byId('call-count').textContent = newest;
    if (newest < this.last) { this.last = 0; this.list.replaceChildren(); }
    this.newest = newest;
    if (!this.panel.hidden) this.load();
  }

  async load() {
    if (this.loading || (this.newest !== undefined && this.newest === this.last)) return;
    this.loading = true;
    try {
      const calls = this.last ? await callsSince(this.last) : await lastCalls();
      const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
      for (const call of calls) {
        if (call.n <= this.last) continue;
        this.list.append(drawCall(call));
        this.last = call.n;
      }
      while (this.list.children.length > KEEP_CALLS) this.list.firstElementChild.remove();
      if (atEnd) this.list.scrollTop = this.list.scrollHeight;
    } catch (error) {
      console.warn(error);
    } finally {
      this.loading = false;
    }
  }

  fillFaults() {
    const faults = [
      ['faultNone', null],
      ['fault429', { fault: { rate_limit: 3 }, times: 1 }],
      ['fault500', { fault: 'http_500', times: 3 }],
      ['faultCut', { fault: 'cut_after_accept', times: 1 }],
      ['faultDelay', { fault: { delay: 2000 }, times: 5 }],
      ['faultDup', { updates: 'duplicate', times: 1 }],
      ['faultClear', { clear: true }],
    ];
    const select = byId('fault');
    select.append(...faults.map(([key], i) => el('option', { value: String(i) }, t(key))));
    select.addEventListener('change', async () => {
      const body = faults[Number(select.value)][1];
      select.value = '0';
      if (!body) return;
      await fault(body).then(() => notice(t('done')), (error) => notice(error.message, 'bad'));
    });
  }
}

function drawCall(call) {
  const params = JSON.stringify(call.params ?? {}, null, 1);
  const target = call.params?.chat_id ?? call.params?.callback_query_id ?? '';
  return el('li', { class: call.ok ? 'call ok' : 'call bad' }, el('details', {}, el('summary', {},
    el('span', { class: 'call-n' }, String(call.n)), el('b', {}, call.method), el('span', { class: 'call-chat' }, String(target)),
    el('span', { class: 'call-end' }, call.ok ? 'ok' : String(call.error_code ?? '✕'))),
  el('pre', {}, params)), call.ok ? null : el('p', { class: 'call-why' }, call.description ?? ''));
}

/** Adds a person who can write to the bot. */
export async function addPerson(world) {
  const answer = await ask(t('addPerson'), [
    { name: 'first_name', label: t('name') },
    { name: 'language_code', label: t('language'), options: [['en', 'English'], ['zh-hans', '简体中文'], ['de', 'Deutsch'], ['', t('noLanguage')]] },
    { name: 'phone', label: t('phone'), type: 'tel', required: false },
  ], t('add'));
  if (!answer) return;
  const id = Math.max(0, ...world.users.keys()) + 1;
  await act('add_user', { id, first_name: answer.first_name, language_code: answer.language_code || null, phone: answer.phone || null })
    .then(() => world.show(id), (error) => notice(error.message, 'bad'));
}
