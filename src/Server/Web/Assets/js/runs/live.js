// @ts-check
// New rows as they come. What the reader looks at never moves: away from the top a pill counts them.
import { say } from '../app.js';
import { readOverview, renewOverview } from './overview.js';
import { address, get, rows, table } from './page.js';

const liveButton = get('live'),
  pill = get('new-pill');
/** @type {EventSource | null} */ let stream = null;
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
    fresh = [...waiting.values()].sort((a, b) => Number(BigInt(a.dataset.start ?? 0) - BigInt(b.dataset.start ?? 0)));
  for (const row of fresh) {
    row.classList.add('new');
    first?.prepend(row);
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
function listen() {
  const on = liveButton.getAttribute('aria-pressed') === 'true' && !document.hidden;
  if (!on) {
    stream?.close();
    stream = null;
    return;
  }
  if (stream) return;
  stream = new EventSource(address('/ui/rows/live'));
  stream.addEventListener('rows', event => takeIn(event.data));
  stream.onerror = () => lost(true);
  stream.onopen = () => lost(false);
}
liveButton.addEventListener('click', toggleLive);
document.addEventListener('visibilitychange', listen);
addEventListener('pagehide', () => stream?.close());
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
listen();
