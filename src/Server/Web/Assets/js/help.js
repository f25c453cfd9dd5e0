// @ts-check
// Which keys do what.

const keys = [
  ['Everywhere', [['/', 'paste an id or search'], ['Ctrl K', 'go to anything'], ['T', 'light or dark'], ['?', 'this help'], ['Ctrl V',
    'a pasted id opens its run']]],
  [
    'Runs',
    [
      ['J K ↑ ↓', 'move, also through the peek'],
      ['Space', 'peek'],
      ['Enter', 'open'],
      ['X', 'choose for comparing'],
      ['Esc', 'close the peek'],
      ['F', 'filter'],
      ['L', 'live on or off'],
    ],
  ],
  [
    'Trace',
    [
      ['↑ ↓ J K', 'move'],
      ['← →', 'fold and unfold'],
      ['⇧← ⇧→', 'fold and unfold everything'],
      ['Home End PgUp PgDn', 'move far'],
      ['E ⇧E', 'next and previous error'],
      ['F', 'find'],
      ['N ⇧N', 'next and previous match'],
      ['Z', 'zoom to the run'],
      ['V', 'fit time to the rows on screen'],
      ['0', 'reset the zoom'],
      ['C', 'copy the run id'],
      ['A', 'add the run to a queue or dataset'],
      ['[ ]', 'newer and older trace'],
    ],
  ],
];

/** Shows the keys in a dialog. */
export function help() {
  const dialog = Object.assign(document.createElement('dialog'), { className: 'help' });
  dialog.setAttribute('aria-label', 'Keys');
  dialog.append(Object.assign(document.createElement('h1'), { textContent: 'Keys' }));
  for (const [title, entries] of /** @type {[string, string[][]][]} */ (keys)) {
    const list = Object.assign(document.createElement('div'), { className: 'keys' });
    for (const [key, what] of entries) list.append(Object.assign(document.createElement('kbd'), { textContent: key }), what);
    dialog.append(Object.assign(document.createElement('h2'), { textContent: title }), list);
  }
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', event => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
