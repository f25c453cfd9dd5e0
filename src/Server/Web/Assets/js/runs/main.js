// @ts-check
// The table of runs: keys and clicks.
import { isFree } from '../app.js';
import '../filter.js';
import { choose } from './chosen.js';
import './endless.js';
import './overview.js';
import { toggleLive } from './live.js';
import { rows, table } from './page.js';
import { close, isPeeking, peekAt } from './peek.js';
import './views.js';

const narrow = matchMedia('(max-width: 760px)');
const current = () => rows().find(row => row.classList.contains('current'));

/** @param {HTMLAnchorElement} row */
function go(row) {
  current()?.classList.remove('current');
  row.classList.add('current');
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
  if (isPeeking()) peekAt(row);
}
/** @param {number} step */
function move(step) {
  const all = rows(),
    at = all.findIndex(row => row.classList.contains('current')),
    next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
  if (next) go(next);
}

/** @type {Record<string, () => void>} */
const keys = {
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
  l: toggleLive,
  Escape: () => isPeeking() && close(),
  ' ': () => {
    const row = current() ?? rows()[0];
    if (isPeeking()) close();
    else if (row) {
      go(row);
      peekAt(row);
    }
  },
  x: () => {
    const row = current();
    if (row) choose(row);
  },
  Enter: () => {
    const row = current();
    if (row) location.href = row.href;
  },
};
document.addEventListener('keydown', event => {
  if (!isFree(event) || event.shiftKey) return;
  const inPeek = event.target instanceof Element && event.target.closest('#peek, .menu, .facets, .chosen, .filter-bar');
  if (inPeek && event.key !== 'Escape' && event.key !== 'j' && event.key !== 'k') return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// A click looks at a run, a second one opens it; with a modifier it does what it does to every link.
table.addEventListener('click', event => {
  const row = /** @type {Element} */ (event.target).closest('a.run-row');
  if (!(row instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || narrow.matches) return;
  event.preventDefault();
  if (event.detail > 1) return void (location.href = row.href);
  go(row);
  peekAt(row);
});
document.documentElement.dataset.runs = 'ready';
