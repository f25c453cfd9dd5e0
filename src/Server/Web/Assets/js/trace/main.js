// @ts-check
// The page of a run: puts model, list, canvases, keys and stream together. The address always says what is shown.
import { copy, isWriting, load, say } from '../app.js';
import { drawFlame, drawOverview, hit } from './canvas.js';
import { SpanList } from './list.js';
import { TraceModel, duration, ticks } from './model.js';

const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const page = get('trace'),
  detail = get('detail'),
  list = get('list'),
  findBox = /** @type {HTMLInputElement} */ (get('find'));
const overview = /** @type {HTMLCanvasElement} */ (get('overview')),
  flame = get('flame'),
  flameCanvas = /** @type {HTMLCanvasElement} */ (flame.querySelector('canvas'));
const trace = /** @type {string} */ (page.dataset.trace);

const answer = await fetch(`/ui/trace/${trace}`);
const model = new TraceModel(await answer.json());
const zoom = { from: 0, to: model.total };
let packed = model.pack(),
  fitting = false,
  zoomed = false,
  selected = /** @type {string} */ (page.dataset.run),
  loading = new AbortController();
if (model.count > 2000) model.foldFrom(2);
const spans = new SpanList(list, get('rows'), model, zoom);
performance.mark('trace-ready');

function drawAxis() {
  const box = get('ticks'),
    width = box.clientWidth;
  box.replaceChildren(
    ...ticks(zoom.from, zoom.to, Math.max(2, width / 110))
      .filter(t => (t - zoom.from) / (zoom.to - zoom.from) < 0.97)
      .map(t => {
        const mark = Object.assign(document.createElement('span'), { textContent: t === 0 ? '0' : duration(t) });
        mark.style.left = `${((t - zoom.from) / (zoom.to - zoom.from)) * 100}%`;
        return mark;
      }),
  );
}

function draw() {
  if (fitting) {
    const { first, last } = spans.range();
    let from = Infinity,
      to = 0;
    for (let row = first + 6; row < Math.max(first + 7, last - 6) && row < model.visible.length; row++) {
      const i = model.visible[row];
      if (model.hasChildren(i) && model.visible.length > 1) continue;
      from = Math.min(from, model.c.from[i]);
      to = Math.max(to, model.c.from[i] + model.length(i));
    }
    if (from < to) {
      zoom.from = from;
      zoom.to = to;
    }
  }
  spans.draw();
  if (page.dataset.view !== 'tree') drawOverview(overview, model, zoom, packed);
  if (page.dataset.view === 'waterfall') drawAxis();
  if (page.dataset.view === 'flame') drawFlame(flameCanvas, model, zoom, packed, selected);
}

/** @param {number} from @param {number} to */
function setZoom(from, to) {
  fitting = false;
  get('fit').setAttribute('aria-pressed', 'false');
  const least = Math.max(0.01, model.total / 1e6),
    length = Math.max(least, Math.min(model.total, to - from));
  zoom.from = Math.max(0, Math.min(from, model.total - length));
  zoom.to = zoom.from + length;
  zoomed = length < model.total;
  draw();
}

/** @param {Record<string, string>} changes */
function setAddress(changes) {
  const address = new URL(location.href);
  address.pathname = `/r/${selected}`;
  for (const [key, value] of Object.entries(changes))
    if (value) address.searchParams.set(key, value);
    else address.searchParams.delete(key);
  history.replaceState(null, '', address);
}

/** @param {string} id @param {boolean} [remember] */
async function select(id, remember = true) {
  if (!model.index.has(id)) return;
  const isNew = id !== selected;
  selected = id;
  spans.select(id);
  if (page.dataset.view === 'flame') draw();
  if (!isNew) return;
  if (remember) history.pushState(null, '', `/r/${id}${location.search}`);
  await show();
}

async function show() {
  loading.abort();
  loading = new AbortController();
  const signal = loading.signal;
  await new Promise(done => setTimeout(done, 60));
  if (!signal.aborted && (await load(detail, `/ui/r/${selected}?tab=${page.dataset.tab}`, signal))) detail.scrollTop = 0;
}

/** @param {string} view */
function setView(view) {
  page.dataset.view = view;
  flame.hidden = view !== 'flame';
  for (const button of document.querySelectorAll('button[data-view]'))
    button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.view === view));
  setAddress({ view: view === 'waterfall' ? '' : view });
  draw();
}

let searching = 0;
async function find() {
  const text = findBox.value.trim(),
    turn = ++searching;
  setAddress({ find: text });
  let count = model.find(text);
  draw();
  if (text.length > 2) {
    await new Promise(done => setTimeout(done, 200));
    if (turn !== searching) return;
    const found = await fetch(`/ui/trace/${trace}/search?q=${encodeURIComponent(text)}`);
    if (turn !== searching || !found.ok) return;
    count = model.find(text, await found.json());
    draw();
  }
  get('found').textContent = text ? String(count) : '';
  say(text ? `${count} runs found` : '');
}

