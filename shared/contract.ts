import { z } from 'zod';
import type { CallName, EventName } from './callNames.ts';
import { type Mended, NOTHING_MENDED, pictureMendsName } from './domain/edit.ts';
import { OrderIdSchema, TakeIdSchema, TwinIdSchema } from './domain/ids.ts';
import { OrderSchema, PriceSchema, TwinChoiceSchema } from './domain/order.ts';
import { ReportSchema, ShotSchema } from './domain/report.ts';
import { DecisionSchema, MendsSchema, TrimSchema } from './domain/review.ts';
import {
  OrderSummarySchema,
  TakeStateSchema,
  TakeSummarySchema,
  TwinSummarySchema,
} from './domain/summary.ts';
import { TakeSchema } from './domain/take.ts';
import { HostKindSchema, TrainerKindSchema, TwinSchema } from './domain/twin.ts';
import { ObservationsSchema } from './quality/observations.ts';
import { RecordingEndSchema, RecordingIdSchema, RecordingSetupSchema } from './recording/recording.ts';
import { SecretNameSchema, SettingsSchema } from './settings.ts';

/** An error as the window gets it: the catalogue's code and its finished sentence. */
export const ErrorDataSchema = z.object({
  code: z.string(),
  message: z.string(),
  retry: z.enum(['never', 'auto', 'user']),
});
export type ErrorData = z.infer<typeof ErrorDataSchema>;

/** Work that takes longer than a second, while it runs. Never written to disk. */
export const ActivitySchema = z.object({
  id: z.string(),
  kind: z.enum([
    'import',
    'check',
    'preview',
    'mends',
    'report',
    'prepare',
    'upload',
    'verify',
    'train',
    'first-words',
  ]),
  takeId: TakeIdSchema.nullable(),
  orderId: OrderIdSchema.nullable(),
  /** What it works on, for people (a file's or a take's name). */
  label: z.string(),
  /** 0 to 1, null while it cannot be told. */
  progress: z.number().min(0).max(1).nullable(),
  doneBytes: z.number().nonnegative().nullable(),
  totalBytes: z.number().nonnegative().nullable(),
  bytesPerSecond: z.number().nonnegative().nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  cancellable: z.boolean(),
  /** It stands still while a take is recorded, and goes on by itself. */
  waitsFor: z.literal('recording').nullable(),
});
export type Activity = z.infer<typeof ActivitySchema>;

/** A sentence that appears by itself: an import that ended, a look that became usable. */
export const NoticeSchema = z.object({
  id: z.string(),
  tone: z.enum(['pass', 'info', 'warn', 'fail']),
  message: z.string(),
  takeId: TakeIdSchema.nullable(),
  /** Until somebody puts it away or follows it, instead of for some seconds. */
  stays: z.boolean().optional(),
});
export type Notice = z.infer<typeof NoticeSchema>;

const AppStateSchema = z.object({
  version: z.string(),
  /** True while host and trainer are both practice: nothing leaves this computer, nothing is paid. */
  practising: z.boolean(),
  /** True in the trial runtime, which can only practise and keeps no keys. */
  trialRuntime: z.boolean(),
  /** Where keys live: kept by the system, or only until the program closes. */
  keyStorage: z.enum(['system', 'session']),
  libraryDir: z.string(),
  /** Records that could not be read and were set aside. */
  problems: z.array(z.object({ message: z.string() })),
});
export type AppState = z.infer<typeof AppStateSchema>;

const TakeDetailSchema = z.object({
  take: TakeSchema,
  state: TakeStateSchema,
  report: ReportSchema.nullable(),
  orders: z.array(OrderSummarySchema),
  /** False when a referenced source went missing. */
  sourcePresent: z.boolean(),
  hasPoster: z.boolean(),
});
export type TakeDetail = z.infer<typeof TakeDetailSchema>;

const OrderDetailSchema = z.object({
  order: OrderSchema,
  twinName: z.string(),
  /** Present while the state needs a person or has failed. */
  error: ErrorDataSchema.nullable(),
  chargedUsd: z.number(),
  possibleUsd: z.number(),
  /** Whether the master's streams were copied or converted, once prepared. */
  prepared: z
    .object({ videoCopied: z.boolean(), audioCopied: z.boolean(), sizeBytes: z.number() })
    .nullable(),
});
export type OrderDetail = z.infer<typeof OrderDetailSchema>;

