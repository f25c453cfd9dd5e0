// @ts-check
// What the pointer does in a trace: select, fold, zoom, move the splitter.
import { hit } from './canvas.js';
import { get } from './view.js';

/** Follows a pointer from its press to its release. @param {HTMLElement} element @param {(down: PointerEvent) => (move: PointerEvent) => void} begin */
function drag(element, begin) {
  element.addEventListener('pointerdown', down => {
    const moved = begin(down);
    element.setPointerCapture(down.pointerId);
    element.addEventListener('pointermove', moved);
    element.addEventListener('pointerup', () => element.removeEventListener('pointermove', moved), { once: true });
  });
}

/** @param {import('./view.js').TraceView} view */
export function listenToPointer(view) {
  const { model, flame, flameCanvas, overview, page } = view,
    list = get('list');
  list.addEventListener('scroll', () => view.fitting && requestAnimationFrame(() => view.draw()), { passive: true });
  list.addEventListener('click', event => {
    const target = /** @type {Element} */ (event.target),
      row = target.closest('.span');
    if (!(row instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.button !== 0) return;
    event.preventDefault();
    const i = model.index.get(row.dataset.id ?? '');
    if (i === undefined) return;
    list.focus({ preventScroll: true });
    if (target.closest('.fold') && model.hasChildren(i)) {
      model.fold(i, !model.isFolded(i));
      view.draw();
    } else view.select(model.c.id[i]);
  });
  for (const box of [list, flame]) {
    box.addEventListener(
      'wheel',
      event => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        const area = (box === flame ? flame : get('ticks')).getBoundingClientRect(),
          { from, to } = view.zoom,
          at = from + Math.max(0, Math.min(1, (event.clientX - area.left) / area.width)) * (to - from),
          factor = event.deltaY > 0 ? 1.25 : 0.8;
        view.setZoom(at - (at - from) * factor, at + (to - at) * factor);
      },
      { passive: false },
    );
  }
  flame.addEventListener('click', event => {
    const area = flameCanvas.getBoundingClientRect(),
      i = hit(model, view.zoom, view.packed, event.clientX - area.left, event.clientY - area.top, area.width);
    if (i >= 0) view.select(model.c.id[i]);
  });
  drag(overview, down => {
    const area = overview.getBoundingClientRect(),
      at = (/** @type {number} */ x) => Math.max(0, Math.min(1, (x - area.left) / area.width)) * model.total,
      from = at(down.clientX);
    return move => {
      const to = at(move.clientX);
      if (Math.abs(to - from) > model.total / 200) view.setZoom(Math.min(from, to), Math.max(from, to));
    };
  });
  overview.addEventListener('dblclick', () => view.setZoom(0, model.total));
  for (const button of document.querySelectorAll('button[data-view]'))
    button.addEventListener('click', () => view.setView(/** @type {HTMLElement} */ (button).dataset.view ?? ''));

  const splitter = get('splitter');
  const split = (/** @type {number} */ share) => {
    const value = Math.round(Math.max(20, Math.min(80, share)));
    page.style.setProperty('--split', `${value}%`);
    splitter.setAttribute('aria-valuenow', String(value));
    view.draw();
  };
  drag(splitter, () => move => {
    const area = page.getBoundingClientRect();
    split(((move.clientX - area.left) / area.width) * 100);
  });
  splitter.addEventListener('keydown', event => {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
      split(Number(splitter.getAttribute('aria-valuenow')) + (event.key === 'ArrowLeft' ? -2 : 2));
  });
}
