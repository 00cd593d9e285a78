import { createHash } from 'node:crypto';
import { type PracticeServer, startPracticeServer } from './server.ts';
import { PracticeStore } from './store.ts';
import type { PracticeMedia } from './training.ts';

export interface PracticeOptions extends PracticeMedia {
  /** Absolute path of the library. */
  readonly libraryFolder: string;
  /** How long training takes. */
  readonly trainingSeconds: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly onError?: (error: unknown) => void;
}

/** The practice host and trainer of one library. The server starts when it is first needed. */
export class Practice {
  readonly fingerprint: string;
  readonly #options: PracticeOptions;
  readonly #store: PracticeStore;
  readonly #token: string;
  #server: Promise<PracticeServer> | null = null;

  private constructor(options: PracticeOptions, store: PracticeStore, token: string) {
    this.#options = options;
    this.#store = store;
    this.#token = token;
    this.fingerprint = `practice-${createHash('sha256').update(`practice account\n${token}`).digest('hex').slice(0, 16)}`;
  }

  /** Makes `<library>/practice/` if it is not there yet; no port is opened. */
  static async open(options: PracticeOptions): Promise<Practice> {
    const store = await PracticeStore.open(options.libraryFolder);
    return new Practice(options, store, await store.token());
  }

  /** Where the server listens, and its token. Starts it at the first call, and again after `close`. */
  readonly connect = async (): Promise<{ baseUrl: string; token: string }> => {
    const starting =
      this.#server ??
      startPracticeServer({
        store: this.#store,
        token: this.#token,
        trainingSeconds: this.#options.trainingSeconds,
        now: this.#options.now ?? Date.now,
        cutClip: this.#options.cutClip,
        probeDuration: this.#options.probeDuration,
        onError: this.#options.onError ?? (() => undefined),
      });
    this.#server = starting;
    try {
      return { baseUrl: (await starting).baseUrl, token: this.#token };
    } catch (error) {
      if (this.#server === starting) this.#server = null;
      throw error;
    }
  };

  /** Whether a twin of this id was trained here. Needs no server. */
  readonly hasTwin = (avatarGroupId: string): Promise<boolean> => this.#store.hasGroup(avatarGroupId);

  /** Stops the server, with every connection. What it keeps stays. */
  async close(): Promise<void> {
    const running = this.#server;
    this.#server = null;
    await (await running?.catch(() => null))?.close();
  }
}
