// @ts-check
// The rows of a trace: only those on screen exist.
import { makeRow, placeRow } from './row.js';

/** Rows beyond the edges of the screen. */
const overscan = 6;

export class SpanList {
  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} rows
   * @param {import('./model.js').TraceModel} model
   * @param {{from: number, to: number}} zoom
   * @param {string} runs the address of a run without its id
   */
  constructor(list, rows, model, zoom, runs) {
    Object.assign(this, { list, rows, model, zoom, runs });
    this.list = list;
    this.rows = rows;
    this.model = model;
    this.zoom = zoom;
    this.runs = runs;
    /** @type {Map<string, HTMLElement>} */ this.shown = new Map();
    this.selected = '';
    this.height = matchMedia('(pointer:coarse)').matches ? 44 : 28;
    rows.replaceChildren();
    list.addEventListener('scroll', () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(list);
  }

  /** The lines that exist. */
  range() {
    const first = Math.max(0, Math.floor(this.list.scrollTop / this.height) - overscan);
    return { first, last: Math.min(this.model.visible.length, first + Math.ceil(this.list.clientHeight / this.height) + 2 * overscan) };
  }

  /** The lines that can be seen. */
  seen() {
    const first = Math.floor(this.list.scrollTop / this.height);
    return { first, last: Math.min(this.model.visible.length, first + Math.ceil(this.list.clientHeight / this.height)) };
  }

  draw() {
    const { model } = this,
      { first, last } = this.range(),
      wanted = new Set(),
      width = this.list.clientWidth;
    this.rows.style.height = `${model.visible.length * this.height}px`;
    for (let line = first; line < last; line++) {
      const i = model.visible[line],
        id = model.c.id[i];
      wanted.add(id);
      let row = this.shown.get(id);
      if (!row) {
        row = makeRow(model, i, this.runs);
        this.shown.set(id, row);
        this.rows.append(row);
      }
      placeRow(row, model, i, { line, height: this.height, width, selected: this.selected === id, zoom: this.zoom });
    }
    for (const [id, row] of this.shown)
      if (!wanted.has(id)) {
        row.remove();
        this.shown.delete(id);
      }
    if (this.shown.has(this.selected)) this.list.setAttribute('aria-activedescendant', `s${this.selected}`);
    else this.list.removeAttribute('aria-activedescendant');
  }

  /** @param {string} id */
  select(id) {
    this.selected = id;
    const i = this.model.index.get(id);
    if (i !== undefined) {
      if (!this.model.visible.includes(i)) this.model.reveal(i);
      const top = this.model.visible.indexOf(i) * this.height;
      if (top < this.list.scrollTop) this.list.scrollTop = top - this.height;
      else if (top + this.height > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = top - this.list.clientHeight + 3 * this.height;
    }
    this.draw();
  }
}
