// @ts-check
/**
 * What Node 20.19, the oldest that the product supports, has and this runtime's Node 18.15 lacks.
 * Kept here so that the product carries nothing for a runtime that is never shipped.
 */
const crypto = require('node:crypto');
const buffer = require('node:buffer');
const stream = require('node:stream');

/**
 * Adds a member only where the runtime has none.
 * @param {object} target
 * @param {string} name
 * @param {unknown} value
 */
function provide(target, name, value) {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

provide(
  globalThis,
  'CustomEvent',
  class CustomEvent extends Event {
    #detail;
    /** @param {string} type @param {CustomEventInit} [options] */
    constructor(type, options) {
      super(type, options);
      this.#detail = options?.detail ?? null;
    }
    get detail() {
      return this.#detail;
    }
  },
);
provide(globalThis, 'crypto', crypto.webcrypto);
provide(globalThis, 'File', buffer.File);
provide(stream, 'getDefaultHighWaterMark', (/** @type {boolean} */ objectMode) => (objectMode ? 16 : 16384));
provide(Promise, 'withResolvers', () => {
  let resolve;
  let reject;
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
});
provide(AbortSignal, 'any', (/** @type {Iterable<AbortSignal>} */ signals) => {
  const controller = new AbortController();
  const all = [...signals];
  /** @param {AbortSignal} signal */
  const follow = (signal) => {
    controller.abort(signal.reason);
    for (const other of all) other.removeEventListener('abort', onAbort);
  };
  /** @param {Event} event */
  const onAbort = (event) => follow(/** @type {AbortSignal} */ (event.target));
  for (const signal of all) {
    if (signal.aborted) {
      follow(signal);
      break;
    }
    signal.addEventListener('abort', onAbort, { once: true });
  }
  return controller.signal;
});
provide(URL, 'canParse', (/** @type {string} */ url, /** @type {string} */ base) => {
  try {
    new URL(url, base);
    return true;
  } catch {
    return false;
  }
});
