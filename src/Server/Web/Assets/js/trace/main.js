// @ts-check
// The page of a run: puts model, view, keys, pointer and stream together.
import { listenToDetail } from './detail.js';
import { listenToFind } from './find.js';
import { listenToKeys } from './keys.js';
import { followLive } from './live.js';
import { TraceModel } from './model.js';
import { listenToPointer } from './pointer.js';
import { TraceView, get } from './view.js';

/** Longer traces open folded. */
const foldedAbove = 2000;

const page = get('trace'),
  answer = await fetch(page.dataset.columns ?? ''),
  model = new TraceModel(await answer.json());
if (model.count > foldedAbove) model.foldFrom(2);
const view = new TraceView(page, model);
view.spans.select(view.selected);
listenToKeys(view);
listenToPointer(view);
listenToDetail(view);
listenToFind(view);
if (!page.dataset.token) followLive(view);
addEventListener('themechange', () => view.draw());
new ResizeObserver(() => view.draw()).observe(get('ticks').parentElement ?? page);
view.setView(page.dataset.view ?? 'waterfall');
performance.mark('trace-ready');
document.documentElement.dataset.trace = 'ready';
