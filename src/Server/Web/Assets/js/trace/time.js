// @ts-check
// Times as text and as marks on an axis. No browser needed.

/** Round marks for a time axis. @param {number} from @param {number} to @param {number} wanted */
export function ticks(from, to, wanted) {
  const rough = (to - from) / Math.max(1, wanted),
    power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= rough) ?? rough;
  const marks = [];
  for (let t = Math.ceil(from / step - 1e-9) * step; t <= to + step * 1e-6; t += step) marks.push(t);
  return marks;
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 10) return `${+ms.toFixed(2)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 3600000) return `${Math.floor(ms / 60000)} min ${Math.floor((ms % 60000) / 1000)} s`;
  return `${Math.floor(ms / 3600000)} h ${Math.floor((ms % 3600000) / 60000)} min`;
}
