// @ts-check
// A run beside the table, without leaving it. The address says which one.
import { load } from '../app.js';
import { get, page, rows } from './page.js';

const pane = get('peek');
let loading = new AbortController();

/** @param {HTMLAnchorElement} row */
const idOf = row => row.pathname.split('/').pop() ?? '';

export const isPeeking = () => !pane.hidden;

/** @param {string} id */
function remember(id) {
  const to = new URL(location.href);
  if (id) to.searchParams.set('peek', id);
  else to.searchParams.delete('peek');
  history.replaceState(null, '', to);
}

/** @param {string} id @param {string} [tab] */
export async function peek(id, tab = 'messages') {
  loading.abort();
  loading = new AbortController();
  pane.hidden = false;
  pane.dataset.run = id;
  remember(id);
  const bar = Object.assign(document.createElement('div'), { className: 'peek-bar' }),
    open = Object.assign(document.createElement('a'), { className: 'btn small', href: `/r/${id}`, textContent: 'Open trace ↵' }),
    shut = Object.assign(document.createElement('button'), { className: 'btn small', type: 'button', textContent: 'Close' }),
    content = document.createElement('div');
  shut.addEventListener('click', close);
  bar.append(open, shut);
  pane.replaceChildren(bar, content);
  if (await load(content, `/ui/r/${id}?tab=${tab}`, loading.signal)) pane.scrollTop = 0;
}

export function close() {
  loading.abort();
  pane.hidden = true;
  pane.replaceChildren();
  remember('');
  rows().find(row => row.classList.contains('current'))?.focus({ preventScroll: true });
}

/** @param {HTMLAnchorElement} row */
export const peekAt = row => peek(idOf(row));

pane.addEventListener('click', event => {
  const tab = /** @type {Element} */ (event.target).closest('a[data-tab]');
  if (!(tab instanceof HTMLElement)) return;
  event.preventDefault();
  peek(pane.dataset.run ?? '', tab.dataset.tab);
});
pane.addEventListener('submit', async event => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.dataset.fragment) return;
  event.preventDefault();
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form, event.submitter)));
  const given = await fetch(form.action, { method: 'POST', body, headers: { 'X-Fragment': '1' } });
  if (given.ok) get(form.dataset.fragment).outerHTML = await given.text();
});
if (page.dataset.peek) {
  rows().find(row => idOf(row) === page.dataset.peek)?.classList.add('current');
  peek(page.dataset.peek);
}
