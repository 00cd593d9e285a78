import type { z } from 'zod';
import type { CallName, EventName } from '../../shared/callNames.ts';
import type { CALLS, CallOutput, EventPayload } from '../../shared/contract.ts';
import type { TakeId } from '../../shared/domain/ids.ts';
import type { SecretName, Settings } from '../../shared/settings.ts';
import type { Recordings } from './recordings.ts';
import type { ReadyReport } from './reportOfTake.ts';

/** Where settings are remembered. The desktop and the command line read the same file. */
export interface SettingsStore {
  get(): Settings;
  save(changes: Partial<Settings>): void;
}

/** Where keys come from. Values stay in the process that asks; nothing here is ever sent to a window. */
export interface SecretStore {
  /** `system`: encrypted by the operating system; `session`: in memory until the program ends. */
  readonly storage: 'system' | 'session';
  get(name: SecretName): string | null;
  /** The empty string removes the key. */
  set(name: SecretName, value: string): void;
  originOf(name: SecretName): 'kept' | 'session' | 'environment' | 'missing';
}

/** Calls that only a desktop can answer: dialogs, the bin, the clipboard, the browser, ports to the window. */
export type DesktopCallName =
  | 'importFromDialog'
  | 'saveReport'
  | 'deleteTake'
  | 'showTakeInFolder'
  | 'openDashboard'
  | 'copyText'
  | 'chooseLibrary'
  | 'startRecording'
  | 'getMediaAccess'
  | 'askMediaAccess'
  | 'openMediaSettings'
  | 'openScript';

export type StudioCallName = Exclude<CallName, DesktopCallName>;

/** A media file of the library, for the media protocol. */
export interface MediaFile {
  readonly file: string;
  readonly contentType: string;
}

/** The engine as the desktop and the command line use it. */
export interface Studio {
  /** The answer to every call of the contract that needs no desktop. Throws `StudioError` or `Cancelled`. */
  readonly calls: {
    readonly [N in StudioCallName]: (input: z.output<(typeof CALLS)[N]['input']>) => Promise<CallOutput<N>>;
  };
  /** Starts importing files, each as an activity of its own; returns how many were started. */
  importFiles(files: readonly string[]): number;
  folderOfTake(takeId: TakeId): Promise<string>;
  /**
   * The take's name, and how its report is made as a page for sending on: an activity, because it takes pictures.
   * @throws StudioError TAKE_NOT_FOUND, REPORT_MISSING
   */
  openReport(takeId: TakeId): Promise<ReadyReport>;
  /** Refuses while the take is worked on or an order of it is unfinished, then lets `moveToBin` have the folder. */
  deleteTake(takeId: TakeId, moveToBin: (folder: string) => Promise<void>): Promise<void>;
  /** The file behind a media address, or null when there is none. */
  mediaOf(of: 'take' | 'order', id: string, what: string): Promise<MediaFile | null>;
  /** Recordings that the window makes, as far as they run in this process. */
  readonly recordings: Pick<Recordings, 'begin' | 'interrupt' | 'follow'>;
  /** Recordings of the library that are not takes: one that is being made, and those that wait to be recovered. */
  unfinishedRecordings(): Promise<number>;
  /** The window's page was left for another one, or has died: what it recorded is kept. */
  windowIsGone(how: 'left' | 'died'): void;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** True while a paid request waits for its answer: ending the program now would lose it. */
  isPaying(): boolean;
  /** Resumes or puts back what no living process holds, and starts watching the library. */
  start(): Promise<void>;
  /** Stops all work so that it can be resumed, and leaves no process behind. */
  close(): Promise<void>;
}
