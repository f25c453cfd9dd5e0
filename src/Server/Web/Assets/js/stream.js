// @ts-check
// A stream of the server's events: it outlives the server's restarts, and rests while nobody sees the page.

const againMilliseconds = 2000;

/**
 * @param {() => string | null} address where to listen; null for not at all
 * @param {Record<string, (event: MessageEvent) => void>} listeners
 * @param {(isLost: boolean) => void} [told] whether the stream is interrupted
 * @returns {() => void} looks anew whether to listen
 */
export function follow(address, listeners, told = () => {}) {
  /** @type {EventSource | null} */ let stream = null;
  let again = 0;
  const close = () => {
    clearTimeout(again);
    stream?.close();
    stream = null;
  };
  const look = () => {
    // Browsers open few connections to a server: a tab that nobody sees gives its own back.
    const from = document.hidden ? null : address();
    if (!from) return close();
    if (stream) return;
    const mine = new EventSource(from);
    stream = mine;
    for (const [name, listener] of Object.entries(listeners)) mine.addEventListener(name, listener);
    mine.onopen = () => told(false);
    mine.onerror = () => {
      told(true);
      // The browser tries again by itself, unless the answer was no stream: of a proxy, say, while the server starts.
      if (mine.readyState !== EventSource.CLOSED) return;
      close();
      again = window.setTimeout(look, againMilliseconds);
    };
  };
  document.addEventListener('visibilitychange', look);
  addEventListener('pagehide', close);
  addEventListener('pageshow', event => event.persisted && look());
  look();
  return look;
}
