/** Notes what happens in the window, from inside it and without touching the product. Times are `performance.now()`. */

export interface PageSeen {
  /** What the stage was doing, and since when. */
  readonly phases: { readonly phase: string; readonly at: number }[];
  /** The main thread did nothing else for so long, milliseconds. */
  readonly longTasks: { readonly at: number; readonly milliseconds: number }[];
  /** When the coach had looked at a frame. */
  readonly looks: number[];
  /** When something was clicked, and by which name. */
  readonly clicks: { readonly name: string; readonly at: number }[];
  /** What lies between Stop and a take that plays (`loadeddata` of a video that is not the camera), and when it happened. */
  readonly steps: { readonly step: string; readonly at: number }[];
}

declare global {
  interface Window {
    benchSeen: PageSeen;
  }
}

/** Runs in the page before its own scripts; so it knows nothing of this file. */
export function watchPage(): void {
  const seen: PageSeen = {
    phases: [],
    longTasks: [],
    looks: [],
    clicks: [],
    steps: [],
  };
  const step = (name: string): void => void seen.steps.push({ step: name, at: performance.now() });
  window.benchSeen = seen;

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      seen.longTasks.push({ at: startTime, milliseconds: duration });
    }
  }).observe({ type: 'longtask', buffered: true });

  window.addEventListener('hashchange', () => step('page'));

  new MutationObserver(() => {
    const phase = document.querySelector('main.stage')?.getAttribute('data-phase') ?? 'elsewhere';
    if (seen.phases.at(-1)?.phase !== phase) seen.phases.push({ phase, at: performance.now() });
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-phase'] });

  document.addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      const name = button?.getAttribute('aria-label') ?? button?.textContent ?? '';
      seen.clicks.push({ name, at: performance.now() });
    },
    true,
  );

  // Media events do not bubble, and are caught on their way down.
  for (const kind of ['loadstart', 'loadedmetadata', 'loadeddata']) {
    document.addEventListener(
      kind,
      ({ target }) => {
        if (target instanceof HTMLVideoElement && target.srcObject === null) step(kind);
      },
      true,
    );
  }

  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }: MessageEvent<{ kind?: string } | null>) => {
        if (data?.kind === 'frame') seen.looks.push(performance.now());
        if (data?.kind === 'stopped') step('stored');
      });
    }
  };
}
