// @ts-check
// The parts of the page that several modules use.

const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
export const page = get('runs'),
  table = get('table');
export { get };

/** The address of a fragment for the rows that are shown. @param {string} path */
export const address = path => `${path}${page.dataset.query || '?'}${page.dataset.query ? '&' : ''}project=${encodeURIComponent(page.dataset.project ?? '')}`;

export const rows = () => /** @type {HTMLAnchorElement[]} */ ([...table.querySelectorAll('a.run-row')]);
