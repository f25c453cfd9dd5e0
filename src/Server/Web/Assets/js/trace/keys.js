// @ts-check
// The keys of a trace; help.js lists them.
import { copy, isFree } from '../app.js';
import { get } from './view.js';

/** @param {import('./view.js').TraceView} view */
export function listenToKeys(view) {
  const { model } = view;
  const isHit = (/** @type {number} */ i) => model.hits?.has(i) ?? false,
    isError = (/** @type {number} */ i) => model.c.status[i] === 2;
  const fold = (/** @type {boolean} */ on) => {
    model.fold(view.at, on);
    view.draw();
  };
  const foldFrom = (/** @type {number} */ depth) => {
    model.foldFrom(depth);
    view.draw();
  };
  const zoomToRun = () => {
    const from = model.c.from[view.at],
      length = Math.max(0.01, model.length(view.at));
    view.setZoom(from - length * 0.05, from + length * 1.05);
  };
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => view.move(1),
    ArrowUp: () => view.move(-1),
    j: () => view.move(1),
    k: () => view.move(-1),
    Home: () => view.move(-1e9),
    End: () => view.move(1e9),
    PageDown: () => view.move(20),
    PageUp: () => view.move(-20),
    ArrowRight: () => (model.isFolded(view.at) ? fold(false) : model.hasChildren(view.at) && view.move(1)),
    ArrowLeft: () => {
      if (model.hasChildren(view.at) && !model.isFolded(view.at)) fold(true);
      else if (model.parent(view.at) >= 0) view.select(model.c.id[model.parent(view.at)]);
    },
    'Shift+ArrowRight': () => foldFrom(Infinity),
    'Shift+ArrowLeft': () => foldFrom(1),
    e: () => view.go(1, isError),
    'Shift+E': () => view.go(-1, isError),
    n: () => view.go(1, isHit),
    'Shift+N': () => view.go(-1, isHit),
    f: () => get('find').focus(),
    c: () => copy(view.selected),
    a: () => document.querySelector('.detail [data-collect]')?.dispatchEvent(new MouseEvent('click', { bubbles: true })),
    0: () => view.setZoom(0, model.total),
    v: () => view.toggleFit(),
    z: zoomToRun,
    '[': () => document.querySelector('a[rel=prev]')?.dispatchEvent(new MouseEvent('click')),
    ']': () => document.querySelector('a[rel=next]')?.dispatchEvent(new MouseEvent('click')),
  };
  document.addEventListener('keydown', event => {
    if (!isFree(event)) return;
    const target = event.target instanceof Node ? event.target : null,
      elsewhere = target === get('splitter') || get('detail').contains(target);
    if (elsewhere && /^(Arrow|Page|Home|End)/.test(event.key)) return;
    const action = keys[(event.shiftKey ? 'Shift+' : '') + event.key] ?? (event.shiftKey ? undefined : keys[event.key.toLowerCase()]);
    if (!action) return;
    event.preventDefault();
    action();
  });
  for (const [id, key] of Object.entries({ fit: 'v', fold: 'Shift+ArrowLeft', unfold: 'Shift+ArrowRight',
    'next-error': 'e' })) get(id).addEventListener('click', keys[key]);
  get('list').addEventListener('dblclick', zoomToRun);
  get('find').addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    view.go(event.shiftKey ? -1 : 1, isHit);
  });
}