const TwinDetailSchema = z.object({
  twin: TwinSchema,
  chargedUsd: z.number(),
  possibleUsd: z.number(),
  orders: z.array(OrderSummarySchema),
  consents: z.array(OrderSchema.shape.consent),
  /** Of the looks, by id; one that has left the library is missing. */
  takes: z.record(z.string(), TakeSummarySchema.pick({ name: true, turn: true })),
});
export type TwinDetail = z.infer<typeof TwinDetailSchema>;

const QuoteInputSchema = z.strictObject({
  takeId: TakeIdSchema,
  host: HostKindSchema,
  trainer: TrainerKindSchema,
  twin: TwinChoiceSchema,
  lookName: z.string().max(200),
});

/** What an order would cost and what stands in its way, before anything is done. */
const QuoteSchema = z.object({
  price: PriceSchema,
  /** US dollars left at the trainer; null when it was not asked or does not say. */
  creditsUsd: z.number().nullable(),
  /** Why it cannot be ordered; empty when it can. */
  obstacles: z.array(ErrorDataSchema),
  /** The same order exists already; publishing goes on with it instead of paying again. */
  sameOrder: OrderIdSchema.nullable(),
});
export type Quote = z.infer<typeof QuoteSchema>;

/** How a consent is given in the window. */
const ConsentInputSchema = z.object({
  by: z.string().min(1).max(200),
  wording: z.string().min(1).max(2000),
  /** Page to which the trainer sends the person; null when confirmed here. */
  url: z.url({ protocol: /^https?$/ }).nullable(),
});

/** `restricted`: a policy forbids it, and no person can change that here. */
const MediaAccessSchema = z.enum(['granted', 'denied', 'restricted', 'not-asked', 'unknown']);

const none = z.strictObject({});
const done = z.object({});

/**
 * Every call the window can make. The main process parses the input strictly and answers with a `Result`.
 * The window sends ids, never paths.
 */
