import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Conf from 'conf';
import type { ErrorData } from '../../shared/contract.ts';
import { Cancelled, ERRORS, EXIT, type ExitCode, isErrorCode, StudioError } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS, type SecretName } from '../../shared/settings.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import { systemCode } from '../library/fileErrors.ts';
import { libraryPaths } from '../library/paths.ts';
import type { QuietTime } from '../pipeline/quietTime.ts';
import { SECRET_VARIABLES } from '../studio/configuration.ts';
import { type Engine, openEngine } from '../studio/engine.ts';
import { libraryDirOf, openSettings, userDataDir } from '../studio/settingsFile.ts';
import { openStandStill } from '../studio/standStill.ts';
import type { SecretStore, SettingsStore } from '../studio/studio.ts';
import { errorData } from '../studio/views.ts';
import { createOutput, type Output } from './output.ts';
import { listenForStop } from './stopping.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly library?: string;
  readonly json?: boolean;
}

/** One run of one command. */
export interface Session {
  readonly output: Output;
  /** Aborted by Ctrl+C, by a request to end, and when nobody reads what is written. */
  readonly signal: AbortSignal;
  readonly settings: SettingsStore;
  readonly libraryDir: string;
  /** The library as an option named it; null where none did. */
  readonly namedLibrary: string | null;
  /** Opens the library; a second call gives the same engine. */
  engine(): Promise<Engine>;
  /** For work without the library: it, too, stands still while somebody records. */
  quietTime(): Promise<QuietTime>;
}

/** How a command ended: the fields of its result, and its error where it has one. */
export interface CommandEnd {
  readonly exit: ExitCode;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly error?: ErrorData;
}

/** Keys come from the environment only; the command line never stores one. */
function environmentSecrets(): SecretStore {
  const read = (name: SecretName) => process.env[SECRET_VARIABLES[name]] || null;
  return {
    storage: 'session',
    get: read,
    set: () => {
      throw new StudioError('KEYS_NOT_KEPT');
    },
    originOf: (name) => (read(name) === null ? 'missing' : 'environment'),
  };
}

/** How often to look whether work that was told to stop has, milliseconds. */
const STOPPED_LOOK_MS = 20;

/** Activities during which a paid request is out. */
const PAID_ACTIVITIES: ReadonlySet<string> = new Set(['train', 'first-words']);

/** What a command changes about its run. */
interface RunChanges {
  /** Its name: whoever uses it wrongly is pointed to its own help. */
  readonly command?: string;
  /** Used where no library is named. */
  readonly libraryDir?: string;
  /** Set for this run, such as the demo's short training. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A library that is named and not there is a mistake, not an empty library. */
  readonly mustExist?: boolean;
}

/**
 * Runs one command from its options to its exit code. Whatever happens, the last line is a result, no stack
 * is shown, nothing is left running, and no paid request is cut off.
 */
export async function runCommand(
  options: CommonOptions,
  command: (session: Session) => Promise<CommandEnd>,
  changes: RunChanges = {},
): Promise<ExitCode> {
  const abort = new AbortController();
  // Every order that is followed listens, and there may be many.
  setMaxListeners(0, abort.signal);
  const stop = () => abort.abort(new Cancelled());
  const output = createOutput(options.json === true, stop);
  const opened: {
    engine: Promise<Engine> | null;
    context: Engine['context'] | null;
    quiet: QuietTime | null;
  } = { engine: null, context: null, quiet: null };
  const stopping = listenForStop({
    stop,
    isPaying: () => opened.context?.activities.list().some(({ kind }) => PAID_ACTIVITIES.has(kind)) ?? false,
    warn: (sentence) => output.warn(sentence),
    force() {
      output.result({ status: 'cancelled' });
      process.exit(EXIT.CANCELLED);
    },
  });
  const work = async (): Promise<CommandEnd> => {
    const environment = { ...process.env, ...changes.environment };
    const settings = openSettingsOrDefaults(environment, output);
    const libraryDir = resolve(
      options.library ?? changes.libraryDir ?? libraryDirOf(settings.get(), environment),
    );
    if (changes.mustExist && options.library !== undefined && !existsSync(libraryDir)) {
      throw new StudioError('LIBRARY_UNREADABLE', { folder: libraryDir });
    }
    return command({
      output,
      signal: abort.signal,
      settings,
      libraryDir,
      namedLibrary: options.library ?? null,
      engine() {
        opened.engine ??= openEngine({
          libraryDir,
          settings,
          secrets: environmentSecrets(),
          environment,
          trialRuntime: false,
          version: '',
        }).then((engine) => {
          opened.context = engine.context;
          sayWaiting(engine.context.quiet, output);
          engine.on('activities', ({ activities }) => {
            output.activities(activities);
            stopping.look();
          });
          return engine;
        });
        return opened.engine;
      },
      async quietTime() {
        // An engine that is open has told of it already.
        const engine = await opened.engine;
        if (engine !== null) return engine.context.quiet;
        opened.quiet ??= await openStandStill(
          libraryPaths(libraryDir),
          userDataDir(process.platform, environment),
        );
        sayWaiting(opened.quiet, output);
        return opened.quiet;
      },
    });
  };

  const end = await work().catch((error: unknown) => endOfFailure(output, inCommand(error, changes.command)));
  const engine = await opened.engine?.catch(() => null);
  stop();
  opened.quiet?.close();
  if (engine) await untilStopped(engine);
  output.result(end.fields, end.error);
  await engine?.close().catch(() => undefined);
  stopping.end();
  const wasRead = await output.end();
  return wasRead || end.exit !== EXIT.OK ? end.exit : EXIT.CANCELLED;
}

