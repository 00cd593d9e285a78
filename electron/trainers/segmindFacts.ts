import type { Price } from '../../shared/domain/order.ts';

/** What is known of the service, each fact in one place with where it comes from. */

export type SegmindStep = 'training' | 'first-words' | 'credits';

export const SEGMIND_BASE_URL = 'https://api.segmind.com';

/** Segmind's product page: $1.25 a training run. */
const TRAINING_USD = 1.25;
/** Segmind's product page: about $0.0667 a second of video. About 3 s of speech are sent; twice that is the most. */
const FIRST_WORDS_USD_PER_SECOND = 0.0667;
const FIRST_WORDS_MOST_SECONDS = 6;

export const SEGMIND_PRICE: Price = {
  trainingUsd: TRAINING_USD,
  firstWordsUsd: Math.round(FIRST_WORDS_USD_PER_SECOND * FIRST_WORDS_MOST_SECONDS * 100) / 100,
};

/** Smallest size that shows whether the look is right. Taken from the model's API table; not confirmed by a call. */
export const FIRST_WORDS_RESOLUTION = '720p';

export const PATHS = {
  training: '/v1/heygen-avatar-v-create',
  'first-words': '/v1/heygen-avatar-v',
  credits: '/v1/get-user-credits',
} as const satisfies Record<SegmindStep, string>;

export type SegmindTimeouts = Readonly<Record<SegmindStep, number>>;

/** Milliseconds. Training answers in about 3.5 s; a video is made while first words wait for their answer. */
export const TIMEOUTS: SegmindTimeouts = { training: 120_000, 'first-words': 600_000, credits: 20_000 };

/** No answer of the service in text is longer. */
export const MOST_TEXT_BYTES = 1024 * 1024;
