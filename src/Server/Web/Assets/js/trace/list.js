// @ts-check
// The rows of a trace: only those on screen exist.
import { duration, types } from './model.js';

const icons = {
  chain: 'workflow',
  llm: 'sparkles',
  tool: 'wrench',
  retriever: 'book-search',
  embedding: 'chart-scatter',
  prompt: 'text-quote',
  parser: 'braces',
};
const sprite = new URL('../../icons.svg', import.meta.url).pathname;

/** @param {string} name */
function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** @param {string} tag @param {string} className @param {string} [text] */
const element = (tag, className, text = '') => Object.assign(document.createElement(tag), { className, textContent: text });

export class SpanList {
  /** @param {HTMLElement} list @param {HTMLElement} rows @param {import('./model.js').TraceModel} model @param {{from:number,to:number}} zoom */
  constructor(list, rows, model, zoom) {
    Object.assign(this, { list, rows, model, zoom });
    this.list = list;
    this.rows = rows;
    this.model = model;
    this.zoom = zoom;
    /** @type {Map<string, HTMLElement>} */ this.shown = new Map();
    this.selected = '';
    this.height = matchMedia('(pointer:coarse)').matches ? 44 : 28;
    rows.replaceChildren();
    list.addEventListener('scroll', () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(list);
  }

  /** The rows on screen. */
  range() {
    const first = Math.max(0, Math.floor(this.list.scrollTop / this.height) - 6);
    return { first, last: Math.min(this.model.visible.length, first + Math.ceil(this.list.clientHeight / this.height) + 12) };
  }

  draw() {
    const { model } = this,
      { first, last } = this.range(),
      wanted = new Set();
    this.rows.style.height = `${model.visible.length * this.height}px`;
    for (let row = first; row < last; row++) {
      const i = model.visible[row],
        id = model.c.id[i];
      wanted.add(id);
      let span = this.shown.get(id);
      if (!span) {
        span = this.make(i);
        this.shown.set(id, span);
        this.rows.append(span);
      }
      this.place(span, i, row);
    }
    for (const [id, span] of this.shown)
      if (!wanted.has(id)) {
        span.remove();
        this.shown.delete(id);
      }
    this.list.setAttribute('aria-activedescendant', this.shown.has(this.selected) ? `s${this.selected}` : '');
  }

  /** @param {number} i */
  make(i) {
    const { model } = this,
      type = types[model.c.type[i]];
    const span = /** @type {HTMLAnchorElement} */ (element('a', 'span'));
    span.href = `/r/${model.c.id[i]}`;
    span.id = `s${model.c.id[i]}`;
    span.dataset.id = model.c.id[i];
    span.dataset.type = type;
    span.tabIndex = -1;
    span.setAttribute('role', 'treeitem');
    const label = element('span', 'label'),
      fold = element('span', 'fold');
    fold.append(icon('chevron-right'));
    const mark = element('span', 'type-icon');
    mark.setAttribute('role', 'img');
    mark.setAttribute('aria-label', type);
    mark.append(icon(icons[/** @type {keyof icons} */ (type)]));
    label.append(
      fold,
      mark,
      element('span', 'name clip'),
      element('span', 'sub clip', model.model(i)),
      element('span', 'tok'),
      element('span', 'dur-col'),
    );
    const time = element('span', 'time');
    time.append(element('span', 'bar'), element('span', 'dur'));
    span.append(label, time);
    return span;
  }

  /** @param {HTMLElement} span @param {number} i @param {number} row */
  place(span, i, row) {
    const { model, zoom } = this,
      c = model.c,
      failed = c.status[i] === 2,
      running = c.for[i] < 0 && c.status[i] === 0;
    const key = `${row}|${c.depth[i]}|${c.status[i]}|${c.for[i]}|${running ? c.now : ''}|${zoom.from}|${zoom.to}|${model.isFolded(i)}|${model.end[i]}|${this.selected === c.id[i]}|${model.hits?.has(i)}|${c.tokens[i]}|${this.list.clientWidth}|${c.name[i]}`;
    if (span.dataset.key === key) return;
    span.dataset.key = key;
    span.style.transform = `translateY(${row * this.height}px)`;
    span.className = `span${failed ? ' failed' : ''}${running ? ' running' : ''}${model.hits && !model.hits.has(i) ? ' dim' : ''}`;
    span.setAttribute('aria-level', String(c.depth[i] + 1));
    span.setAttribute('aria-selected', String(this.selected === c.id[i]));
    span.setAttribute('aria-posinset', String(row + 1));
    span.setAttribute('aria-setsize', String(model.visible.length));
    if (model.hasChildren(i)) span.setAttribute('aria-expanded', String(!model.isFolded(i)));
    else span.removeAttribute('aria-expanded');
    const label = /** @type {HTMLElement} */ (span.firstChild),
      [fold, , name, , tokens, length] = /** @type {HTMLElement[]} */ ([...label.children]);
    label.style.paddingLeft = `${10 + 14 * Math.min(c.depth[i], 24)}px`;
    fold.style.visibility = model.hasChildren(i) ? 'visible' : 'hidden';
    name.textContent = model.name(i) + (c.orphan[i] ? ' (parent not received)' : '');
    name.classList.toggle('hit', model.hits?.has(i) ?? false);
    tokens.textContent = c.tokens[i] ? `${c.tokens[i] < 1000 ? c.tokens[i] : (c.tokens[i] / 1000).toFixed(1) + 'k'} tok` : '';
    const text = running ? 'running' : duration(model.length(i));
    length.textContent = text;
    const [bar, dur] = /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (span.lastChild).children]);
    const scale = 100 / (zoom.to - zoom.from),
      left = (c.from[i] - zoom.from) * scale,
      width = model.length(i) * scale;
    const clipped = Math.max(0, left),
      right = Math.min(100, left + width);
    bar.className = `bar${model.hasChildren(i) || c.type[i] === 0 ? ' group' : ''}`;
    bar.style.display = right < 0 || left > 100 ? 'none' : '';
    bar.style.left = `min(${clipped}%, calc(100% - 2px))`;
    bar.style.width = `${Math.max(0, right - clipped)}%`;
    dur.textContent = text;
    dur.className = right > 86 && clipped < 14 ? 'dur in' : 'dur';
    dur.style.left = right <= 86 ? `${Math.max(0, right)}%` : 'auto';
    dur.style.right = right <= 86 ? 'auto' : clipped >= 14 ? `${100 - clipped}%` : '0';
  }

  /** @param {string} id @param {boolean} [scroll] */
  select(id, scroll = true) {
    this.selected = id;
    const i = this.model.index.get(id);
    if (i !== undefined && scroll) {
      if (!this.model.visible.includes(i)) this.model.reveal(i);
      const top = this.model.visible.indexOf(i) * this.height;
      if (top < this.list.scrollTop) this.list.scrollTop = top - this.height;
      else if (top + this.height > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = top - this.list.clientHeight + 3 * this.height;
    }
    this.draw();
  }
}
