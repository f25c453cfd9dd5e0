// @ts-check
// Draws the charts with uPlot: one crosshair for all, a click opens the runs of the bucket.
import './filter.js';

await new Promise((done, failed) => {
  const script = Object.assign(document.createElement('script'), { src: new URL('../vendor/uplot.js', import.meta.url).href });
  script.onload = done;
  script.onerror = failed;
  document.head.append(script);
});
const { uPlot } = /** @type {any} */ (window);
const page = /** @type {HTMLElement} */ (document.getElementById('dashboard')),
  sync = uPlot.sync('dashboard');
/** @type {any[]} */ let charts = [];

/** @param {string} unit @param {number | null} value */
function text(unit, value) {
  if (value === null || value === undefined) return '';
  if (unit === 's') return value < 1 ? `${Math.round(value * 1000)} ms` : value < 60 ? `${+value.toFixed(2)} s` : `${Math.round(value / 60)} min`;
  if (unit === '%') return `${+value.toFixed(1)} %`;
  if (unit === 'score') return String(+value.toFixed(2));
  if (unit === '$') return `$${+value.toPrecision(3)}`;
  return value >= 1e6 ? `${+(value / 1e6).toFixed(1)}M` : value >= 1e3 ? `${+(value / 1e3).toFixed(1)}k` : String(+value.toFixed(1));
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }),
  day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
/** The moment that a line of the axis stands for: the day at midnight, else the time. @param {number} seconds */
function moment(seconds) {
  const at = new Date(seconds * 1000);
  return at.getHours() || at.getMinutes() ? clock.format(at) : day.format(at);
}
/** @param {number | null} seconds */
const whole = seconds => (seconds ? `${day.format(seconds * 1000)}, ${clock.format(seconds * 1000)}` : '');

/** Distances of lines on the axis of a count. */
const countSteps = Array.from({ length: 36 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));
/** @param {(number | null)[][]} rows @param {number} at */
const sum = (rows, at) => rows.reduce((total, row) => total + (row[at] ?? 0), 0);

function draw() {
  for (const chart of charts) chart.destroy();
  const style = getComputedStyle(document.documentElement),
    colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  charts = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-chart]'))].map(box => {
    const data = JSON.parse(box.dataset.chart ?? '{}'),
      palette = ['accent', 'llm', 'tool', 'retriever', 'prompt'].map(colour),
      step = data.times[1] - data.times[0] || 60,
      stacked = data.kind !== 'line';
    const values = (/** @type {any} */ _, /** @type {number[]} */ at) => at.map(value => text(data.unit, value));
    const axis = { stroke: colour('text3'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line') }, font: '11px Inter' };
    // What stands on others is drawn before them, up to its own top: they cover the rest of it.
    const order = /** @type {number[]} */ (data.names.map((/** @type {string} */ _, /** @type {number} */ i) => i));
    if (stacked) order.reverse();
    const series = order.map(i => {
      const stroke = data.names[i] === 'failed' ? colour('err-bar') : palette[i % palette.length],
        /** Opaque, because others lie below. */ mixed = (/** @type {number} */ share) => `color-mix(in srgb, ${stroke} ${share}%, ${colour('surface')})`;
      return {
        label: data.names[i],
        stroke,
        width: data.kind === 'bar' ? 0 : 1.8,
        spanGaps: true,
        points: { show: data.kind === 'line' && data.times.length < 24, size: 4 },
        fill: data.kind === 'bar' ? (data.names[i] === 'failed' ? stroke : mixed(62)) : data.kind === 'area' ? mixed(14) : undefined,
        paths: data.kind === 'bar' ? uPlot.paths.bars({ size: [0.8, 40] }) : undefined,
        value: (/** @type {any} */ _, /** @type {any} */ __, /** @type {any} */ ___, /** @type {number | null} */ at) =>
          at === null ? '' : text(data.unit, data.values[i][at]),
      };
    });
    const heights = order.map(i =>
      stacked
        ? data.values[i].map((/** @type {number | null} */ own, /** @type {number} */ at) =>
            own || data.kind === 'area' ? sum(data.values.slice(0, i + 1), at) : null,
          )
        : data.values[i],
    );
    const chart = new uPlot(
      {
        width: box.clientWidth,
        height: 190,
        cursor: { sync: { key: sync.key }, drag: { x: true, y: false, setScale: false } },
        legend: { live: true, markers: { width: 0, fill: (/** @type {any} */ u, /** @type {number} */ i) => u.series[i].stroke(u, i) } },
        scales: {
          // Half a bucket on both sides, so that the first and the last bar are whole.
          x: { range: (/** @type {any} */ _, /** @type {number} */ from, /** @type {number} */ to) => [from - step / 2, to + step / 2] },
          y: { range: (/** @type {any} */ _, /** @type {number} */ low, /** @type {number} */ high) => [Math.min(0, low), (high || 1) * 1.08] },
        },
        axes: [
          { ...axis, size: 30, values: (/** @type {any} */ _, /** @type {number[]} */ at) => at.map(moment) },
          { ...axis, size: 54, values, ...(data.unit === 'count' && { incrs: countSteps }) },
        ],
        series: [{ label: '', value: (/** @type {any} */ _, /** @type {number | null} */ at) => whole(at) }, ...series],
        hooks: {
          setSelect: [
            (/** @type {any} */ u) => {
              if (u.select.width > 4) open(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'));
            },
          ],
        },
      },
      [data.times, ...heights],
      box,
    );
    chart.over.addEventListener('click', () => {
      if (chart.cursor.idx !== null && chart.select.width <= 4) open(data.times[chart.cursor.idx], data.times[chart.cursor.idx] + step);
    });
    return chart;
  });
}

/** @param {number} from @param {number} to */
function open(from, to) {
  const iso = (/** @type {number} */ at) => encodeURIComponent(new Date(at * 1000).toISOString().slice(0, 19) + 'Z');
  const query = new URLSearchParams(location.search).get('q');
  location.href = `${page.dataset.runs}?from=${iso(from)}&to=${iso(to)}&level=${page.dataset.level}${query ? `&q=${encodeURIComponent(query)}` : ''}`;
}

draw();
addEventListener('themechange', draw);
let late = 0;
addEventListener('resize', () => {
  clearTimeout(late);
  late = window.setTimeout(draw, 150);
});
document.documentElement.dataset.charts = 'ready';
