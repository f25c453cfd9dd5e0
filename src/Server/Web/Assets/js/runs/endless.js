// @ts-check
// Endless rows.
import { table } from './page.js';

let busy = false;
async function more() {
  const last = table.querySelector('.chunk:last-of-type');
  if (busy || !(last instanceof HTMLElement) || !last.dataset.more) return;
  busy = true;
  try {
    const answer = await fetch(last.dataset.more);
    if (!answer.ok) return;
    delete last.dataset.more;
    last.insertAdjacentHTML('afterend', await answer.text());
    // Old rows leave, so that the page stays light; the link on top brings them back.
    const chunks = table.querySelectorAll('.chunk');
    if (chunks.length > 40) {
      const height = chunks[0].getBoundingClientRect().height;
      chunks[0].remove();
      table.scrollTop -= height;
    }
  } finally {
    busy = false;
  }
}
table.addEventListener(
  'scroll',
  () => {
    if (table.scrollTop + table.clientHeight > table.scrollHeight - 600) more();
  },
  { passive: true },
);
if (table.scrollHeight <= table.clientHeight) more();
