// @ts-check
// A trace in columns: what is folded, what is found, what is visible. No browser needed.

/**
 * @typedef {{start:number, now:number, cut:boolean, live:boolean, id:string[], depth:number[], type:number[],
 * status:number[], name:number[], model:number[], from:number[], for:number[], tokens:number[], orphan:number[], names:string[],
 * models:string[]}} Columns
 */

export const types = ['chain', 'llm', 'tool', 'retriever', 'embedding', 'prompt', 'parser'];

export class TraceModel {
  /** @param {Columns} columns */
  constructor(columns) {
    /** @type {Set<string>} */ this.folded = new Set();
    /** @type {Set<number> | null} */ this.hits = null;
    /** @type {Int32Array} */ this.visible = new Int32Array(0);
    this.set(columns);
  }

  /** Takes newer columns; what is folded stays so. @param {Columns} columns */
  set(columns) {
    this.c = columns;
    const n = columns.id.length;
    this.count = n;
    this.end = new Int32Array(n);
    const open = [];
    for (let i = 0; i <= n; i++) {
      const depth = i < n ? columns.depth[i] : -1;
      while (open.length && columns.depth[open[open.length - 1]] >= depth) this.end[/** @type {number} */ (open.pop())] = i;
      open.push(i);
    }
    this.total = Math.max(1, columns.now * (columns.status.includes(0) ? 1 : 0));
    for (let i = 0; i < n; i++) this.total = Math.max(this.total, columns.from[i] + Math.max(0, columns.for[i]));
    this.index = new Map(columns.id.map((id, i) => [id, i]));
    this.refresh();
  }

  /** How long a run lasted; one that runs lasts until now. @param {number} i */
  length(i) {
    return this.c.for[i] >= 0 ? this.c.for[i] : Math.max(0, this.c.now - this.c.from[i]);
  }
  /** @param {number} i */
  name(i) {
    return this.c.names[this.c.name[i]];
  }
  /** @param {number} i */
  model(i) {
    return this.c.model[i] < 0 ? '' : this.c.models[this.c.model[i]];
  }
  /** @param {number} i */
  hasChildren(i) {
    return this.end[i] > i + 1;
  }
  /** @param {number} i */
  isFolded(i) {
    return this.folded.has(this.c.id[i]);
  }

  /** @param {number} i */
  parent(i) {
    const depth = this.c.depth[i];
    for (let j = i - 1; j >= 0; j--) if (this.c.depth[j] < depth) return j;
    return -1;
  }

  /** @param {number} i @param {boolean} folded */
  fold(i, folded) {
    if (!this.hasChildren(i)) return;
    if (folded) this.folded.add(this.c.id[i]);
    else this.folded.delete(this.c.id[i]);
    this.refresh();
  }

  /** Folds everything at a depth and below; a depth of Infinity unfolds all. @param {number} depth */
  foldFrom(depth) {
    this.folded.clear();
    for (let i = 0; i < this.count; i++) if (this.c.depth[i] >= depth && this.hasChildren(i)) this.folded.add(this.c.id[i]);
    this.refresh();
  }

  /** Unfolds whatever hides a run. @param {number} i */
  reveal(i) {
    for (let p = this.parent(i); p >= 0; p = this.parent(p)) this.folded.delete(this.c.id[p]);
    this.refresh();
  }

  /** Marks runs whose name or model contains a text, and further ones that the server found. @param {string} text @param {string[]} [more] */
  find(text, more = []) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) {
      this.hits = null;
      this.refresh();
      return 0;
    }
    const names = this.c.names.map(name => name.toLowerCase().includes(wanted));
    const models = this.c.models.map(model => model.toLowerCase().includes(wanted));
    const hits = new Set();
    for (let i = 0; i < this.count; i++) if (names[this.c.name[i]] || (this.c.model[i] >= 0 && models[this.c.model[i]])) hits.add(i);
    for (const id of more) {
      const i = this.index.get(id);
      if (i !== undefined) hits.add(i);
    }
    this.hits = hits;
    for (const i of hits) for (let p = this.parent(i); p >= 0 && this.folded.has(this.c.id[p]); p = this.parent(p)) this.folded.delete(this.c.id[p]);
    this.refresh();
    return hits.size;
  }

  /** The next run after one that passes a test, going round; -1 when none does. @param {number} from @param {number} step @param {(i:number)=>boolean} test */
  next(from, step, test) {
    for (let k = 1; k <= this.count; k++) {
      const i = (((from + step * k) % this.count) + this.count) % this.count;
      if (test(i)) return i;
    }
    return -1;
  }

  refresh() {
    const visible = new Int32Array(this.count);
    let n = 0;
    for (let i = 0; i < this.count;) {
      visible[n++] = i;
      i = this.folded.has(this.c.id[i]) ? this.end[i] : i + 1;
    }
    this.visible = visible.subarray(0, n);
  }
}
