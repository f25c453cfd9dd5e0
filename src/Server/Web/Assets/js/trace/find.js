// @ts-check
// Search inside the trace: names and models at once here, inputs and outputs by the server.
import { say } from '../app.js';
import { get } from './view.js';

const restMilliseconds = 200;

/** @param {import('./view.js').TraceView} view */
export function listenToFind(view) {
  const box = /** @type {HTMLInputElement} */ (get('find'));
  let turn = 0;
  const find = async () => {
    const text = box.value.trim(),
      mine = ++turn;
    view.setAddress({ find: text });
    tell(view.model.find(text), text);
    view.draw();
    if (text.length < 3) return;
    await new Promise(done => setTimeout(done, restMilliseconds));
    if (mine !== turn) return;
    const answer = await fetch(`${view.page.dataset.columns}/search?q=${encodeURIComponent(text)}`);
    if (mine !== turn || !answer.ok) return;
    tell(view.model.find(text, await answer.json()), text);
    view.draw();
  };
  const tell = (/** @type {number} */ count, /** @type {string} */ text) => {
    get('found').textContent = text ? String(count) : '';
    say(text ? `${count} runs found` : '');
  };
  box.addEventListener('input', find);
  view.addEventListener('grown', () => {
    if (view.model.hits) find();
  });
  if (box.value) find();
}