export const CALLS = {
  getAppState: { input: none, output: AppStateSchema },
  listTakes: {
    input: none,
    output: z.object({
      takes: z.array(TakeSummarySchema),
      /** Those that go on by themselves, also of takes that are in the bin. */
      ordersOnTheirWay: z.number().int().nonnegative(),
    }),
  },
  getTake: { input: z.strictObject({ takeId: TakeIdSchema }), output: TakeDetailSchema },
  /** Opens the system's dialog; imports go on as activities. */
  importFromDialog: { input: none, output: z.object({ started: z.number().int() }) },
  renameTake: {
    input: z.strictObject({ takeId: TakeIdSchema, name: z.string().trim().min(1).max(200) }),
    output: done,
  },
  setShot: { input: z.strictObject({ takeId: TakeIdSchema, shot: ShotSchema }), output: done },
  checkTake: { input: z.strictObject({ takeId: TakeIdSchema }), output: done },
  /** Of a take that was checked where nobody plays it, or whose preview was stopped. */
  makePreview: { input: z.strictObject({ takeId: TakeIdSchema }), output: done },
  /** What was measured of a take, for its timeline and for judging a part of it; null until there is any. */
  getObservations: {
    input: z.strictObject({ takeId: TakeIdSchema }),
    output: z.object({ observations: ObservationsSchema.nullable() }),
  },
  /** Keeps one part of the take; null keeps all of it. The report is made again for that part. */
  setTrim: { input: z.strictObject({ takeId: TakeIdSchema, trim: TrimSchema.nullable() }), output: done },
  setMends: { input: z.strictObject({ takeId: TakeIdSchema, mends: MendsSchema }), output: done },
  /**
   * Makes some seconds of the take with these mends and without, and answers when both can be played. A new one ends
   * the one that is being made.
   */
  previewMends: {
    input: z.strictObject({ takeId: TakeIdSchema, mends: MendsSchema, atSeconds: z.number().nonnegative() }),
    output: z.object({
      /** Addresses of both, as long as each other. */
      plain: z.string(),
      mended: z.string(),
      /** Where in the take they begin, and how long they are. */
      startSeconds: z.number().nonnegative(),
      seconds: z.number().positive(),
    }),
  },
  decideTake: {
    input: z.strictObject({
      takeId: TakeIdSchema,
      kind: DecisionSchema.shape.kind,
      note: DecisionSchema.shape.note,
    }),
    output: done,
  },
  /**
   * Opens the system's dialog, and writes the report there as one page for sending on. Its pictures are taken first, as
   * an activity. Not saved: the dialog was closed.
   */
  saveReport: {
    input: z.strictObject({ takeId: TakeIdSchema }),
    /** The names of the file and of its folder; null when nothing was chosen. */
    output: z.object({ saved: z.object({ file: z.string(), folder: z.string() }).nullable() }),
  },
  /** Moves the take's folder to the system's bin. Asked about in the window first. */
  deleteTake: { input: z.strictObject({ takeId: TakeIdSchema }), output: done },
  showTakeInFolder: { input: z.strictObject({ takeId: TakeIdSchema }), output: done },

  /** Room on the library's disk for a recording of so many bits a second, picture and sound together. */
  getRecordingRoom: {
    input: z.strictObject({ bitRate: z.number().int().positive() }),
    output: z.object({
      freeBytes: z.number().nonnegative(),
      /** With less than this `startRecording` refuses. */
      neededBytes: z.number().nonnegative(),
      /** Seconds that fit before the take would be stopped. */
    }),
  },
  /**
   * Begins a recording: makes its folder, keeps the computer awake, and holds back everything else of ours. The
   * message port for its bytes follows by itself (see `shared/recording/port.ts`), named by the id.
   */
  startRecording: {
    input: z.strictObject({ shot: ShotSchema, setup: RecordingSetupSchema }),
    output: z.object({ recordingId: RecordingIdSchema }),
  },
  /** Ends it once all fragments are stored, and makes it a take. A recording without a whole second is discarded. */
  finishRecording: {
    input: z.strictObject({ recordingId: RecordingIdSchema, end: RecordingEndSchema }),
    output: z.object({ takeId: TakeIdSchema }),
  },
  /** What the system lets us see and hear. `unknown` where the system does not say. */
  getMediaAccess: {
    input: none,
    output: z.object({
      platform: z.enum(['macos', 'windows', 'linux']),
      camera: MediaAccessSchema,
      microphone: MediaAccessSchema,
    }),
  },
  /** Where the system asks by itself only once (macOS): asks for camera and microphone, and answers when answered. */
  askMediaAccess: {
    input: z.strictObject({ which: z.enum(['camera', 'microphone']) }),
    output: z.object({ granted: z.boolean() }),
  },
  /** Opens the system's own page about cameras or microphones. */
  openMediaSettings: { input: z.strictObject({ which: z.enum(['camera', 'microphone']) }), output: done },
  /** The system's dialog for a text file; the page gets its text, not its path. */
  openScript: { input: none, output: z.object({ name: z.string(), text: z.string().max(200_000) }) },

  listActivities: { input: none, output: z.object({ activities: z.array(ActivitySchema) }) },
  cancelActivity: { input: z.strictObject({ activityId: z.string() }), output: done },

  quote: { input: QuoteInputSchema, output: QuoteSchema },
  publish: {
    input: QuoteInputSchema.extend({
      lookName: z.string().trim().min(1).max(200),
      consent: ConsentInputSchema,
      /** The price on the button that was pressed; refused when it is no longer the price. */
      confirmedPrice: PriceSchema,
    }),
    output: z.object({ orderId: OrderIdSchema }),
  },
  getOrder: { input: z.strictObject({ orderId: OrderIdSchema }), output: OrderDetailSchema },
  cancelOrder: { input: z.strictObject({ orderId: OrderIdSchema }), output: done },
  resumeOrder: { input: z.strictObject({ orderId: OrderIdSchema }), output: done },
  /** A person's answer to an unconfirmed or stalled order. */
  resolveOrder: {
    input: z.strictObject({
      orderId: OrderIdSchema,
      answer: z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('found'),
          avatarId: z.string().trim().min(1).max(200),
          avatarGroupId: z.string().trim().min(1).max(200),
        }),
        z.object({ kind: z.literal('order-again') }),
        z.object({ kind: z.literal('accept-usable') }),
        z.object({ kind: z.literal('ask-first-words-again') }),
        z.object({ kind: z.literal('go-on-watching') }),
      ]),
    }),
    output: done,
  },
  /** Removes the master and the voice sample from the host. */
  removeHosted: { input: z.strictObject({ orderId: OrderIdSchema }), output: done },

  listTwins: { input: none, output: z.object({ twins: z.array(TwinSummarySchema) }) },
  getTwin: { input: z.strictObject({ twinId: TwinIdSchema }), output: TwinDetailSchema },
  openDashboard: { input: none, output: done },
  copyText: { input: z.strictObject({ text: z.string().max(500) }), output: done },

  getSettings: {
    input: none,
    output: z.object({
      settings: SettingsSchema,
      secrets: z.record(SecretNameSchema, z.enum(['kept', 'session', 'environment', 'missing'])),
    }),
  },
  saveSettings: { input: SettingsSchema.partial().strict(), output: done },
  /** The empty string removes the key. The value is never sent back. */
  setSecret: { input: z.strictObject({ name: SecretNameSchema, value: z.string().max(500) }), output: done },
  chooseLibrary: { input: none, output: z.object({ chosen: z.boolean() }) },
  testHost: {
    input: z.strictObject({ host: HostKindSchema }),
    output: z.object({ steps: z.array(z.enum(['write', 'public-read', 'delete'])) }),
  },
  testTrainer: {
    input: z.strictObject({ trainer: TrainerKindSchema }),
    output: z.object({ creditsUsd: z.number().nullable() }),
  },
} as const satisfies Record<CallName, { input: z.ZodObject; output: z.ZodObject }>;

