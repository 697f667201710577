// The control API of the emulator. The only place that knows its addresses.

async function call(path, body) {
  const answer = await fetch(path, body === undefined ? { cache: 'no-store' } : {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  const reply = await answer.json();
  if (!reply.ok) throw new Error(reply.error ?? `HTTP ${answer.status}`);
  return reply.result;
}

/** Something a person does; throws with the emulator's words if it can't be done. */
export const act = (name, fields) => call('/control/act', { act: name, ...fields });
export const advance = (ms) => call('/control/clock', { advance_ms: Math.round(ms) });
export const fault = (body) => call('/control/fault', body);
export const callsSince = (n) => call(`/control/calls?since=${n}&limit=300`);
export const lastCalls = () => call('/control/calls?limit=300');
/** What the bot answers to an inline query; null if it does not. */
export const results = (query) => call(`/control/inline?query=${encodeURIComponent(query)}`);
export const fileUrl = (id) => `/control/file/${encodeURIComponent(id)}`;
export const qrUrl = (text) => `/qr.svg?text=${encodeURIComponent(text)}`;

/** Calls `changed(state)` for ever, as soon as anything changes; `lost(true)` while nobody answers. */
export async function watch(changed, lost) {
  let rev = 0;
  for (;;) {
    try {
      const state = await call(`/control/state?since=${rev}&timeout=${rev === 0 ? 0 : 20}`);
      lost(false);
      // A smaller revision: the emulator was started anew, so everything is read again.
      if (state.rev < rev) { rev = 0; changed(null); continue; }
      rev = state.rev;
      changed(state);
    } catch (error) {
      console.warn(error);
      lost(true);
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}
