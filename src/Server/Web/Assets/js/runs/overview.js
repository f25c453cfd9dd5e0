// @ts-check
// What stands around the table: figures, histogram, facets. They come after the rows, so that no table waits for them.
import { address, get } from './page.js';

const parts = ['strip', 'histogram', 'facets'],
  restMilliseconds = 10_000;
let read = 0,
  busy = false;

export async function readOverview() {
  if (busy) return;
  busy = true;
  try {
    const answer = await fetch(address('/ui/rows/overview'));
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of parts) {
      const into = get(part),
        from = fresh.getElementById(part);
      if (!from || into.contains(document.activeElement)) continue;
      into.replaceWith(from);
    }
    document.documentElement.dataset.overview = 'ready';
  } catch {
    get('strip').title = 'The figures could not be read. Reload the page to try again.';
    get('strip').removeAttribute('aria-busy');
  } finally {
    read = performance.now();
    busy = false;
  }
}

/** After new rows: soon enough for a reader, seldom enough for the server. */
export function renewOverview() {
  if (performance.now() - read > restMilliseconds) readOverview();
}
readOverview();
