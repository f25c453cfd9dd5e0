// @ts-check
// Follows a trace while it runs.
import { say } from '../app.js';
import { get } from './view.js';

const tickMilliseconds = 500;

/** Reads the figures of the whole trace anew: they are written by the server. */
async function renewHead() {
  const answer = await fetch(location.href),
    fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.trace-head');
  if (answer.ok && fresh) document.querySelector('.trace-head')?.replaceChildren(...fresh.childNodes);
}

/** @param {import('./view.js').TraceView} view */
export function followLive(view) {
  const { model, page } = view;
  /** @type {EventSource | null} */ let stream = null;
  const state = () => {
    const i = view.at;
    return `${model.c.status[i]}|${model.c.for[i]}`;
  };
  const mark = () => (get('live').hidden = !model.c.status.includes(0));
  const listen = () => {
    if (stream || document.hidden || !model.c.live) return;
    stream = new EventSource(`${page.dataset.columns}/live`);
    mark();
    stream.addEventListener('trace', event => {
      const before = state(),
        old = model.count,
        root = model.c.status[0];
      view.update(JSON.parse(event.data));
      get('span-count').textContent = model.count.toLocaleString('en');
      get('span-word').textContent = model.count === 1 ? 'run' : 'runs';
      mark();
      view.draw();
      view.dispatchEvent(new Event('grown'));
      if (model.count > old) say(`${model.count} runs`);
      if (state() !== before) view.dispatchEvent(new Event('changed'));
      if (model.c.status[0] !== root) renewHead().then(mark);
    });
    stream.onerror = () => get('live').classList.add('lost');
    stream.onopen = () => get('live').classList.remove('lost');
  };
  // Browsers open few connections to a server: a tab that nobody sees gives its own back.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return listen();
    stream?.close();
    stream = null;
  });
  setInterval(() => {
    if (!stream || !model.c.status.includes(0)) return;
    model.c.now += tickMilliseconds;
    model.total = Math.max(model.total, model.c.now);
    view.showAll();
    view.draw();
  }, tickMilliseconds);
  addEventListener('pagehide', () => stream?.close());
  listen();
}
