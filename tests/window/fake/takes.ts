import type { TakeDetail } from '../../../shared/contract.ts';
import { NOTHING_MENDED } from '../../../shared/domain/edit.ts';
import { type OrderId, OrderIdSchema, type TakeId, TakeIdSchema } from '../../../shared/domain/ids.ts';
import type { MediaInfo } from '../../../shared/domain/media.ts';
import type { Report } from '../../../shared/domain/report.ts';
import { NOT_REVIEWED } from '../../../shared/domain/review.ts';
import type { OrderSummary, TakeState, TakeSummary } from '../../../shared/domain/summary.ts';
import type { Take } from '../../../shared/domain/take.ts';
import { errorSentence } from '../../../shared/words/errors.ts';

export const takeId = (number: number): TakeId =>
  TakeIdSchema.parse(`tk_${String(number).padStart(12, '0')}`);
export const orderId = (number: number): OrderId =>
  OrderIdSchema.parse(`or_${number.toString(16).padStart(24, '0')}`);

const MINUTE = 60_000;
/** An instant so many minutes ago, so that the pictures always look like today. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString();
export const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * MINUTE).toISOString();

const DAY = 24 * 60;

interface Sketch {
  readonly name: string;
  readonly minutesAgo: number;
  readonly seconds: number | null;
  readonly state: TakeState;
  readonly hasPoster?: boolean;
}

const order = orderId;
const SKETCHES: readonly Sketch[] = [
  {
    name: 'Ana, welcome message',
    minutesAgo: 30,
    seconds: 222,
    state: { kind: 'publish-it', verdict: 'warn', finding: 'RESOLUTION_LOW', accepted: false },
  },
  {
    name: 'Priya, autumn offer',
    minutesAgo: DAY,
    seconds: 138,
    state: { kind: 'publish-it', verdict: 'pass', finding: null, accepted: true },
  },
  {
    name: 'Sam, first try',
    minutesAgo: 2 * DAY,
    seconds: 12,
    state: { kind: 'record-again', finding: 'DURATION_TOO_SHORT' },
  },
  {
    name: 'Jonas, product tour in the large conference room, second morning',
    minutesAgo: DAY + 20,
    seconds: 245,
    state: { kind: 'needs-you', orderId: order(1), code: 'ORDER_UNCONFIRMED' },
  },
  {
    name: 'Ines, greeting',
    minutesAgo: 3 * DAY,
    seconds: 199,
    state: { kind: 'needs-you', orderId: order(2), code: 'FIRST_WORDS_UNCONFIRMED' },
  },
  {
    name: 'Tomás, onboarding',
    minutesAgo: 4 * DAY,
    seconds: 301,
    state: { kind: 'needs-you', orderId: order(3), code: 'ORDER_STALLED' },
  },
  {
    name: 'Yuki, spring launch',
    minutesAgo: 5 * DAY,
    seconds: 177,
    state: {
      kind: 'order-failed',
      orderId: order(4),
      code: 'HOST_PRIVATE',
      message: errorSentence('HOST_PRIVATE'),
    },
  },
  {
    name: 'GX010042.MP4',
    minutesAgo: 6 * DAY,
    seconds: null,
    hasPoster: false,
    state: {
      kind: 'check-failed',
      code: 'FILE_TRUNCATED',
      message: errorSentence('FILE_TRUNCATED', { file: 'GX010042.MP4' }),
    },
  },
  {
    name: 'Mira, onboarding',
    minutesAgo: 90,
    seconds: 280,
    state: { kind: 'on-its-way', orderId: order(5), stage: 'upload' },
  },
  { name: 'Leo, take 4', minutesAgo: 2, seconds: null, hasPoster: false, state: { kind: 'checking' } },
  {
    name: 'Sam, studio',
    minutesAgo: 115,
    seconds: 210,
    state: { kind: 'on-its-way', orderId: order(6), stage: 'first-words' },
  },
  {
    name: 'Ana, grey wall',
    minutesAgo: 5 * DAY,
    seconds: 171,
    state: { kind: 'usable', orderId: order(7), lookName: 'Grey wall' },
  },
  {
    name: 'Priya, welcome',
    minutesAgo: 20 * DAY,
    seconds: 188,
    state: { kind: 'usable', orderId: order(8), lookName: 'First look' },
  },
  {
    name: 'Leo, take 3',
    minutesAgo: 200,
    seconds: 94,
    state: { kind: 'rejected', note: 'The blinds were open' },
  },
  { name: 'Leo, take 5', minutesAgo: 3, seconds: null, hasPoster: false, state: { kind: 'not-checked' } },
];

const summary = (sketch: Sketch, number: number): TakeSummary => ({
  id: takeId(number),
  name: sketch.name,
  createdAt: ago(sketch.minutesAgo),
  durationSeconds: sketch.seconds,
  hasPoster: sketch.hasPoster ?? true,
  turn: 0,
  state: sketch.state,
});

/** A take in every state there is. */
export const TAKES: readonly TakeSummary[] = SKETCHES.map((sketch, index) => summary(sketch, index + 1));

