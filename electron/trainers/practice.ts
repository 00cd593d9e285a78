import type { Price } from '../../shared/domain/order.ts';
import { SegmindTrainer, type TrainerLogLine } from './segmind.ts';
import type {
  FirstWordsAnswer,
  FirstWordsRequest,
  Trainer,
  TrainingAnswer,
  TrainingRequest,
} from './trainer.ts';

/** Where the practice server listens now, and the token it takes for a key. */
export interface PracticeConnection {
  readonly baseUrl: string;
  readonly token: string;
}

const FREE: Price = { trainingUsd: 0, firstWordsUsd: 0 };

export interface PracticeTrainerOptions {
  /** Starts the practice server if it is not running yet. */
  readonly connect: () => Promise<PracticeConnection>;
  /** The same for one library for good, whichever port it listens on. */
  readonly fingerprint: string;
  readonly hasTwin: (avatarGroupId: string) => Promise<boolean>;
  readonly onLog?: (line: TrainerLogLine) => void;
}

/**
 * Longest that it may take to answer, milliseconds: it works on this computer, and stands still while a take is
 * recorded, which may last ten minutes.
 */
const PATIENCE_MS = 30 * 60_000;

/** A trainer on this machine that speaks Segmind's language over real HTTP and costs nothing. */
export class PracticeTrainer implements Trainer {
  readonly kind = 'practice';
  readonly reach = 'this-machine';
  readonly price = FREE;
  readonly #options: PracticeTrainerOptions;

  constructor(options: PracticeTrainerOptions) {
    this.#options = options;
  }

  accountFingerprint(): string {
    return this.#options.fingerprint;
  }

  async credits(signal: AbortSignal): Promise<number | null> {
    return (await this.#client()).credits(signal);
  }

  knowsTwin(avatarGroupId: string): Promise<boolean> {
    return this.#options.hasTwin(avatarGroupId);
  }

  async train(request: TrainingRequest): Promise<TrainingAnswer> {
    return (await this.#client()).train(request);
  }

  async firstWords(request: FirstWordsRequest): Promise<FirstWordsAnswer> {
    return (await this.#client()).firstWords(request);
  }

  /** Made anew each time, because the server's port may have changed. */
  async #client(): Promise<SegmindTrainer> {
    const { baseUrl, token } = await this.#options.connect();
    const { onLog } = this.#options;
    return new SegmindTrainer({
      baseUrl,
      apiKey: token,
      price: FREE,
      timeouts: { training: PATIENCE_MS, 'first-words': PATIENCE_MS },
      ...(onLog === undefined ? {} : { onLog }),
    });
  }
}
