// @ts-check
// Gives every run a line of the flame. No browser needed.

/**
 * Runs that overlap in time get lines of their own, together with all that is below them. O(n) for usual traces.
 * @param {import('./model.js').TraceModel} model
 * @returns {{lines: Int32Array, height: number}}
 */
export function pack(model) {
  const lines = new Int32Array(model.count);
  let height = 0;
  for (let top = 0, base = 0; top < model.count; top = model.end[top], base = height) height = Math.max(height, base + place(model, top, base, lines));
  return { lines, height };
}

/**
 * Heights of subtrees first, from the deepest up; then lines from the top down.
 * @param {import('./model.js').TraceModel} model
 * @param {number} root
 * @param {number} base
 * @param {Int32Array} lines
 */
function place(model, root, base, lines) {
  const { end, c } = model,
    heights = new Int32Array(end[root] - root),
    offsets = new Int32Array(end[root] - root);
  for (let i = end[root] - 1; i >= root; i--) {
    /** @type {{until: number, height: number}[]} */ const bands = [];
    for (let child = i + 1; child < end[i]; child = end[child]) offsets[child - root] = 1 + intoBand(bands, c.from[child], model.length(child),
      heights[child - root]);
    heights[i - root] = 1 + bands.reduce((sum, band) => sum + band.height, 0);
  }
  lines[root] = base;
  const open = [root];
  for (let i = root + 1; i < end[root]; i++) {
    while (end[open[open.length - 1]] <= i) open.pop();
    lines[i] = lines[open[open.length - 1]] + offsets[i - root];
    open.push(i);
  }
  return heights[0];
}

/**
 * Puts a subtree into the first band that is free and high enough; returns how far down that is.
 * @param {{until: number, height: number}[]} bands
 * @param {number} from
 * @param {number} length
 * @param {number} height
 */
function intoBand(bands, from, length, height) {
  let at = 0,
    band = 0;
  while (band < bands.length && (bands[band].until > from + 1e-6 || bands[band].height < height)) at += bands[band++].height;
  if (band === bands.length) bands.push({ until: from + length, height });
  else bands[band].until = from + length;
  return at;
}
