// @ts-check
// Endless rows: the next ones are fetched before the reader is there, and those far away leave a gap of their height until they are needed again.
import { table } from './page.js';

const leadPixels = 3000,
  keptMax = 40;
let busy = false;

const chunks = () => /** @type {HTMLElement[]} */ ([...table.querySelectorAll('.chunk')]);
const isFilled = (/** @type {HTMLElement} */ chunk) => chunk.childElementCount > 0;
const isNearEnd = () => table.scrollTop + table.clientHeight > table.scrollHeight - leadPixels;

/** @param {string} address @returns {Promise<HTMLElement | null>} */
async function fetchChunk(address) {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const chunk = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.chunk');
  return chunk instanceof HTMLElement ? chunk : null;
}

async function more() {
  if (busy) return;
  busy = true;
  try {
    for (let last = chunks().at(-1); last?.dataset.more && isNearEnd(); last = chunks().at(-1)) {
      const next = await fetchChunk(last.dataset.more);
      if (!next) break;
      next.dataset.from = last.dataset.more;
      delete last.dataset.more;
      last.after(next);
      near.observe(next);
      leave();
    }
  } catch {
    /* scrolling on tries again */
  } finally {
    busy = false;
  }
}

/** Empties the chunks that are farthest away; what is chosen or under the keys stays. */
function leave() {
  const middle = table.getBoundingClientRect().top + table.clientHeight / 2,
    filled = chunks().filter(isFilled);
  if (filled.length <= keptMax) return;
  const distance = (/** @type {HTMLElement} */ chunk) => Math.abs(chunk.getBoundingClientRect().top - middle);
  for (const chunk of filled.sort((a, b) => distance(b) - distance(a)).slice(0, filled.length - keptMax)) {
    if (!chunk.dataset.from || chunk.querySelector('.current, .chosen')) continue;
    chunk.style.height = `${chunk.getBoundingClientRect().height}px`;
    chunk.replaceChildren();
  }
}

/** @param {HTMLElement} chunk */
async function refill(chunk) {
  const from = chunk.dataset.from;
  if (isFilled(chunk) || !from || 'asked' in chunk.dataset) return;
  chunk.dataset.asked = '';
  const fresh = await fetchChunk(from).catch(() => null);
  delete chunk.dataset.asked;
  if (!fresh || isFilled(chunk)) return;
  chunk.replaceChildren(...fresh.children);
  chunk.style.height = '';
  leave();
}

const near = new IntersectionObserver(
  entries => {
    for (const entry of entries) if (entry.isIntersecting) refill(/** @type {HTMLElement} */ (entry.target));
  },
  { root: table, rootMargin: `${leadPixels}px 0px` },
);
table.addEventListener('scroll', () => isNearEnd() && more(), { passive: true });
more();
