// @ts-check
// One row of the tree: made once for a run, then placed and updated.
import { types } from './model.js';
import { duration } from './time.js';

/** @param {string} tag @param {string} className @param {string} [text] */
const element = (tag, className, text = '') => Object.assign(document.createElement(tag), { className, textContent: text });

/** @param {import('./model.js').TraceModel} model @param {number} i @param {string} runs */
export function makeRow(model, i, runs) {
  const type = types[model.c.type[i]];
  const row = /** @type {HTMLAnchorElement} */ (element('a', 'span'));
  row.href = runs + model.c.id[i];
  row.id = `s${model.c.id[i]}`;
  row.dataset.id = model.c.id[i];
  row.dataset.type = type;
  row.tabIndex = -1;
  row.setAttribute('role', 'treeitem');
  const label = element('span', 'label'),
    fold = element('span', 'fold glyph'),
    mark = element('span', 'type-icon'),
    time = element('span', 'time');
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', type);
  const failed = element('span', 'failed-mark glyph');
  failed.append(element('span', 'sr', 'failed'));
  label.append(fold, mark, element('span', 'name clip'), failed, element('span', 'sub clip', model.model(i)), element('span', 'tok'), element('span',
    'dur-col'));
  time.append(element('span', 'bar'), element('span', 'dur'));
  row.append(label, time);
  return row;
}

/**
 * @param {HTMLElement} row
 * @param {import('./model.js').TraceModel} model
 * @param {number} i
 * @param {{line: number, height: number, width: number, selected: boolean, zoom: {from: number, to: number}}} at
 */
export function placeRow(row, model, i, at) {
  const c = model.c,
    running = c.for[i] < 0 && c.status[i] === 0,
    folded = model.isFolded(i);
  const key = [at.line, c.depth[i], c.status[i], c.for[i], running ? c.now : '', at.zoom.from, at.zoom.to, folded, model.end[i], at.selected,
    model.hits?.has(i), c.tokens[i], at.width, c.name[i], c.model[i]].join('|');
  if (row.dataset.key === key) return;
  row.dataset.key = key;
  row.style.transform = `translateY(${at.line * at.height}px)`;
  row.className = `span${c.status[i] === 2 ? ' failed' : ''}${running ? ' running' : ''}${model.hits && !model.hits.has(i) ? ' dim' : ''}`;
  row.setAttribute('aria-level', String(c.depth[i] + 1));
  row.setAttribute('aria-selected', String(at.selected));
  row.setAttribute('aria-posinset', String(at.line + 1));
  row.setAttribute('aria-setsize', String(model.visible.length));
  if (model.hasChildren(i)) row.setAttribute('aria-expanded', String(!folded));
  else row.removeAttribute('aria-expanded');
  const text = running ? 'running' : duration(model.length(i));
  writeLabel(/** @type {HTMLElement} */ (row.firstChild), model, i, text);
  writeBar(/** @type {HTMLElement} */ (row.lastChild), model, i, at.zoom, text);
}

/** @param {HTMLElement} label @param {import('./model.js').TraceModel} model @param {number} i @param {string} text */
function writeLabel(label, model, i, text) {
  const c = model.c,
    [fold, , name, , sub, tokens, length] = /** @type {HTMLElement[]} */ ([...label.children]);
  label.style.paddingLeft = `${10 + 14 * Math.min(c.depth[i], 24)}px`;
  label.style.setProperty('--depth', String(Math.min(c.depth[i], 24)));
  fold.style.visibility = model.hasChildren(i) ? 'visible' : 'hidden';
  name.textContent = model.name(i) + (c.orphan[i] ? ' (parent not received)' : '');
  name.classList.toggle('hit', model.hits?.has(i) ?? false);
  sub.textContent = model.model(i);
  tokens.textContent = c.tokens[i] ? `${c.tokens[i] < 1000 ? c.tokens[i] : (c.tokens[i] / 1000).toFixed(1) + 'k'} tok` : '';
  length.textContent = text;
}

/** @param {HTMLElement} time @param {import('./model.js').TraceModel} model @param {number} i @param {{from: number, to: number}} zoom @param {string} text */
function writeBar(time, model, i, zoom, text) {
  const [bar, label] = /** @type {HTMLElement[]} */ ([...time.children]),
    scale = 100 / (zoom.to - zoom.from),
    left = (model.c.from[i] - zoom.from) * scale,
    end = left + model.length(i) * scale,
    shown = Math.max(0, left),
    right = Math.min(100, end);
  bar.className = `bar${model.hasChildren(i) || model.c.type[i] === 0 ? ' group' : ''}`;
  bar.style.display = end < 0 || left > 100 ? 'none' : '';
  bar.style.left = `min(${shown}%, calc(100% - 2px))`;
  bar.style.width = `${Math.max(0, right - shown)}%`;
  // The length stands behind the bar, else before it, else on it.
  label.textContent = text;
  label.className = right > 86 && shown < 14 ? 'dur in' : 'dur';
  label.style.left = right <= 86 ? `${Math.max(0, right)}%` : 'auto';
  label.style.right = right <= 86 ? 'auto' : shown >= 14 ? `${100 - shown}%` : '0';
}
