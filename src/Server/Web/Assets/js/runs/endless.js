// @ts-check
// Endless rows: the next ones are fetched before the reader is there. Those off the screen are neither laid out nor painted (see .chunk).
import { table } from './page.js';

const leadPixels = 3000;
let busy = false;

const isNearEnd = () => table.scrollTop + table.clientHeight > table.scrollHeight - leadPixels;
const lastChunk = () => /** @type {HTMLElement | undefined} */ ([...table.querySelectorAll('.chunk')].at(-1));

async function more() {
  if (busy) return;
  busy = true;
  try {
    for (let last = lastChunk(); last?.dataset.more && isNearEnd(); last = lastChunk()) {
      const answer = await fetch(last.dataset.more);
      if (!answer.ok) break;
      delete last.dataset.more;
      last.insertAdjacentHTML('afterend', await answer.text());
    }
  } catch {
    /* scrolling on tries again */
  } finally {
    busy = false;
  }
}
table.addEventListener('scroll', () => isNearEnd() && more(), { passive: true });
more();