/** As many takes as are asked for. */
export function manyTakes(count: number): TakeSummary[] {
  return Array.from({ length: count }, (_, index) => {
    const sketch = SKETCHES[index % SKETCHES.length] as Sketch;
    return {
      ...summary(sketch, index + 1),
      name: `${sketch.name} ${index + 1}`,
      createdAt: ago(index * 7),
    };
  });
}

export const MEDIA: MediaInfo = {
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  sizeBytes: 227_000_000,
  durationSeconds: 222,
  bitRate: 8_180_000,
  video: {
    index: 0,
    codec: 'h264',
    profile: 'High',
    pixelFormat: 'yuv420p',
    bitDepth: 8,
    codedWidth: 1280,
    codedHeight: 720,
    displayWidth: 1280,
    displayHeight: 720,
    rotationDegrees: 0,
    sampleAspectRatio: 1,
    averageFrameRate: 29.97,
    timing: {
      packets: 6653,
      medianSeconds: 0.0334,
      p95DeviationMs: 0.4,
      longestGapSeconds: 0.034,
      missingShare: 0,
    },
    interlaced: false,
    hdr: false,
    colorTransfer: 'bt709',
    colorPrimaries: 'bt709',
    colorSpace: 'bt709',
    fullRange: false,
  },
  audio: { index: 1, codec: 'aac', profile: 'LC', sampleRate: 48_000, channels: 2 },
  faststart: true,
};

const measure = (code: string, label: string, text: string, limit: string): Report['measures'][number] => ({
  code,
  group: code === 'AUDIO_LEVEL' ? 'sound' : 'file',
  label,
  value: 1,
  text,
  limit,
  state: 'pass',
});

export const REPORT: Report = {
  schema: 'twin-studio/report',
  version: 2,
  depth: 'complete',
  createdAt: ago(28),
  shot: 'head-and-shoulders',
  range: { startSeconds: 0, endSeconds: 222 },
  mended: NOTHING_MENDED,
  verdict: 'warn',
  findings: [
    {
      code: 'AUDIO_CONVERTED',
      severity: 'info',
      message: 'The sound is stored as MP3; it becomes AAC at 48 kHz.',
      remedy: 'Nothing to do: preparing takes care of it.',
      places: [],
      worstAtSeconds: null,
    },
    {
      code: 'RESOLUTION_LOW',
      severity: 'warn',
      message: 'The picture is a little small (1280 × 720), so your twin will look softer.',
      remedy: 'Set the camera to 1080p.',
      places: [],
      worstAtSeconds: null,
      measured: '720 pixels',
      limit: '1080 or more',
    },
    {
      code: 'AUDIO_MOSTLY_SILENT',
      severity: 'warn',
      message: 'Nobody is heard for 28 s of the take.',
      remedy: 'Speak all the way through, and come closer to the microphone.',
      places: [{ startSeconds: 72, endSeconds: 100 }],
      worstAtSeconds: 80,
      measured: '13 %',
      limit: '10 % or less',
    },
  ],
  measures: [
    measure('DURATION', 'Length', '3:42', '2:00 to 5:00'),
    measure('FRAME_RATE', 'Frame rate', '29.97 fps', '28 to 32 fps'),
    measure('FRAME_TIMING', 'Evenness of frames', '0.4 ms', 'under 15 ms'),
    measure('MISSING_FRAMES', 'Missing frames', '0 %', 'under 2 %'),
    measure('AUDIO_LEVEL', 'Loudest sound', '−4.2 dBFS', 'above −40 dBFS'),
    {
      code: 'SILENCE',
      group: 'sound',
      label: 'Silence',
      value: null,
      text: 'Not measured',
      limit: '10 % or less',
      state: 'unknown',
    },
  ],
  media: MEDIA,
};

/** A take's page; the parts given replace the usual ones. */
export function takeDetail(
  number: number,
  changes: { take?: Partial<Take>; detail?: Partial<TakeDetail>; orders?: OrderSummary[] } = {},
): TakeDetail {
  const listed = TAKES[number - 1] ?? (TAKES[0] as TakeSummary);
  return {
    take: {
      schemaVersion: 1,
      revision: 3,
      id: takeId(number),
      name: listed.name,
      createdAt: listed.createdAt,
      origin: 'imported',
      shot: 'head-and-shoulders',
      source: {
        file: 'source.mp4',
        storage: 'held',
        sizeBytes: MEDIA.sizeBytes,
        sha256: 'a'.repeat(64),
        originalName: 'welcome message final.mp4',
      },
      media: MEDIA,
      check: { kind: 'checked', at: ago(28), verdict: 'warn', topFinding: 'RESOLUTION_LOW' },
      preview: { kind: 'source' },
      review: NOT_REVIEWED,
      recording: null,
      ...changes.take,
    },
    state: listed.state,
    report: REPORT,
    orders: changes.orders ?? [],
    sourcePresent: true,
    hasPoster: true,
    ...changes.detail,
  };
}
