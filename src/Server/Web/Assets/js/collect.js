// @ts-check
// Puts a run into an annotation queue or a dataset, in a dialog.
import { say } from './app.js';

/** @param {string} runId */
export async function collect(runId) {
  const answer = await fetch(`/ui/r/${runId}/collect`);
  if (!answer.ok) return say(`The queues and datasets could not be read: the server answered ${answer.status}.`);
  const dialog = Object.assign(document.createElement('dialog'), { className: 'collect-dialog' }),
    panel = document.createElement('div');
  dialog.setAttribute('aria-label', 'Add this run to …');
  dialog.append(Object.assign(document.createElement('h1'), { textContent: 'Add this run to …' }), panel);
  panel.innerHTML = await answer.text();
  dialog.addEventListener('submit', async event => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    event.preventDefault();
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form))),
      added = await fetch(form.action, { method: 'POST', body });
    panel.innerHTML = added.ok || added.status === 422 ? await added.text() : panel.innerHTML;
    if (!added.ok && added.status !== 422) say(`The run was not added: the server answered ${added.status}.`);
  });
  dialog.addEventListener('click', event => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
