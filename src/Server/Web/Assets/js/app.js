// @ts-check
// What every page can do: theme, the paste box, copying, help on keys.

const uuid = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i;
const helpText = [
  ['/', 'paste an id or search'],
  ['T', 'light or dark'],
  ['?', 'this help'],
  ['J K ↑ ↓', 'move'],
  ['Enter', 'open'],
  ['F', 'filter or find'],
  ['L', 'live on or off'],
  ['← →', 'fold and unfold'],
  ['⇧← ⇧→', 'fold and unfold everything'],
  ['E ⇧E', 'next and previous error'],
  ['N ⇧N', 'next and previous match'],
  ['V', 'fit time to the rows on screen'],
  ['Z', 'zoom to the run'],
  ['0', 'reset the zoom'],
  ['C', 'copy the run id'],
];

/** True while the user writes somewhere. @param {EventTarget | null} target */
export const isWriting = target => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

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

/** Fetches a fragment into an element; shows that it is late, and a way to try again. @param {Element} into @param {string} address @param {AbortSignal} [signal] */
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

function help() {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', 'Keys');
  const list = Object.assign(document.createElement('div'), { className: 'keys' });
  for (const [key, what] of helpText) list.append(Object.assign(document.createElement('kbd'), { textContent: key }), what);
  dialog.append(Object.assign(document.createElement('h1'), { textContent: 'Keys' }), list);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', event => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

document.getElementById('theme')?.addEventListener('click', toggleTheme);
document.addEventListener('click', event => {
  const button = /** @type {Element} */ (event.target).closest('[data-copy]');
  if (button instanceof HTMLElement) copy(button.dataset.copy || location.href);
});
document.addEventListener('keydown', event => {
  if (isWriting(event.target)) {
    if (event.key === 'Escape') /** @type {HTMLElement} */ (event.target).blur();
    return;
  }
  if (event.altKey || document.querySelector('dialog[open]')) return;
  if (event.key === '/' || (event.key === 'k' && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    document.getElementById('paste')?.focus();
  } else if (event.ctrlKey || event.metaKey) {
    return;
  } else if (event.key === 't' || event.key === 'T') toggleTheme();
  else if (event.key === '?') help();
});
document.addEventListener('paste', event => {
  const text = event.clipboardData?.getData('text') ?? '';
  if (!isWriting(event.target) && uuid.test(text)) location.href = `/go?q=${encodeURIComponent(text.trim().slice(0, 500))}`;
});
document.documentElement.dataset.ready = '';