/** Says in one line why nothing moves. */
function sayWaiting(quiet: QuietTime, output: Output): void {
  const say = (isQuiet: boolean) => {
    if (!isQuiet) return;
    output.talk(cliWords.waitsForRecording);
    output.event({ event: 'waiting', reason: 'recording' });
  };
  say(quiet.isQuiet);
  quiet.follow(say);
}

/** The saved settings; where they cannot be read, the command goes on with the defaults and says so. */
function openSettingsOrDefaults(environment: NodeJS.ProcessEnv, output: Output): SettingsStore {
  try {
    return openSettings(userDataDir(process.platform, environment), (options) => new Conf(options)).store;
  } catch (error) {
    if (!(error instanceof StudioError) && systemCode(error) === undefined) throw error;
    output.warn(cliWords.noSettings);
    return { get: () => DEFAULT_SETTINGS, save: () => undefined };
  }
}

/** Stops what a command left behind, and waits for it: the library must not be closed under its hands. */
async function untilStopped({ context: { activities } }: Engine): Promise<void> {
  activities.cancelAll();
  while (activities.list().length > 0) await wait(STOPPED_LOOK_MS);
}

/** The error, which knows of wrong usage in which command it was. */
export function inCommand(error: unknown, command: string | undefined): unknown {
  if (!(error instanceof StudioError) || error.code !== 'USAGE' || command === undefined) return error;
  return new StudioError('USAGE', { ...error.details, command }, { cause: error });
}

function endOfFailure(output: Output, error: unknown): CommandEnd {
  if (error instanceof Cancelled) {
    output.talk(cliWords.run.stopped);
    return { exit: EXIT.CANCELLED, fields: { status: 'cancelled' } };
  }
  const data = asErrorData(error);
  return { exit: exitOf(data.code), fields: { status: 'failed' }, error: data };
}

/** Any error as data for people; one we do not know is named as such, and its stack stays here. */
export function asErrorData(error: unknown): ErrorData {
  if (error instanceof StudioError) return errorData(error);
  if (process.env.TWIN_STUDIO_DEBUG) console.error(error);
  return { code: 'UNEXPECTED', message: errorSentence('UNEXPECTED'), retry: 'user' };
}

/** The exit code that belongs to an error's code. */
export function exitOf(code: string): ExitCode {
  return isErrorCode(code) ? ERRORS[code].exit : EXIT.LOCAL;
}

/** With several files or orders the most serious end counts: 4, 3, 2, 1, then whatever else is not good. */
export function worstExit(exits: readonly ExitCode[]): ExitCode {
  const order: ExitCode[] = [EXIT.CANCELLED, EXIT.REMOTE, EXIT.PERSON, EXIT.REFUSED, EXIT.LOCAL];
  return order.find((code) => exits.includes(code)) ?? exits.find((code) => code !== EXIT.OK) ?? EXIT.OK;
}
