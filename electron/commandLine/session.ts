import { resolve } from 'node:path';
import Conf from 'conf';
import type { ErrorData } from '../../shared/contract.ts';
import { Cancelled, ERRORS, EXIT, type ExitCode, isErrorCode, StudioError } from '../../shared/errors.ts';
import type { SecretName } from '../../shared/settings.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import { SECRET_VARIABLES } from '../studio/configuration.ts';
import { type Engine, openEngine } from '../studio/engine.ts';
import { libraryDirOf, openSettings, userDataDir } from '../studio/settingsFile.ts';
import type { SecretStore, SettingsStore } from '../studio/studio.ts';
import { errorData } from '../studio/views.ts';
import { createOutput, type Output } from './output.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly library?: string;
  readonly json?: boolean;
}

/** One run of one command. */
export interface Session {
  readonly output: Output;
  /** Aborted by Ctrl+C and by a request to end. */
  readonly signal: AbortSignal;
  readonly settings: SettingsStore;
  readonly libraryDir: string;
  /** Opens the library; a second call gives the same engine. */
  engine(): Promise<Engine>;
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

/**
 * Runs one command from its options to its exit code. Whatever happens, the last line is a result, no stack
 * is shown, and nothing is left running.
 * @param changeEnvironment sets variables for this run, such as the demo's short training.
 */
export async function runCommand(
  options: CommonOptions,
  command: (session: Session) => Promise<CommandEnd>,
  changes: { readonly libraryDir?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<ExitCode> {
  const output = createOutput(options.json === true);
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Cancelled());
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const opened: { engine: Promise<Engine> | null } = { engine: null };
  try {
    const environment = { ...process.env, ...changes.environment };
    const { store: settings } = openSettings(
      userDataDir(process.platform, environment),
      (fileOptions) => new Conf(fileOptions),
    );
    const libraryDir = resolve(
      options.library ?? changes.libraryDir ?? libraryDirOf(settings.get(), environment),
    );
    const session: Session = {
      output,
      signal: stop.signal,
      settings,
      libraryDir,
      engine() {
        opened.engine ??= openEngine({
          libraryDir,
          settings,
          secrets: environmentSecrets(),
          environment,
          trialRuntime: false,
          version: '',
        }).then((engine) => {
          engine.on('activities', ({ activities }) => output.activities(activities));
          return engine;
        });
        return opened.engine;
      },
    };
    const end = await command(session);
    output.result(end.fields, end.error);
    return end.exit;
  } catch (error) {
    return reportFailure(output, error);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    output.end();
    await opened.engine?.then((engine) => engine.close()).catch(() => undefined);
  }
}

function reportFailure(output: Output, error: unknown): ExitCode {
  if (error instanceof Cancelled) {
    output.talk(cliWords.run.goOn);
    output.result({ status: 'cancelled' });
    return EXIT.CANCELLED;
  }
  const data = asErrorData(error);
  output.result({ status: 'failed' }, data);
  return exitOf(data.code);
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

/** With several files or orders the most serious end counts: 4, 3, 2, 1. */
export function worstExit(exits: readonly ExitCode[]): ExitCode {
  const order: ExitCode[] = [EXIT.CANCELLED, EXIT.REMOTE, EXIT.PERSON, EXIT.REFUSED, EXIT.LOCAL];
  return order.find((code) => exits.includes(code)) ?? EXIT.OK;
}
