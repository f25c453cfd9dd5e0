// @ts-check
// New rows as they come. What the reader looks at never moves: away from the top a pill counts them.
import { say } from '../app.js';
import { follow } from '../stream.js';
import { readOverview, renewOverview } from './overview.js';
import { address, get, rows, table } from './page.js';

const liveButton = get('live'),
  pill = get('new-pill');
/** @type {Map<string, HTMLElement>} */ const waiting = new Map();
/** @param {string} html */
function takeIn(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html'),
    first = table.querySelector('.chunk');
  if (!first) return;
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (parsed.querySelectorAll('a.run-row'))) {
    const shown = document.getElementById(row.id);
    if (shown) {
      if (shown.innerHTML !== row.innerHTML) shown.innerHTML = row.innerHTML;
      waiting.delete(row.id);
    } else waiting.set(row.id, row);
  }
  if (table.scrollTop < 40) show();
  renewOverview();
  pill.hidden = waiting.size === 0;
  pill.textContent = `${waiting.size} new ${waiting.size === 1 ? 'run' : 'runs'} ↑`;
}
function show() {
  const first = table.querySelector('.chunk'),
    start = (/** @type {Element} */ row) => BigInt(/** @type {HTMLElement} */ (row).dataset.start ?? 0),
    fresh = [...waiting.values()];
  for (const row of fresh) {
    row.classList.add('new');
    first?.insertBefore(row, [...first.children].find(other => start(other) < start(row)) ?? null);
  }
  if (fresh.length) {
    say(`${fresh.length} new runs`);
    if (document.querySelector('.table-side > .nothing')) {
      document.querySelector('.table-side > .nothing')?.remove();
      readOverview();
    }
  }
  waiting.clear();
  pill.hidden = true;
}
pill.addEventListener('click', () => {
  table.scrollTop = 0;
  show();
});
export function toggleLive() {
  const on = liveButton.getAttribute('aria-pressed') !== 'true';
  liveButton.setAttribute('aria-pressed', String(on));
  try {
    sessionStorage.setItem('live', on ? '1' : '');
  } catch {
    /* this page only */
  }
  listen();
}
/** @param {boolean} isLost */
function lost(isLost) {
  liveButton.title = isLost ? 'Reconnecting' : '';
  liveButton.classList.toggle('lost', isLost);
}
liveButton.addEventListener('click', toggleLive);
// A table without runs waits for the first one.
if (
  rows().length === 0 ||
  (() => {
    try {
      return sessionStorage.getItem('live');
    } catch {
      return '';
    }
  })()
)
  liveButton.setAttribute('aria-pressed', 'true');
const listen = follow(
  () => (liveButton.getAttribute('aria-pressed') === 'true' ? address('/ui/rows/live') : null),
  { rows: event => takeIn(event.data) },
  lost,
);
