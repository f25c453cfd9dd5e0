// @ts-check
// Saved views of a project: the same that clients reach under /sessions/{id}/views.
import { say } from '../app.js';

const menu = /** @type {HTMLDetailsElement | null} */ (document.getElementById('views'));
const json = { 'Content-Type': 'application/json' };

/** Views that were saved here remember the whole address; those of clients only a filter. @param {{description?: string, filter_string?: string}} view */
function addressOf(view) {
  const path = menu?.dataset.path ?? '';
  return path + (view.description?.startsWith('?') ? view.description : `?q=${encodeURIComponent(view.filter_string ?? '')}`);
}

/** @param {HTMLDetailsElement} box */
async function list(box) {
  const into = /** @type {HTMLElement} */ (box.querySelector('.list')),
    answer = await fetch(box.dataset.views ?? '');
  /** @type {{id: string, display_name: string}[]} */ const views = answer.ok ? await answer.json() : [];
  into.replaceChildren(
    ...views.map(view => {
      const row = Object.assign(document.createElement('div'), { className: 'row-flex' }),
        link = Object.assign(document.createElement('a'), { href: addressOf(view), textContent: view.display_name || 'unnamed' }),
        forget = Object.assign(document.createElement('button'), { className: 'btn small quiet icon-only', type: 'button', textContent: '×' });
      forget.setAttribute('aria-label', `Delete the view ${view.display_name}`);
      forget.addEventListener('click', async () => {
        await fetch(`${box.dataset.views}/${view.id}`, { method: 'DELETE' });
        list(box);
      });
      row.append(link, forget);
      return row;
    }),
  );
  if (views.length === 0) into.textContent = answer.ok ? 'No saved views yet' : 'The views could not be loaded';
}

/** @param {HTMLDetailsElement} box */
function save(box) {
  const dialog = document.createElement('dialog'),
    form = Object.assign(document.createElement('form'), { method: 'dialog', className: 'view-form' }),
    name = Object.assign(document.createElement('input'), { className: 'input', required: true, maxLength: 200, placeholder: 'Name of the view' });
  dialog.setAttribute('aria-label', 'Save this view');
  name.setAttribute('aria-label', 'Name of the view');
  form.append(name, Object.assign(document.createElement('button'), { className: 'btn ink', textContent: 'Save' }));
  dialog.append(Object.assign(document.createElement('h1'), { textContent: 'Save this view' }), form);
  form.addEventListener('submit', async () => {
    const body = { display_name: name.value, filter_string: box.dataset.filter, description: box.dataset.address || '?' },
      answer = await fetch(box.dataset.views ?? '', { method: 'POST', headers: json, body: JSON.stringify(body) });
    say(answer.ok ? 'View saved' : 'The view was not saved');
    dialog.remove();
    document.documentElement.dataset.view = answer.ok ? 'saved' : 'refused';
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

if (menu) {
  menu.addEventListener('toggle', () => menu.open && list(menu));
  menu.querySelector('[data-save]')?.addEventListener('click', () => {
    menu.open = false;
    save(menu);
  });
}