export type CallInput<N extends CallName> = z.input<(typeof CALLS)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof CALLS)[N]['output']>;

/** The answer to every call. Cancellation is not an error. */
export type Result<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'error'; readonly error: ErrorData };

/** What the main process tells the window by itself. */
export const EVENTS = {
  /** Something in the library changed: lists and open pages ask again. */
  libraryChanged: z.object({}),
  /** All activities, whenever one moves; at most four times a second. */
  activities: z.object({ activities: z.array(ActivitySchema) }),
  notice: NoticeSchema,
  /** A notification was clicked: show this take. */
  showTake: z.object({ takeId: TakeIdSchema }),
  /** The program's menu asks for the list of keys. */
  showKeys: z.object({}),
  settingsChanged: z.object({}),
} as const satisfies Record<EventName, z.ZodObject>;

export type EventPayload<N extends EventName> = z.output<(typeof EVENTS)[N]>;

/** What the preload script puts on `window.studio`: named functions only. */
export type StudioBridge = {
  readonly [N in CallName]: (input: CallInput<N>) => Promise<Result<CallOutput<N>>>;
} & {
  /** Subscribes; returns the function that ends the subscription. */
  readonly on: <N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) => () => void;
};

/** Addresses of the library's media for the window. The protocol serves nothing else. */
export const mediaUrl = {
  player: (takeId: string) => `studio-media://library/take/${takeId}/player`,
  poster: (takeId: string) => `studio-media://library/take/${takeId}/poster`,
  /**
   * A picture of the moment at which a finding of the take's report is worst: `worstAtSeconds` in whole milliseconds, and
   * how the report's picture is mended.
   */
  moment: (takeId: string, atMs: number, mended: Mended = NOTHING_MENDED) =>
    `studio-media://library/take/${[takeId, 'moment', atMs, ...pictureMendsName(mended)].join('/')}`,
  /** One of a pair that `previewMends` has made. */
  mendsPreview: (takeId: string, number: number, side: 'plain' | 'mended') =>
    `studio-media://library/take/${takeId}/mends-${side}/${number}`,
  firstWords: (orderId: string) => `studio-media://library/order/${orderId}/first-words`,
} as const;
