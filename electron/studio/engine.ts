import PQueue from 'p-queue';
import type { EventName } from '../../shared/callNames.ts';
import type { EventPayload } from '../../shared/contract.ts';
import { StudioError } from '../../shared/errors.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import { openLibrary } from '../library/library.ts';
import { locateTools, type MediaTools } from '../media/locate.ts';
import { Activities } from '../pipeline/activities.ts';
import type { Lanes, WorkContext } from '../pipeline/context.ts';
import { createTakeLog } from '../pipeline/takeLog.ts';
import { checkTake } from './checkTake.ts';
import { type Environment, watchTimes } from './configuration.ts';
import { createServices, type Services } from './services.ts';
import { userDataDir } from './settingsFile.ts';
import { openStandStill } from './standStill.ts';
import type { SecretStore, SettingsStore } from './studio.ts';

export interface StudioOptions {
  readonly libraryDir: string;
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly environment: Environment;
  /** True in the trial runtime, which can only practise and keeps no keys. */
  readonly trialRuntime: boolean;
  readonly version: string;
  /** Keeps an error that no catalogue knows, and returns the reference under which it can be found. */
  readonly onUnexpected?: (error: unknown) => string;
}

/** Uploads at once; more share the same line and gain nothing. */
const UPLOADS = 3;
/** Questions to the trainer at once; each may take minutes to be answered. */
const QUESTIONS = 4;

/** What a shell over the engine holds: the context for the verbs, and how to end it. */
export interface Engine {
  readonly context: WorkContext;
  readonly services: Services;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
  /** The sentence for any error; one that no catalogue knows is kept for whoever looks for its cause. */
  sentenceFor(error: unknown): string;
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
  const keep = (error: unknown) => options.onUnexpected?.(error) ?? '';
  const services = createServices({ ...options, tools, onError: keep });
  const log = createTakeLog(library.paths.takeLog);
  const activities = new Activities((list) => emit('activities', { activities: list }));
  const lanes: Lanes = {
    media: new PQueue({ concurrency: 1 }),
    disk: new PQueue({ concurrency: 1 }),
    network: new PQueue({ concurrency: UPLOADS }),
    trainer: new PQueue({ concurrency: QUESTIONS }),
  };
  const userData = userDataDir(process.platform, environment);
  const quiet = await openStandStill(library.paths, userData, { lanes, activities });
  const context: WorkContext = {
    library,
    userDataDir: userData,
    tools,
    host: (kind) => services.host(kind),
    trainer: (kind, takeId) =>
      services.trainer(kind, (line) => {
        if (takeId !== undefined) void log.write(takeId, { what: 'trainer asked', ...line });
      }),
    check: (takeId, signal) => checkTake(context, takeId, { signal }),
    activities,
    lanes,
    quiet,
    log,
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
    sentenceFor(error) {
      if (error instanceof StudioError) return errorSentence(error.code, error.details);
      const reference = keep(error);
      return errorSentence('UNEXPECTED', reference === '' ? {} : { reference });
    },
    async close() {
      context.activities.cancelAll();
      quiet.close();
      await services.close();
      await library.close();
    },
  };
}
