// @ts-check
// Two rows chosen for comparing.
import { get } from './page.js';

const bar = get('chosen'),
  link = /** @type {HTMLAnchorElement} */ (bar.querySelector('a'));
/** @type {HTMLElement[]} */ let chosen = [];

/** @param {HTMLAnchorElement} row */
export function choose(row) {
  chosen = chosen.includes(row) ? chosen.filter(other => other !== row) : [...chosen, row].slice(-2);
  show();
}

function show() {
  for (const row of document.querySelectorAll('.run-row.chosen')) if (!chosen.includes(/** @type {HTMLElement} */ (row))) row.classList.remove('chosen');
  for (const row of chosen) row.classList.add('chosen');
  bar.hidden = chosen.length === 0;
  const ids = chosen.map(row => /** @type {HTMLAnchorElement} */ (row).pathname.split('/').pop());
  /** @type {HTMLElement} */ (bar.firstElementChild).textContent = ids.length === 2 ? '2 runs chosen' : '1 run chosen; choose another with X';
  link.hidden = ids.length !== 2;
  link.href = `/compare?a=${ids[0]}&b=${ids[1]}`;
}
bar.querySelector('button')?.addEventListener('click', () => {
  chosen = [];
  show();
});
