import type { OrderedLook, Price } from '../../shared/domain/order.ts';
import type { TrainerKind } from '../../shared/domain/twin.ts';

export interface TrainingRequest {
  /** Name of the look, and of the twin when it is new. */
  readonly name: string;
  /** Public address of the master. */
  readonly videoUrl: string;
  /** Adds a look to this twin; null makes a new twin. */
  readonly avatarGroupId: string | null;
  /** Page to which the trainer sends the person to give consent. */
  readonly consentUrl: string | null;
}

export interface TrainingAnswer {
  readonly look: OrderedLook;
  /** What was charged, from the answer or else the list price. */
  readonly usd: number;
  readonly requestId: string | null;
}

export interface FirstWordsRequest {
  readonly avatarId: string;
  /** Public address of about three seconds of the take's own speech. */
  readonly audioUrl: string;
  /** Aspect of the master, e.g. "16:9". */
  readonly aspectRatio: '16:9' | '9:16';
  /** The file is written here (absolute path), beside-its-name first. */
  readonly saveTo: string;
}

/** `not-ready`: training goes on and nothing was charged. */
export type FirstWordsAnswer =
  | { readonly kind: 'ready'; readonly usd: number; readonly requestId: string | null }
  | { readonly kind: 'not-ready' };

/**
 * The service that makes the twin. Errors are `StudioError`s with a TRAINER_ code. Two codes mean that
 * the request may have been charged and must not be sent again by itself:
 * `TRAINER_ANSWER_LOST` and `TRAINER_ANSWER_UNREADABLE`; every other code means that nothing was charged.
 */
export interface Trainer {
  readonly kind: TrainerKind;
  /** A real trainer fetches over the internet; the practice trainer can reach this machine. */
  readonly reach: 'public' | 'this-machine';
  readonly price: Price;
  /** Stable for one account, tells nothing about its key. */
  accountFingerprint(): string;
  /** US dollars left at the trainer, null where it does not say. */
  credits(signal: AbortSignal): Promise<number | null>;
  /** Whether there is a twin of this id; null where that cannot be told without paying. */
  knowsTwin(avatarGroupId: string): Promise<boolean | null>;
  /** Sends one paid training request. Never repeats it. Cancelling is not possible once it is sent. */
  train(request: TrainingRequest): Promise<TrainingAnswer>;
  /** Sends one paid request for first words. Never repeats it. */
  firstWords(request: FirstWordsRequest): Promise<FirstWordsAnswer>;
}

/** Codes after which a paid request may have been charged. */
export const POSSIBLY_CHARGED = ['TRAINER_ANSWER_LOST', 'TRAINER_ANSWER_UNREADABLE'] as const;
