// @ts-check
// Reviewing by keyboard: answer, done and next, skip, move.
import { isWriting } from './app.js';

const form = /** @type {HTMLFormElement | null} */ (document.getElementById('review'));

/** @param {string} then */
const send = then => {
  const button = form?.querySelector(`button[value=${then}]`);
  if (button instanceof HTMLButtonElement) form?.requestSubmit(button);
};

/** Checks the answer with this number in the first question that has none yet. @param {number} index */
function answer(index) {
  const open = [...document.querySelectorAll('.choices')].find(choices => !choices.querySelector(':checked')) ?? document.querySelector('.choices');
  const choice = open?.querySelectorAll('input')[index];
  if (choice) {
    choice.checked = true;
    choice.focus();
  }
}

document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send('done');
    return;
  }
  const writing = isWriting(event.target) && !(event.target instanceof HTMLInputElement && event.target.type === 'radio');
  if (writing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const key = event.key.toLowerCase();
  if (key === 'd') send('done');
  else if (key === 's') send('skip');
  else if (key === 'j') document.getElementById('next')?.click();
  else if (key === 'k') document.getElementById('previous')?.click();
  else if (/^[1-9]$/.test(key)) answer(Number(key) - 1);
});
