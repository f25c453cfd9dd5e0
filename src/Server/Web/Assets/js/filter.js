// @ts-check
// The filter bar: fields and values that the runs of the page's project really have.
import { isFree } from './app.js';

const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const menu = get('completion'),
  form = /** @type {HTMLFormElement} */ (get('filter-form')),
  box = /** @type {HTMLInputElement} */ (get('filter')),
  project = /** @type {HTMLElement} */ (form.closest('[data-project]') ?? form).dataset.project ?? '';
/** @type {AbortController | undefined} */ let asking;
let choice = -1;
/** The word at the caret. */
function word() {
  const at = box.selectionStart ?? box.value.length,
    before = box.value.slice(0, at),
    start = Math.max(before.lastIndexOf(' ') + 1, 0);
  const after = box.value.slice(at).search(/\s|$/);
  return { start, end: at + after, text: before.slice(start) };
}
function closeMenu() {
  menu.hidden = true;
  choice = -1;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}
async function suggest() {
  asking?.abort();
  asking = new AbortController();
  const signal = asking.signal;
  try {
    await new Promise(done => setTimeout(done, 90));
    if (signal.aborted) return;
    const answer = await fetch(`/ui/suggest?project=${encodeURIComponent(project)}&word=${encodeURIComponent(word().text)}`, { signal });
    /** @type {{text: string, note: string}[]} */ const found = answer.ok ? await answer.json() : [];
    menu.replaceChildren(
      ...found.map((item, i) => {
        const line = document.createElement('li');
        line.role = 'option';
        line.id = `option-${i}`;
        line.append(
          Object.assign(document.createElement('span'), { textContent: item.text }),
          Object.assign(document.createElement('span'), { textContent: item.note }),
        );
        line.addEventListener('mousedown', event => {
          event.preventDefault();
          take(item.text);
        });
        return line;
      }),
    );
    menu.hidden = found.length === 0;
    choice = -1;
    box.setAttribute('aria-expanded', String(!menu.hidden));
  } catch {
    /* a newer question replaced this one */
  }
}
/** @param {string} text */
function take(text) {
  const { start, end } = word();
  box.value = box.value.slice(0, start) + text + box.value.slice(end);
  box.selectionStart = box.selectionEnd = start + text.length;
  if (text.endsWith(':') || text.endsWith('.')) suggest();
  else {
    closeMenu();
    box.focus();
  }
}
/** @param {number} step */
function choose(step) {
  const options = [...menu.children];
  choice = (choice + step + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === choice)));
  options[choice].scrollIntoView({ block: 'nearest' });
  box.setAttribute('aria-activedescendant', options[choice].id);
}
box.addEventListener('input', suggest);
box.addEventListener('focus', suggest);
box.addEventListener('blur', closeMenu);
box.addEventListener('keydown', event => {
  if (menu.hidden) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    choose(event.key === 'ArrowDown' ? 1 : -1);
  } else if ((event.key === 'Enter' || event.key === 'Tab') && choice >= 0) {
    event.preventDefault();
    take(menu.children[choice].firstChild?.textContent ?? '');
  } else if (event.key === 'Escape') {
    event.stopPropagation();
    closeMenu();
  }
});
for (const select of form.querySelectorAll('select')) select.addEventListener('change', () => form.requestSubmit());
form.addEventListener('submit', () => {
  for (const field of form.elements) if (field instanceof HTMLInputElement && !field.value) field.disabled = true;
});
document.addEventListener('keydown', event => {
  if (event.key !== 'f' || !isFree(event)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
