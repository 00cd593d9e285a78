import PQueue from 'p-queue';
import type { EventName } from '../../shared/callNames.ts';
import type { EventPayload } from '../../shared/contract.ts';
import { isUnfinished } from '../../shared/domain/order.ts';
import { StudioError } from '../../shared/errors.ts';
import { openLibrary } from '../library/library.ts';
import { locateTools, type MediaTools } from '../media/locate.ts';
import { Activities } from '../pipeline/activities.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { createTakeLog } from '../pipeline/takeLog.ts';
import { backgroundWork } from './backgroundWork.ts';
import { studioCalls } from './calls.ts';
import { type Environment, watchTimes } from './configuration.ts';
import { findMedia } from './mediaFiles.ts';
import { createServices, type Services } from './services.ts';
import type { SecretStore, SettingsStore, Studio } from './studio.ts';

export interface StudioOptions {
  readonly libraryDir: string;
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly environment: Environment;
  /** True in the trial runtime, which can only practise and keeps no keys. */
  readonly trialRuntime: boolean;
  readonly version: string;
}

/** Uploads at once; more share the same line and gain nothing. */
const UPLOADS = 3;

/** What a shell over the engine holds: the context for the verbs, and how to end it. */
export interface Engine {
  readonly context: WorkContext;
  readonly services: Services;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
  close(): Promise<void>;
}

/**
 * Opens the library and joins it with tools, hosts and trainers. Nothing is started.
 * @throws StudioError LIBRARY_UNREADABLE, DISK_FULL, SETTINGS_INVALID
 */
export async function openEngine(options: StudioOptions): Promise<Engine> {
  const { environment } = options;
  // Asked once here, so that a wrong variable is said at the start and not after an hour.
  watchTimes(environment, true);
  const library = await openLibrary(options.libraryDir);
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const emit = <N extends EventName>(name: N, payload: EventPayload<N>) => {
    for (const listener of listeners.get(name) ?? [])
      (listener as (payload: EventPayload<N>) => void)(payload);
  };
  let located: Promise<MediaTools> | null = null;
  const tools = () => {
    located ??= locateTools({ environment }).catch((error: unknown) => {
      // Somebody may install ffmpeg while the program runs.
      located = null;
      throw error;
    });
    return located;
  };
  const services = createServices({ ...options, tools, onError: () => undefined });
  const context: WorkContext = {
    library,
    tools,
    host: (kind) => services.host(kind),
    trainer: (kind) => services.trainer(kind),
    activities: new Activities((activities) => emit('activities', { activities })),
    lanes: { media: new PQueue({ concurrency: 1 }), network: new PQueue({ concurrency: UPLOADS }) },
    log: createTakeLog(library.paths.takeLog),
    now: () => new Date(),
    watchTimes: (trainer) => watchTimes(environment, trainer === 'practice'),
  };
  return {
    context,
    services,
    emit,
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as (payload: never) => void));
      return () => set.delete(listener as (payload: never) => void);
    },
    async close() {
      context.activities.cancelAll();
      await services.close();
      await library.close();
    },
  };
}

/** The engine with everything that goes on by itself, as the desktop uses it. */
export async function createStudio(options: StudioOptions): Promise<Studio> {
  const engine = await openEngine(options);
  const { context } = engine;
  const { library } = context;
  const background = backgroundWork(engine, options.settings);
  const calls = studioCalls(engine, options, background);
  const lookAgain = () => engine.emit('libraryChanged', {});
  let stopWatching = () => {};
  return {
    calls,
    importFiles: (files) => background.importFiles(files),
    async folderOfTake(takeId) {
      await library.takes.read(takeId);
      return library.paths.take(takeId);
    },
    async deleteTake(takeId, moveToBin) {
      const unfinished = library.orders.index
        .values()
        .some(
          (order) =>
            order.takeId === takeId && (isUnfinished(order.state) || order.state.kind === 'unconfirmed'),
        );
      const worked = context.activities.list().some((activity) => activity.takeId === takeId);
      if (unfinished || worked) throw new StudioError('TAKE_BUSY');
      await library.takes.read(takeId);
      await moveToBin(library.paths.take(takeId));
      await library.takes.noteChange(takeId);
      lookAgain();
    },
    mediaOf: (of, id, what) => findMedia(library, of, id, what),
    on: engine.on,
    async start() {
      stopWatching = library.watch(lookAgain);
      background.resume();
      return Promise.resolve();
    },
    async close() {
      stopWatching();
      await background.close();
      await engine.close();
    },
  };
}