/** @param {number} step @param {(i: number) => boolean} test */
function go(step, test) {
  const i = model.next(model.index.get(selected) ?? 0, step, test);
  if (i >= 0) {
    model.reveal(i);
    select(model.c.id[i]);
  }
}

/** @param {number} rows */
function move(rows) {
  const at = model.visible.indexOf(model.index.get(selected) ?? 0);
  const next = Math.max(0, Math.min(model.visible.length - 1, at + rows));
  select(model.c.id[model.visible[next]]);
}

const isHit = (/** @type {number} */ i) => model.hits?.has(i) ?? false,
  isError = (/** @type {number} */ i) => model.c.status[i] === 2;
/** @type {Record<string, () => void>} */
const keys = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  j: () => move(1),
  k: () => move(-1),
  Home: () => move(-1e9),
  End: () => move(1e9),
  PageDown: () => move(20),
  PageUp: () => move(-20),
  ArrowRight: () => {
    const i = model.index.get(selected) ?? 0;
    if (model.isFolded(i)) {
      model.fold(i, false);
      draw();
    } else if (model.hasChildren(i)) move(1);
  },
  ArrowLeft: () => {
    const i = model.index.get(selected) ?? 0;
    if (model.hasChildren(i) && !model.isFolded(i)) {
      model.fold(i, true);
      draw();
    } else if (model.parent(i) >= 0) select(model.c.id[model.parent(i)]);
  },
  'Shift+ArrowRight': () => {
    model.foldFrom(Infinity);
    draw();
  },
  'Shift+ArrowLeft': () => {
    model.foldFrom(1);
    draw();
  },
  e: () => go(1, isError),
  'Shift+E': () => go(-1, isError),
  n: () => go(1, isHit),
  'Shift+N': () => go(-1, isHit),
  f: () => findBox.focus(),
  c: () => copy(selected),
  0: () => setZoom(0, model.total),
  v: toggleFit,
  z: () => {
    const i = model.index.get(selected) ?? 0,
      length = Math.max(0.01, model.length(i));
    setZoom(model.c.from[i] - length * 0.05, model.c.from[i] + length * 1.05);
  },
};
document.addEventListener('keydown', event => {
  if (isWriting(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const inDetail = event.target instanceof Node && detail.contains(event.target) && event.target !== detail;
  const onSplitter = event.target === get('splitter');
  if ((inDetail || onSplitter || event.target === detail) && /^(Arrow|Page|Home|End)/.test(event.key)) return;
  const action = keys[(event.shiftKey ? 'Shift+' : '') + event.key] ?? (event.shiftKey ? undefined : keys[event.key.toLowerCase()]);
  if (action) {
    event.preventDefault();
    action();
  }
});

function toggleFit() {
  fitting = !fitting;
  get('fit').setAttribute('aria-pressed', String(fitting));
  if (!fitting) {
    zoom.from = 0;
    zoom.to = model.total;
  }
  draw();
}

list.addEventListener('scroll', () => fitting && requestAnimationFrame(draw), { passive: true });
list.addEventListener('click', event => {
  const span = /** @type {Element} */ (event.target).closest('.span');
  if (!(span instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.button !== 0) return;
  event.preventDefault();
  const i = model.index.get(span.dataset.id ?? '');
  if (i === undefined) return;
  list.focus({ preventScroll: true });
  if (/** @type {Element} */ (event.target).closest('.fold') && model.hasChildren(i)) {
    model.fold(i, !model.isFolded(i));
    draw();
  } else select(model.c.id[i]);
});
list.addEventListener('dblclick', () => keys.z());
for (const box of [list, flame]) {
  box.addEventListener(
    'wheel',
    event => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const area = box === flame ? flame.getBoundingClientRect() : get('ticks').getBoundingClientRect();
      const at = zoom.from + Math.max(0, Math.min(1, (event.clientX - area.left) / area.width)) * (zoom.to - zoom.from),
        factor = event.deltaY > 0 ? 1.25 : 0.8;
      setZoom(at - (at - zoom.from) * factor, at + (zoom.to - at) * factor);
    },
    { passive: false },
  );
}
flame.addEventListener('click', event => {
  const area = flameCanvas.getBoundingClientRect(),
    i = hit(model, zoom, packed, event.clientX - area.left, event.clientY - area.top, area.width);
  if (i >= 0) select(model.c.id[i]);
});
overview.addEventListener('pointerdown', event => {
  const area = overview.getBoundingClientRect(),
    at = (/** @type {number} */ x) => Math.max(0, Math.min(1, (x - area.left) / area.width)) * model.total,
    from = at(event.clientX);
  const moved = (/** @type {PointerEvent} */ e) => {
    const to = at(e.clientX);
    if (Math.abs(to - from) > model.total / 200) setZoom(Math.min(from, to), Math.max(from, to));
  };
  overview.setPointerCapture(event.pointerId);
  overview.addEventListener('pointermove', moved);
  overview.addEventListener('pointerup', () => overview.removeEventListener('pointermove', moved), { once: true });
});
overview.addEventListener('dblclick', () => setZoom(0, model.total));

for (const button of document.querySelectorAll('button[data-view]'))
  button.addEventListener('click', () => setView(/** @type {HTMLElement} */ (button).dataset.view ?? ''));
get('fit').addEventListener('click', toggleFit);
get('fold').addEventListener('click', keys['Shift+ArrowLeft']);
get('unfold').addEventListener('click', keys['Shift+ArrowRight']);
get('next-error').addEventListener('click', keys.e);
findBox.addEventListener('input', find);
findBox.addEventListener('keydown', event => {
  if (event.key === 'Enter') {
    event.preventDefault();
    go(event.shiftKey ? -1 : 1, isHit);
  }
});

detail.addEventListener('click', event => {
  const target = /** @type {Element} */ (event.target),
    tab = target.closest('.tabs [data-tab]'),
    from = target.closest('[data-copy-from]');
  if (tab instanceof HTMLElement) {
    event.preventDefault();
    page.dataset.tab = tab.dataset.tab;
    setAddress({ tab: tab.dataset.tab === 'messages' ? '' : (tab.dataset.tab ?? '') });
    show();
  } else if (from instanceof HTMLElement) copy(get(from.dataset.copyFrom ?? '').textContent ?? '');
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

const splitter = get('splitter');
/** @param {number} share */
function split(share) {
  const value = Math.round(Math.max(20, Math.min(80, share)));
  page.style.setProperty('--split', `${value}%`);
  splitter.setAttribute('aria-valuenow', String(value));
  draw();
}
splitter.addEventListener('pointerdown', event => {
  splitter.setPointerCapture(event.pointerId);
  const moved = (/** @type {PointerEvent} */ e) => {
    const area = page.getBoundingClientRect();
    split(((e.clientX - area.left) / area.width) * 100);
  };
  splitter.addEventListener('pointermove', moved);
  splitter.addEventListener('pointerup', () => splitter.removeEventListener('pointermove', moved), { once: true });
});
splitter.addEventListener('keydown', event => {
  if (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
    split(Number(splitter.getAttribute('aria-valuenow')) + (event.key === 'ArrowLeft' ? -2 : 2));
});
addEventListener('popstate', () => {
  const id = location.pathname.split('/').pop() ?? '',
    query = new URLSearchParams(location.search);
  page.dataset.tab = query.get('tab') ?? 'messages';
  page.dataset.view = query.get('view') ?? 'waterfall';
  if (model.index.has(id)) {
    selected = id;
    spans.select(id);
    draw();
    show();
  } else location.reload();
});
addEventListener('themechange', draw);
new ResizeObserver(draw).observe(get('ticks').parentElement ?? list);

/** @type {EventSource | null} */ let stream = null;
function listen() {
  if (stream || document.hidden || !model.c.live) return;
  stream = new EventSource(`/ui/trace/${trace}/live`);
  get('live').hidden = !model.c.status.includes(0);
  stream.addEventListener('trace', event => {
    const i = model.index.get(selected),
      before = i === undefined ? '' : `${model.c.status[i]}|${model.c.for[i]}`,
      old = model.count;
    model.set(JSON.parse(event.data));
    packed = model.pack();
    if (!zoomed && !fitting) {
      zoom.from = 0;
      zoom.to = model.total;
    }
    if (model.hits) model.find(findBox.value);
    get('span-count').textContent = model.count.toLocaleString('en');
    get('live').hidden = !model.c.status.includes(0);
    draw();
    if (model.count > old) say(`${model.count} runs`);
    const now = model.index.get(selected);
    const writing = isWriting(document.activeElement) && detail.contains(document.activeElement);
    if (now !== undefined && !writing && `${model.c.status[now]}|${model.c.for[now]}` !== before) show();
  });
}
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else listen();
});
setInterval(() => {
  if (stream && model.c.status.includes(0)) {
    model.c.now += 500;
    model.total = Math.max(model.total, model.c.now);
    if (!zoomed && !fitting) zoom.to = model.total;
    draw();
  }
}, 500);
addEventListener('pagehide', () => stream?.close());
listen();

if (findBox.value) find();
spans.select(selected);
setView(page.dataset.view ?? 'waterfall');
document.documentElement.dataset.trace = 'ready';
