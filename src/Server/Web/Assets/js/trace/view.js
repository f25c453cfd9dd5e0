// @ts-check
// What is shown of a trace: the selected run, the span of time, the view. The address always says it.
import { drawFlame, drawOverview } from './canvas.js';
import { pack } from './flame.js';
import { SpanList } from './list.js';
import { duration, ticks } from './time.js';

export const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

export class TraceView extends EventTarget {
  /** @param {HTMLElement} page @param {import('./model.js').TraceModel} model */
  constructor(page, model) {
    super();
    this.page = page;
    this.model = model;
    this.zoom = { from: 0, to: model.total };
    this.zoomed = false;
    this.fitting = false;
    this.selected = page.dataset.run ?? '';
    this.runs = page.dataset.runs ?? '/r/';
    this.packed = pack(model);
    this.overview = /** @type {HTMLCanvasElement} */ (get('overview'));
    this.flame = get('flame');
    this.flameCanvas = /** @type {HTMLCanvasElement} */ (this.flame.querySelector('canvas'));
    this.spans = new SpanList(get('list'), get('rows'), model, this.zoom, this.runs);
    this.spans.selected = this.selected;
  }

  /** The number of the selected run. */
  get at() {
    return this.model.index.get(this.selected) ?? 0;
  }

  /** Takes what has come meanwhile. @param {import('./model.js').Columns} columns */
  update(columns) {
    this.model.set(columns);
    this.packed = pack(this.model);
    this.showAll();
  }

  /** The whole time, unless a part of it was chosen. */
  showAll() {
    if (!this.zoomed && !this.fitting) this.zoom.to = this.model.total;
  }

  draw() {
    if (this.fitting) this.#fit();
    this.spans.draw();
    const view = this.page.dataset.view;
    if (view !== 'tree') drawOverview(this.overview, this.model, this.zoom, this.packed);
    if (view === 'waterfall' || view === 'flame') this.#drawAxis();
    if (view === 'flame') drawFlame(this.flameCanvas, this.model, this.zoom, this.packed, this.selected);
  }

  /** Fits the time to the leaves on screen: in a long trace every bar would be a pixel wide. */
  #fit() {
    const { first, last } = this.spans.seen(),
      { model } = this;
    let from = Infinity,
      to = 0;
    for (let line = first; line < last; line++) {
      const i = model.visible[line];
      if (model.hasChildren(i) && !model.isFolded(i)) continue;
      from = Math.min(from, model.c.from[i]);
      to = Math.max(to, model.c.from[i] + model.length(i));
    }
    if (from < to) Object.assign(this.zoom, { from, to });
  }

  #drawAxis() {
    const box = get('ticks'),
      { from, to } = this.zoom;
    box.replaceChildren(
      ...ticks(from, to, Math.max(2, box.clientWidth / 110))
        .filter(t => (t - from) / (to - from) < 0.97)
        .map(t => {
          const mark = Object.assign(document.createElement('span'), { textContent: t === 0 ? '0' : duration(t) });
          mark.style.left = `${((t - from) / (to - from)) * 100}%`;
          return mark;
        }),
    );
  }

  /** @param {number} from @param {number} to */
  setZoom(from, to) {
    this.#setFitting(false);
    const least = Math.max(0.01, this.model.total / 1e6),
      length = Math.max(least, Math.min(this.model.total, to - from));
    this.zoom.from = Math.max(0, Math.min(from, this.model.total - length));
    this.zoom.to = this.zoom.from + length;
    this.zoomed = length < this.model.total;
    this.draw();
  }

  toggleFit() {
    this.#setFitting(!this.fitting);
    this.zoomed = false;
    Object.assign(this.zoom, { from: 0, to: this.model.total });
    this.draw();
  }

  /** @param {boolean} on */
  #setFitting(on) {
    this.fitting = on;
    get('fit').setAttribute('aria-pressed', String(on));
  }

  /** @param {string} view */
  setView(view) {
    this.page.dataset.view = view;
    this.flame.hidden = view !== 'flame';
    for (const button of document.querySelectorAll('button[data-view]'))
      button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.view === view));
    this.setAddress({ view: view === 'waterfall' ? '' : view });
    this.draw();
  }

  /** @param {Record<string, string>} changes */
  setAddress(changes) {
    const address = new URL(location.href);
    address.pathname = this.runs + this.selected;
    for (const [key, value] of Object.entries(changes))
      if (value) address.searchParams.set(key, value);
      else address.searchParams.delete(key);
    if (address.href !== location.href) history.replaceState(null, '', address);
  }

  /** @param {string} id @param {boolean} [remember] */
  select(id, remember = true) {
    if (!this.model.index.has(id)) return;
    const isNew = id !== this.selected;
    this.selected = id;
    this.spans.select(id);
    if (this.page.dataset.view === 'flame') this.draw();
    if (!isNew) return;
    if (remember) history.pushState(null, '', this.runs + id + location.search);
    this.dispatchEvent(new Event('selected'));
  }

  /** Goes to the next run that passes a test, going round. @param {number} step @param {(i: number) => boolean} test */
  go(step, test) {
    const i = this.model.next(this.at, step, test);
    if (i < 0) return;
    this.model.reveal(i);
    this.select(this.model.c.id[i]);
  }

  /** @param {number} lines */
  move(lines) {
    const at = this.model.visible.indexOf(this.at),
      next = Math.max(0, Math.min(this.model.visible.length - 1, at + lines));
    this.select(this.model.c.id[this.model.visible[next]]);
  }
}
