// @ts-check
// The table of runs: keys, endless rows, the filter's suggestions, new rows as they come.
import { isWriting, say } from './app.js';

const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const page = get('runs'),
  table = get('table'),
  box = /** @type {HTMLInputElement} */ (get('filter')),
  menu = get('completion'),
  form = /** @type {HTMLFormElement} */ (get('filter-form'));
const address = (/** @type {string} */ path) =>
  `${path}${page.dataset.query || '?'}${page.dataset.query ? '&' : ''}project=${encodeURIComponent(page.dataset.project ?? '')}`;

// Endless rows.
let busy = false;
async function more() {
  const last = table.querySelector('.chunk:last-of-type');
  if (busy || !(last instanceof HTMLElement) || !last.dataset.more) return;
  busy = true;
  try {
    const answer = await fetch(last.dataset.more);
    if (!answer.ok) return;
    delete last.dataset.more;
    last.insertAdjacentHTML('afterend', await answer.text());
    // Old rows leave, so that the page stays light; the link on top brings them back.
    const chunks = table.querySelectorAll('.chunk');
    if (chunks.length > 40) {
      const height = chunks[0].getBoundingClientRect().height;
      chunks[0].remove();
      table.scrollTop -= height;
    }
  } finally {
    busy = false;
  }
}
table.addEventListener(
  'scroll',
  () => {
    if (table.scrollTop + table.clientHeight > table.scrollHeight - 600) more();
  },
  { passive: true },
);
if (table.scrollHeight <= table.clientHeight) more();

// Keys.
const rows = () => /** @type {HTMLAnchorElement[]} */ ([...table.querySelectorAll('a.run-row')]);
/** @param {number} step */
function move(step) {
  const all = rows(),
    at = all.findIndex(row => row.classList.contains('current')),
    next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
  if (!next) return;
  all[at]?.classList.remove('current');
  next.classList.add('current');
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
document.addEventListener('keydown', event => {
  if (isWriting(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'j' || event.key === 'ArrowDown') {
    event.preventDefault();
    move(1);
  } else if (event.key === 'k' || event.key === 'ArrowUp') {
    event.preventDefault();
    move(-1);
  } else if (event.key === 'f') {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === 'l') toggleLive();
});

// The filter's suggestions.
/** @type {AbortController | undefined} */ let asking;
let choice = -1;
/** The word at the caret. */
function word() {
  const at = box.selectionStart ?? box.value.length,
    before = box.value.slice(0, at),
    start = Math.max(before.lastIndexOf(' ') + 1, 0);
  const after = box.value.slice(at).search(/\s|$/);
  return { start, end: at + after, text: before.slice(start) };
}
function closeMenu() {
  menu.hidden = true;
  choice = -1;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}
async function suggest() {
  asking?.abort();
  asking = new AbortController();
  const signal = asking.signal;
  try {
    await new Promise(done => setTimeout(done, 90));
    if (signal.aborted) return;
    const answer = await fetch(`${address('/ui/suggest')}&word=${encodeURIComponent(word().text)}`, { signal });
    /** @type {{text: string, note: string}[]} */ const found = answer.ok ? await answer.json() : [];
    menu.replaceChildren(
      ...found.map((item, i) => {
        const line = document.createElement('li');
        line.role = 'option';
        line.id = `option-${i}`;
        line.append(
          Object.assign(document.createElement('span'), { textContent: item.text }),
          Object.assign(document.createElement('span'), { textContent: item.note }),
        );
        line.addEventListener('mousedown', event => {
          event.preventDefault();
          take(item.text);
        });
        return line;
      }),
    );
    menu.hidden = found.length === 0;
    choice = -1;
    box.setAttribute('aria-expanded', String(!menu.hidden));
  } catch {
    /* a newer question replaced this one */
  }
}
/** @param {string} text */
function take(text) {
  const { start, end } = word();
  box.value = box.value.slice(0, start) + text + box.value.slice(end);
  box.selectionStart = box.selectionEnd = start + text.length;
  if (text.endsWith(':') || text.endsWith('.')) suggest();
  else {
    closeMenu();
    box.focus();
  }
}
/** @param {number} step */
function choose(step) {
  const options = [...menu.children];
  choice = (choice + step + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === choice)));
  options[choice].scrollIntoView({ block: 'nearest' });
  box.setAttribute('aria-activedescendant', options[choice].id);
}
box.addEventListener('input', suggest);
box.addEventListener('focus', suggest);
box.addEventListener('blur', closeMenu);
box.addEventListener('keydown', event => {
  if (menu.hidden) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    choose(event.key === 'ArrowDown' ? 1 : -1);
  } else if ((event.key === 'Enter' || event.key === 'Tab') && choice >= 0) {
    event.preventDefault();
    take(menu.children[choice].firstChild?.textContent ?? '');
  } else if (event.key === 'Escape') {
    event.stopPropagation();
    closeMenu();
  }
});
form.querySelector('select')?.addEventListener('change', () => form.requestSubmit());
form.addEventListener('submit', () => {
  for (const field of form.elements) if (field instanceof HTMLInputElement && !field.value) field.disabled = true;
});

// New rows as they come.
const liveButton = get('live'),
  pill = get('new-pill');
/** @type {EventSource | null} */ let stream = null;
/** @type {Map<string, HTMLElement>} */ const waiting = new Map();
/** @param {string} html */
function take_in(html) {
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
    document.querySelector('.table-side > .empty')?.remove();
  }
  waiting.clear();
  pill.hidden = true;
}
pill.addEventListener('click', () => {
  table.scrollTop = 0;
  show();
});
function toggleLive() {
  const on = liveButton.getAttribute('aria-pressed') !== 'true';
  liveButton.setAttribute('aria-pressed', String(on));
  try {
    sessionStorage.setItem('live', on ? '1' : '');
  } catch {
    /* this page only */
  }
  listen();
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
  stream.addEventListener('rows', event => take_in(event.data));
  stream.onerror = () => {
    liveButton.title = 'reconnecting';
  };
  stream.onopen = () => {
    liveButton.title = '';
  };
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
