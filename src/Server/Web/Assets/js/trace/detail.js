// @ts-check
// The pane of the selected run: its tabs and its forms. Panes next to the selected one are fetched ahead.
import { isWriting, load, say } from '../app.js';
import { get } from './view.js';

const dwellMilliseconds = 70,
  keptMax = 30;

/** @param {import('./view.js').TraceView} view */
export function listenToDetail(view) {
  const { page } = view,
    detail = get('detail');
  let loading = new AbortController();
  /** @type {Map<string, Promise<string | null>>} */ const ahead = new Map();
  const address = (/** @type {string} */ id) => `${page.dataset.details}${id}?tab=${page.dataset.tab}`;
  const isEnded = (/** @type {string} */ id) => view.model.c.status[view.model.index.get(id) ?? 0] !== 0;

  const prefetch = (/** @type {string} */ id) => {
    const from = address(id);
    if (ahead.has(from) || !isEnded(id)) return;
    if (ahead.size >= keptMax) ahead.delete(/** @type {string} */ (ahead.keys().next().value));
    ahead.set(
      from,
      fetch(from).then(
        answer => (answer.ok ? answer.text() : null),
        () => null,
      ),
    );
  };
  const show = async () => {
    loading.abort();
    loading = new AbortController();
    const signal = loading.signal,
      from = address(view.selected),
      held = ahead.get(from);
    ahead.delete(from);
    const text = held && (await held);
    if (signal.aborted) return;
    if (text) detail.innerHTML = text;
    else if (!(await load(detail, from, signal))) return;
    detail.scrollTop = 0;
    page.dataset.shown = view.selected;
    const line = view.model.visible.indexOf(view.at);
    for (const step of [1, -1]) if (view.model.visible[line + step] !== undefined) prefetch(view.model.c.id[view.model.visible[line + step]]);
  };

  view.addEventListener('selected', show);
  view.addEventListener('changed', () => {
    if (!isWriting(document.activeElement) || !detail.contains(document.activeElement)) show();
  });
  let dwell = 0;
  get('list').addEventListener('pointerover', event => {
    const row = /** @type {Element} */ (event.target).closest('.span');
    clearTimeout(dwell);
    if (row instanceof HTMLElement && row.dataset.id) dwell = window.setTimeout(() => prefetch(row.dataset.id ?? ''), dwellMilliseconds);
  });
  detail.addEventListener('click', event => {
    const tab = /** @type {Element} */ (event.target).closest('a[data-tab]');
    if (!(tab instanceof HTMLElement)) return;
    event.preventDefault();
    page.dataset.tab = tab.dataset.tab;
    view.setAddress({ tab: tab.dataset.tab === 'messages' ? '' : (tab.dataset.tab ?? '') });
    show();
  });
  detail.addEventListener('submit', async event => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.fragment) return;
    event.preventDefault();
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form, event.submitter)));
    const given = await fetch(form.action, { method: 'POST', body, headers: { 'X-Fragment': '1' } });
    if (given.ok) {
      get(form.dataset.fragment).outerHTML = await given.text();
      say('Feedback saved');
    } else say('The feedback was not saved');
  });
  addEventListener('popstate', () => {
    const id = location.pathname.split('/').pop() ?? '',
      query = new URLSearchParams(location.search);
    page.dataset.tab = query.get('tab') ?? 'messages';
    if (!view.model.index.has(id)) return location.reload();
    view.selected = id;
    view.spans.select(id);
    view.setView(query.get('view') ?? 'waterfall');
    show();
  });
}
