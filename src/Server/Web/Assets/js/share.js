// @ts-check
// Gives a run a link that needs no key, and takes it back.
import { copy, say } from './app.js';

/** @param {string} runId */
export async function share(runId) {
  const address = `/api/v1/runs/${runId}/share`;
  const answer = await fetch(address, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ run_id: runId }) });
  if (!answer.ok) return say(`The run could not be shared: the server answered ${answer.status}.`);
  const { share_token: token } = await answer.json(),
    link = `${location.origin}/public/${token}/r`;
  const dialog = Object.assign(document.createElement('dialog'), { className: 'share' }),
    box = Object.assign(document.createElement('input'), { className: 'input mono', value: link, readOnly: true }),
    row = Object.assign(document.createElement('div'), { className: 'row-flex' }),
    take = Object.assign(document.createElement('button'), { className: 'btn ink', type: 'button', textContent: 'Copy the link' }),
    stop = Object.assign(document.createElement('button'), { className: 'btn', type: 'button', textContent: 'Stop sharing' });
  dialog.setAttribute('aria-label', 'Share');
  box.setAttribute('aria-label', 'Link');
  row.append(take, stop);
  dialog.append(
    Object.assign(document.createElement('h1'), { textContent: 'Shared' }),
    Object.assign(document.createElement('p'), { className: 'muted',
      textContent: 'Whoever has this link reads this run and everything below it, without a key.' }),
    box,
    row,
  );
  take.addEventListener('click', () => {
    dialog.close();
    copy(link);
  });
  stop.addEventListener('click', async () => {
    await fetch(address, { method: 'DELETE' });
    dialog.close();
    say('Nobody reads this run by its link any more.');
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  box.select();
}
