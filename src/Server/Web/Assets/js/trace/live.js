// @ts-check
// Follows a trace while it runs.
import { say } from '../app.js';
import { follow } from '../stream.js';
import { get } from './view.js';

const tickMilliseconds = 500,
  lateMilliseconds = 30_000;

/** Reads the figures of the whole trace anew: they are written by the server. */
async function renewHead() {
  const answer = await fetch(location.href),
    fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.trace-head');
  if (answer.ok && fresh) document.querySelector('.trace-head')?.replaceChildren(...fresh.childNodes);
}

/** @param {import('./view.js').TraceView} view */
export function followLive(view) {
  const { model, page } = view;
  const state = () => {
    const i = view.at;
    return `${model.c.status[i]}|${model.c.for[i]}`;
  };
  const isRunning = () => model.c.status.includes(0);
  const mark = () => (get('live').hidden = !isRunning());
  let ended = 0;
  const take = (/** @type {MessageEvent} */ event) => {
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
    rest();
  };
  const listen = follow(
    () => (model.c.live ? `${page.dataset.columns}/live` : null),
    { trace: take },
    isLost => get('live').classList.toggle('lost', isLost),
  );
  // Late runs may come for a while; a trace that has ended is not listened to for ever.
  const rest = () => {
    clearTimeout(ended);
    if (isRunning()) return;
    ended = window.setTimeout(() => {
      model.c.live = false;
      listen();
    }, lateMilliseconds);
  };
  setInterval(() => {
    if (!model.c.live || !isRunning()) return;
    model.c.now += tickMilliseconds;
    model.total = Math.max(model.total, model.c.now);
    view.showAll();
    view.draw();
  }, tickMilliseconds);
  mark();
  rest();
}
