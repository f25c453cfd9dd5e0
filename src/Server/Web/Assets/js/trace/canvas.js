// @ts-check
// Overview and flame: too many runs for elements.
import { types } from './model.js';

const line = 19;

/** @param {HTMLCanvasElement} canvas @param {number} height */
function prepare(canvas, height) {
  const ratio = devicePixelRatio || 1,
    width = canvas.parentElement?.clientWidth ?? 0;
  canvas.width = Math.max(1, width * ratio);
  canvas.height = Math.max(1, height * ratio);
  canvas.style.height = `${height}px`;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.scale(ratio, ratio);
  context.clearRect(0, 0, width, height);
  return { context, width };
}

function colours() {
  const style = getComputedStyle(document.documentElement),
    read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return { type: types.map(read), error: read('err-bar'), running: read('run'), text: read('surface'), accent: read('accent'), ink: read('text') };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import('./model.js').TraceModel} model
 * @param {{from:number,to:number}} zoom
 * @param {{lines:Int32Array,height:number}} packed
 */
export function drawOverview(canvas, model, zoom, packed) {
  const { context, width } = prepare(canvas, 40),
    colour = colours(),
    step = Math.max(1, Math.min(4, 36 / packed.height)),
    c = model.c;
  for (const errors of [false, true]) {
    for (let i = 0; i < model.count; i++) {
      if ((c.status[i] === 2) !== errors) continue;
      context.globalAlpha = c.type[i] === 0 && !errors ? 0.4 : 1;
      context.fillStyle = errors ? colour.error : c.for[i] < 0 ? colour.running : colour.type[c.type[i]];
      context.fillRect(
        (c.from[i] / model.total) * width,
        2 + ((packed.lines[i] * step) % 36),
        Math.max(1, (model.length(i) / model.total) * width),
        Math.max(1, step - 0.5),
      );
    }
  }
  context.globalAlpha = 0.14;
  context.fillStyle = colour.ink;
  context.fillRect(0, 0, (zoom.from / model.total) * width, 40);
  context.fillRect((zoom.to / model.total) * width, 0, width, 40);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import('./model.js').TraceModel} model
 * @param {{from:number,to:number}} zoom
 * @param {{lines:Int32Array,height:number}} packed
 * @param {string} selected
 */
export function drawFlame(canvas, model, zoom, packed, selected) {
  const { context, width } = prepare(canvas, Math.min(16000, packed.height * line + 8)),
    colour = colours(),
    c = model.c,
    scale = width / (zoom.to - zoom.from);
  context.font = '500 11px Inter, sans-serif';
  context.textBaseline = 'middle';
  for (let i = 0; i < model.count; i++) {
    const x = (c.from[i] - zoom.from) * scale,
      w = Math.max(1, model.length(i) * scale),
      y = 4 + packed.lines[i] * line;
    if (x > width || x + w < 0) continue;
    context.globalAlpha = model.hits && !model.hits.has(i) ? 0.25 : 1;
    context.fillStyle = c.status[i] === 2 ? colour.error : c.for[i] < 0 ? colour.running : colour.type[c.type[i]];
    context.fillRect(x, y, Math.max(1, w - 1), line - 2);
    if (c.id[i] === selected) {
      context.strokeStyle = colour.ink;
      context.lineWidth = 2;
      context.strokeRect(x + 1, y + 1, Math.max(1, w - 3), line - 4);
    }
    if (w > 40) {
      context.save();
      context.beginPath();
      context.rect(Math.max(0, x), y, Math.min(w, width) - 6, line);
      context.clip();
      context.fillStyle = colour.text;
      context.fillText(model.name(i), Math.max(0, x) + 5, y + line / 2 - 0.5);
      context.restore();
    }
  }
}

/**
 * The run under a point of the flame; -1 when there is none.
 * @param {import('./model.js').TraceModel} model
 * @param {{from:number,to:number}} zoom
 * @param {{lines:Int32Array}} packed
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
export function hit(model, zoom, packed, x, y, width) {
  const at = zoom.from + (x / width) * (zoom.to - zoom.from),
    on = Math.floor((y - 4) / line),
    slack = (2 * (zoom.to - zoom.from)) / width;
  for (let i = 0; i < model.count; i++)
    if (packed.lines[i] === on && at >= model.c.from[i] - slack && at <= model.c.from[i] + model.length(i) + slack) return i;
  return -1;
}
