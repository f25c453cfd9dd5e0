// @ts-check
// What every page can do: theme, the paste box, copying, keys.
// Not on demand: who types on after Ctrl K would lose the letters that come before the palette.
import { openPalette } from './palette.js';

const uuid = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i;
/** True while the user writes somewhere. @param {EventTarget | null} target */
export const isWriting = target => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Whether a key press is for the page, not for a field, a dialog or the browser. @param {KeyboardEvent} event */
export const isFree = event =>
  !isWriting(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented && !document.querySelector('dialog[open]');

/** @param {string} text */
export function say(text) {
  const status = document.getElementById('status');
  if (status) status.textContent = text;
}

/** @param {string} text */
export function toast(text) {
  const box = Object.assign(document.createElement('div'), { className: 'toast', textContent: text });
  document.body.append(box);
  say(text);
  setTimeout(() => box.remove(), 1800);
}

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast('Copied');
  } catch {
    const area = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    toast('Copied');
  }
}

/**
 * Fetches a fragment into an element; shows that it is late, and a way to try again.
 * @param {Element} into
 * @param {string} address
 * @param {AbortSignal} [signal]
 */
export async function load(into, address, signal) {
  const late = setTimeout(() => document.body.append(Object.assign(document.createElement('div'), { className: 'bar-top' })), 150);
  try {
    into.setAttribute('aria-busy', 'true');
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    into.innerHTML = await answer.text();
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    const box = Object.assign(document.createElement('div'), { className: 'empty' });
    const again = Object.assign(document.createElement('button'), { className: 'btn', textContent: 'Try again' });
    again.addEventListener('click', () => load(into, address));
    box.append(Object.assign(document.createElement('b'), { textContent: 'This part could not be loaded' }), String(error), again);
    into.replaceChildren(box);
    return false;
  } finally {
    clearTimeout(late);
    document.querySelector('.bar-top')?.remove();
    into.removeAttribute('aria-busy');
  }
}

function toggleTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem('theme', root.dataset.theme);
  } catch {
    /* only for this page then */
  }
  dispatchEvent(new Event('themechange'));
}

const palette = () =>
  openPalette([
    { title: 'Switch between light and dark', note: 'T', go: toggleTheme },
    { title: 'Keys', note: '?', go: help },
    { title: 'Copy the link to this page', note: '', go: () => copy(location.href) },
  ]);

const help = async () => (await import('./help.js')).help();

document.getElementById('theme')?.addEventListener('click', toggleTheme);
document.addEventListener('click', async event => {
  const target = /** @type {Element} */ (event.target),
    button = target.closest('[data-copy], [data-copy-link], [data-copy-url], [data-share], button[data-collect]');
  // A menu closes with a click anywhere else, and after a choice.
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(target) || (button
    && menu.contains(button))) menu.removeAttribute('open');
  if (!(button instanceof HTMLElement)) return;
  const { copy: text, copyLink, copyUrl, share, collect } = button.dataset;
  if (share) (await import('./share.js')).share(share);
  else if (collect) (await import('./collect.js')).collect(collect);
  else if (copyUrl) copy(await (await fetch(copyUrl)).text());
  else copy(copyLink ? new URL(copyLink, location.href).href : text || location.href);
});
document.addEventListener('keydown', event => {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    return palette();
  }
  if (isWriting(event.target) && event.key === 'Escape') /** @type {HTMLElement} */ (event.target).blur();
  if (!isFree(event)) return;
  if (event.key === '/') {
    event.preventDefault();
    document.getElementById('paste')?.focus();
  } else if (event.key === 't' || event.key === 'T') toggleTheme();
  else if (event.key === '?') help();
});
document.addEventListener('paste', event => {
  const text = event.clipboardData?.getData('text') ?? '';
  if (!isWriting(event.target) && uuid.test(text)) location.href = `/go?q=${encodeURIComponent(text.trim().slice(0, 500))}`;
});
document.documentElement.dataset.ready = '';
