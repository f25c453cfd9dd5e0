// @ts-check
// Go to anything: runs by any form of their id, projects, datasets, queues and prompts by name, pages, what the page can do.

/** @typedef {{title: string, note: string, go: string | (() => void)}} Choice */

const uuid = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|\b[0-9a-f]{16}\b/i,
  restMilliseconds = 90;

/** Pages that the navigation links to. @returns {Choice[]} */
const pages = () =>
  [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('nav.nav a.item'))].map(link =>
    ({ title: link.textContent?.trim() ?? '', note: 'page', go: link.href }));

/** @param {Choice[]} actions what every page can do */
export function openPalette(actions) {
  const dialog = Object.assign(document.createElement('dialog'), { className: 'palette' }),
    box = Object.assign(document.createElement('input'), { placeholder: 'An id, a name, a page, words to search…', autocomplete: 'off',
      spellcheck: false }),
    list = Object.assign(document.createElement('ul'), { id: 'palette-list' });
  dialog.setAttribute('aria-label', 'Go to anything');
  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-label', 'Go to');
  box.setAttribute('aria-expanded', 'true');
  box.setAttribute('aria-controls', list.id);
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Choices');
  /** @type {Choice[]} */ let choices = [];
  let at = 0,
    turn = 0;

  const take = (/** @type {Choice} */ choice) => {
    dialog.close();
    if (typeof choice.go === 'string') location.href = choice.go;
    else choice.go();
  };
  const mark = () => {
    [...list.children].forEach((line, i) => line.setAttribute('aria-selected', String(i === at)));
    list.children[at]?.scrollIntoView({ block: 'nearest' });
    if (list.children[at]) box.setAttribute('aria-activedescendant', list.children[at].id);
    else box.removeAttribute('aria-activedescendant');
  };
  const show = (/** @type {Choice[]} */ found) => {
    choices = found;
    at = 0;
    list.replaceChildren(
      ...found.map((choice, i) => {
        const line = Object.assign(document.createElement('li'), { id: `choice-${i}`, role: 'option' });
        line.append(Object.assign(document.createElement('span'), { textContent: choice.title }), Object.assign(document.createElement('span'),
          { textContent: choice.note }));
        line.addEventListener('click', () => take(choice));
        return line;
      }),
    );
    mark();
  };
  const look = async () => {
    const text = box.value.trim(),
      mine = ++turn,
      /** @type {Choice} */ search = { title: uuid.test(text) ? `Open ${text}` : `Search runs for “${text}”`, note: '↵',
        go: `/go?q=${encodeURIComponent(text)}` };
    const known = [...pages(), ...actions].filter(choice => choice.title.toLowerCase().includes(text.toLowerCase()));
    show(text && uuid.test(text) ? [search] : text ? [...known, search] : known);
    if (uuid.test(text)) return;
    await new Promise(done => setTimeout(done, restMilliseconds));
    if (mine !== turn) return;
    const answer = await fetch(`/ui/find?text=${encodeURIComponent(text)}`);
    if (mine !== turn || !answer.ok) return;
    /** @type {{title: string, kind: string, address: string}[]} */ const found = await answer.json();
    show([...found.map(page => ({ title: page.title, note: page.kind, go: page.address })), ...choices]);
  };
  box.addEventListener('input', look);
  box.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      at = (at + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % Math.max(1, choices.length);
      mark();
    } else if (event.key === 'Enter' && choices[at]) {
      event.preventDefault();
      take(choices[at]);
    }
  });
  dialog.append(box, list);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', event => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  look();
}
