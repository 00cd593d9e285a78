import { type AppState, type CallOutput, mediaUrl, type Quote } from '../../../shared/contract.ts';
import type { Order, OrderState } from '../../../shared/domain/order.ts';
import { type Decision, NO_MENDS, NOT_REVIEWED, type Review } from '../../../shared/domain/review.ts';
import type { Take } from '../../../shared/domain/take.ts';
import { editOf } from '../../../shared/quality/edit.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { errorSentence } from '../../../shared/words/errors.ts';
import { activity } from '../../doubles/activity.ts';
import { refusal, type Scenario } from './bridge.ts';
import { makeOrder, orderDetail, orderSummary, TWINS, twinDetail } from './orders.ts';
import {
  CUT_TAKE,
  DARK_TAKE,
  GOOD_TAKE,
  LONG_TAKE,
  MENDED_TAKE,
  measurementOf,
  PORTRAIT_TAKE,
  type ReviewSketch,
  reviewDetail,
  SILENT_TAKE,
  TROUBLED_TAKE,
  USUAL_TAKE,
} from './reviews.ts';
import { STAGES } from './stages.ts';
import { ago, manyTakes, orderId, TAKES, takeDetail, takeId } from './takes.ts';

const app = (changes: Partial<AppState> = {}): AppState => ({
  version: '0.1.0',
  practising: false,
  trialRuntime: false,
  keyStorage: 'system',
  libraryDir: '/home/ana/Videos/Twin Studio',
  problems: [],
  ...changes,
});

const theme = (): Settings['theme'] => {
  const asked = new URLSearchParams(window.location.search).get('theme');
  return asked === 'light' || asked === 'dark' ? asked : 'system';
};

const settings = (changes: Partial<Settings> = {}): Settings => ({
  ...DEFAULT_SETTINGS,
  theme: theme(),
  ...changes,
});

const REAL = (): Settings =>
  settings({
    trainer: 'segmind',
    host: 's3',
    s3: {
      endpoint: 'https://s3.eu-central-1.example.com',
      region: 'eu-central-1',
      bucket: 'ana-studio',
      publicBaseUrl: 'https://videos.example.com',
    },
  });

type Secrets = CallOutput<'getSettings'>['secrets'];
const secrets = (state: Secrets['segmindApiKey']): Secrets => ({
  s3AccessKeyId: state,
  s3SecretAccessKey: state,
  segmindApiKey: state,
});

/** Everything set up for real, with three people and takes in every state. */
function real(changes: Scenario['answers'] = {}, events: Scenario['events'] = []): Scenario {
  return {
    answers: {
      getAppState: () => app(),
      getSettings: () => ({ settings: REAL(), secrets: secrets('kept') }),
      listTakes: () => ({ takes: [...TAKES], ordersOnTheirWay: 2 }),
      listTwins: () => ({ twins: [...TWINS] }),
      getTwin: () => twinDetail(),
      getTake: ({ takeId: id }) => (id === takeId(2) ? reviewDetail(OTHER_TAKE) : reviewDetail(USUAL_TAKE)),
      getObservations: ({ takeId: id }) => ({
        observations: measurementOf(id === takeId(2) ? OTHER_TAKE : USUAL_TAKE),
      }),
      saveReport: () => ({ saved: { file: 'Ana, welcome message - check.html', folder: 'Documents' } }),
      quote: () => quote(),
      publish: () => ({ orderId: orderId(1) }),
      getOrder: () => orderDetail(makeOrder({ kind: 'uploading' })),
      importFromDialog: () => ({ started: 1 }),
      chooseLibrary: () => ({ chosen: true }),
      testHost: () => ({ steps: ['write', 'public-read', 'delete'] }),
      testTrainer: () => ({ creditsUsd: 18.6 }),
      ...changes,
    },
    events,
  };
}

function practising(changes: Scenario['answers'] = {}, events: Scenario['events'] = []): Scenario {
  return real(
    {
      getAppState: () => app({ practising: true }),
      getSettings: () => ({ settings: settings(), secrets: secrets('missing') }),
      quote: () => quote({ price: { trainingUsd: 0, firstWordsUsd: 0 }, creditsUsd: null }),
      ...changes,
    },
    events,
  );
}

function quote(changes: Partial<Quote> = {}): Quote {
  return {
    price: { trainingUsd: 1.25, firstWordsUsd: 0.4 },
    creditsUsd: 18.6,
    obstacles: [],
    sameOrder: null,
    ...changes,
  };
}

const running = [
  activity({
    id: 'a1',
    kind: 'upload',
    takeId: takeId(9),
    orderId: orderId(5),
    progress: 0.62,
    doneBytes: 141e6,
    totalBytes: 227e6,
    bytesPerSecond: 4.1e6,
    secondsLeft: 21,
  }),
  activity({ id: 'a2', kind: 'check', takeId: takeId(10), progress: 0.34, secondsLeft: 12 }),
];
const importing = [
  activity({
    id: 'i1',
    kind: 'import',
    label: 'interview with the whole team, camera B, afternoon.mov',
    progress: 0.4,
    doneBytes: 1.3e9,
    totalBytes: 3.2e9,
  }),
  activity({ id: 'i2', kind: 'import', label: 'IMG_2231.MOV' }),
];

/** Another try of the same person, without the weak spots. */
const OTHER_TAKE: ReviewSketch = { ...GOOD_TAKE, number: 2, decision: 'accepted' };

/** A take that is looked over. */
function reviewed(
  sketch: ReviewSketch,
  changes: Scenario['answers'] = {},
  events: Scenario['events'] = [],
): Scenario {
  return real(
    {
      getTake: () => reviewDetail(sketch),
      getObservations: () => ({ observations: measurementOf(sketch) }),
      ...changes,
    },
    events,
  );
}

/** A take that was recorded here, until its camera went away. */
function recorded(
  microphone: NonNullable<Take['recording']>['setup']['microphone'],
  changes: Scenario['answers'] = {},
): Scenario {
  return real({
    getTake: () =>
      takeDetail(4, {
        take: {
          origin: 'recorded',
          check: { kind: 'checked', at: ago(1), verdict: 'pass', topFinding: null },
          recording: {
            setup: {
              recorder: 'webcodecs',
              container: 'mp4',
              camera: { label: 'Brio 500', width: 1920, height: 1080, frameRate: 30 },
              microphone,
              video: { codec: 'avc1.640028', bitRate: 10_000_000, frameRate: 30 },
              audio: { codec: 'opus', bitRate: 160_000 },
            },
            end: 'camera-lost',
            counts: {
              seconds: 148,
              delivered: 4440,
              written: 4437,
              dropped: 3,
              repeated: 0,
              soundOffsetMs: 4,
            },
            samplesWhole: true,
          },
        },
        detail: { report: reviewDetail(GOOD_TAKE).report },
      }),
    getObservations: () => ({ observations: measurementOf(GOOD_TAKE) }),
    ...changes,
  });
}

const BUILT_IN = {
  label: 'Default – Monitor of Built-in Audio Analog Stereo',
  processing: {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    sampleRate: 48_000,
    channelCount: 1,
  },
};

/** One order in a state, with what is going on. */
function order(
  state: OrderState,
  changes: Partial<Order> = {},
  more: { error?: Parameters<typeof orderDetail>[1]; work?: Parameters<typeof activity>[0] } = {},
): Scenario {
  const made = makeOrder(state, changes);
  return real(
    { getOrder: () => orderDetail(made, more.error ?? null) },
    more.work
      ? [['activities', { activities: [activity({ takeId: takeId(1), orderId: made.id, ...more.work })] }]]
      : [],
  );
}

const LOST: Order['spending'] = [
  { what: 'training', request: 1, usd: 1.25, at: ago(12), certainty: 'possible' },
];

const systemOf = (stage: string): CallOutput<'getMediaAccess'>['platform'] =>
  stage.endsWith('macos') ? 'macos' : stage.endsWith('linux') ? 'linux' : 'windows';

/** The stage in each of its situations; which one is shown follows from the scenario's name. */
const stages = Object.fromEntries(
  Object.keys(STAGES).map((stage) => [
    `stage-${stage}`,
    () =>
      practising({
        getMediaAccess: () => ({
          platform: systemOf(window.stage?.situation() ?? stage),
          camera: 'unknown',
          microphone: 'unknown',
        }),
      }),
  ]),
);

const busy = (stays = false): Scenario =>
  real(
    {
      getAppState: () =>
        app({
          problems: [
            { message: errorSentence('RECORD_BROKEN', { file: 'takes/tk_0aa/take.json' }) },
            { message: errorSentence('RECORD_BROKEN', { file: 'orders/or_11/order.json' }) },
          ],
        }),
    },
    [
      ['activities', { activities: [...running, ...importing] }],
      [
        'notice',
        {
          id: 'n1',
          tone: 'pass',
          message: '“Ana, grey wall” is usable. Its twin has said its first words.',
          takeId: takeId(12),
          stays,
        },
      ],
      [
        'notice',
        {
          id: 'n2',
          tone: 'fail',
          message: errorSentence('FILE_NOT_MEDIA', { file: 'notes.pdf' }),
          takeId: null,
        },
      ],
    ],
  );

/** Every situation the window is looked at in. */
export const SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  ...stages,
  empty: () =>
    practising({ listTakes: () => ({ takes: [], ordersOnTheirWay: 0 }), listTwins: () => ({ twins: [] }) }),
  full: () => practising({}, [['activities', { activities: running }]]),
  busy: () => busy(),
  /** Whose notice of what went well stays, as one of a usable look does while nobody is at the computer. */
  'busy-staying': () => busy(true),
  trial: () =>
    practising({ getAppState: () => app({ practising: true, trialRuntime: true, keyStorage: 'session' }) }),
  many: () => real({ listTakes: () => ({ takes: manyTakes(10_000), ordersOnTheirWay: 1200 }) }),
  loading: () => real({ listTakes: () => 'never', getTake: () => 'never' }),
  unreadable: () =>
    real({
      listTakes: () => refusal('LIBRARY_UNREADABLE', { folder: '/media/disk/Twin Studio' }),
      getTake: () => refusal('TAKE_NOT_FOUND'),
    }),

  take: () =>
    reviewed({
      ...USUAL_TAKE,
      trim: { startSeconds: 2, endSeconds: 214 },
      changes: {
        orders: [
          orderSummary(makeOrder({ kind: 'training', since: ago(9) })),
          orderSummary(
            makeOrder(
              { kind: 'unconfirmed', request: 1, since: ago(50) },
              { id: orderId(2), spending: LOST },
            ),
          ),
        ],
      },
    }),
  'take-good': () => reviewed({ ...GOOD_TAKE, number: 2 }),
  'take-refused': () => reviewed({ seconds: 12, seed: 4, number: 3 }),
  'take-troubled': () => reviewed(TROUBLED_TAKE),
  'take-cut': () => reviewed(CUT_TAKE),
  'take-long': () => reviewed(LONG_TAKE),
  'take-portrait': () => reviewed(PORTRAIT_TAKE),
  'take-silent': () => reviewed(SILENT_TAKE),
  'take-accepted': () => reviewed({ ...GOOD_TAKE, decision: 'accepted' }),
  'take-rejected': () => {
    let decision: Decision = {
      kind: 'rejected',
      note: 'The blinds were open: the light changes at 1:12. Once more tomorrow morning.',
      at: ago(6),
    };
    return reviewed(USUAL_TAKE, {
      getTake: () =>
        reviewDetail({ ...USUAL_TAKE, changes: { take: { review: { ...NOT_REVIEWED, decision } } } }),
      decideTake: ({ kind, note }) => {
        decision = { kind, note, at: kind === 'open' ? null : ago(0) };
        return {};
      },
    });
  },
  'take-not-checked': () =>
    reviewed(
      {
        ...GOOD_TAKE,
        changes: { take: { check: { kind: 'waiting' } }, detail: { report: null } },
      },
      { getObservations: () => ({ observations: null }) },
    ),
  'take-provisional': () =>
    reviewed(
      {
        ...USUAL_TAKE,
        source: 'stage',
        changes: {
          take: { origin: 'recorded', check: { kind: 'checking', since: ago(0), checkedAt: null } },
        },
      },
      {},
      [
        [
          'activities',
          {
            activities: [
              activity({ id: 'c', kind: 'check', takeId: takeId(1), progress: 0.34, secondsLeft: 12 }),
            ],
          },
        ],
      ],
    ),
  /** What is chosen is kept, as the engine keeps it; the bars were chosen once, and there are none. */
  'take-mended': () => {
    let review: Review = { ...NOT_REVIEWED, mends: { ...NO_MENDS, letterbox: true } };
    return reviewed(LONG_TAKE, {
      getTake: () => reviewDetail({ ...LONG_TAKE, changes: { take: { review } } }),
      setTrim: ({ trim }) => {
        review = { ...review, trim };
        return {};
      },
      setMends: ({ mends }) => {
        review = { ...review, mends };
        return {};
      },
      previewMends: ({ takeId: id, atSeconds }) => ({
        plain: mediaUrl.mendsPreview(id, 1, 'plain'),
        mended: mediaUrl.mendsPreview(id, 1, 'mended'),
        startSeconds: atSeconds,
        seconds: 8,
      }),
    });
  },
  'take-disk-full': () => reviewed(LONG_TAKE, { setTrim: () => refusal('DISK_FULL') }),
  'take-measured-anew': () => {
    let at = ago(28);
    const check = () => ({ kind: 'checked', at, verdict: 'pass', topFinding: null }) as const;
    return reviewed(GOOD_TAKE, {
      getTake: () => reviewDetail({ ...GOOD_TAKE, changes: { take: { check: check() } } }),
      checkTake: () => {
        at = ago(0);
        return {};
      },
    });
  },
  /** Just recorded: its first report comes when it is asked to be checked. */
  'take-first-report': () => {
    let isJudged = false;
    return reviewed(
      { ...GOOD_TAKE, source: 'stage' },
      {
        getTake: () =>
          reviewDetail({
            ...GOOD_TAKE,
            source: 'stage',
            changes: {
              take: { origin: 'recorded', check: { kind: 'waiting' } },
              ...(isJudged ? {} : { detail: { report: null } }),
            },
          }),
        checkTake: () => {
          isJudged = true;
          return {};
        },
      },
    );
  },
  'compare-choose': () => real(),
  compare: () => real(),
  'compare-only': () => real({ listTakes: () => ({ takes: TAKES.slice(0, 2), ordersOnTheirWay: 0 }) }),
  'compare-none': () => real({ listTakes: () => ({ takes: TAKES.slice(0, 1), ordersOnTheirWay: 0 }) }),
  /** The left one waits for its check, and was trimmed already; the right one is known from the stage alone. */
  'compare-unchecked': () => {
    const { take, ...unchecked } = takeDetail(1, {
      take: { check: { kind: 'waiting' } },
      detail: { report: null },
    });
    const other = reviewDetail(OTHER_TAKE);
    return real({
      getTake: ({ takeId: id }) =>
        id === takeId(2)
          ? { ...other, report: other.report && { ...other.report, depth: 'provisional' } }
          : {
              ...unchecked,
              take: {
                ...take,
                review: { ...take.review, trim: { startSeconds: 20, endSeconds: 200, exact: false } },
              },
            },
      getObservations: () => ({ observations: null }),
    });
  },
  /** The left one is being checked again, and comes at other frames than its rate has them. */
  'compare-unfinished': () => {
    const measured = measurementOf(USUAL_TAKE);
    return real({
      getTake: ({ takeId: id }) =>
        id === takeId(2)
          ? reviewDetail(OTHER_TAKE)
          : reviewDetail({ ...USUAL_TAKE, changes: { take: { check: { kind: 'waiting' } } } }),
      getObservations: () => ({
        observations: { ...measured, frameTimes: { intervals: [[2500, 800]], keyFrames: [0] } },
      }),
    });
  },
  'take-checking': () =>
    real(
      {
        getTake: () =>
          takeDetail(10, {
            take: {
              check: { kind: 'checking', since: ago(1), checkedAt: null },
              preview: { kind: 'needed' },
            },
            detail: { report: null, hasPoster: false },
          }),
        getObservations: () => ({ observations: null }),
      },
      [
        [
          'activities',
          {
            activities: [
              activity({ id: 'c', kind: 'check', takeId: takeId(10), progress: 0.34, secondsLeft: 12 }),
              activity({ id: 'p', kind: 'preview', takeId: takeId(10), progress: 0.12, secondsLeft: 95 }),
            ],
          },
        ],
      ],
    ),
  'take-imported': () =>
    real(
      {
        getTake: () =>
          takeDetail(10, {
            take: { check: { kind: 'waiting' }, preview: { kind: 'needed' } },
            detail: { report: null },
          }),
        getObservations: () => ({ observations: null }),
      },
      [
        [
          'activities',
          { activities: [activity({ id: 'c', kind: 'check', takeId: takeId(10), progress: null })] },
        ],
      ],
    ),
  /** What it is that is imported is known once all of it was read. */
  'take-importing': () => {
    const reading = activity({ id: 'i', kind: 'import', takeId: null, progress: 1 });
    return real(
      {
        getTake: () => takeDetail(10, { take: { check: { kind: 'waiting' } }, detail: { report: null } }),
        getObservations: () => ({ observations: null }),
      },
      [
        ['activities', { activities: [reading] }],
        ['activities', { activities: [{ ...reading, takeId: takeId(10) }] }],
      ],
    );
  },
  'take-recorded': () => recorded(BUILT_IN),
  'take-recorded-silent': () =>
    recorded(null, {
      getSettings: () => ({
        settings: settings({
          stage: { ...DEFAULT_SETTINGS.stage, microphone: { id: 'yeti', label: 'Yeti' } },
        }),
        secrets: secrets('missing'),
      }),
    }),
  'take-recorded-disk-full': () => recorded(BUILT_IN, { saveSettings: () => refusal('DISK_FULL') }),
  'take-check-failed': () =>
    real({
      getTake: () =>
        takeDetail(8, {
          take: {
            media: null,
            check: {
              kind: 'failed',
              at: ago(3),
              error: {
                code: 'FILE_TRUNCATED',
                message: errorSentence('FILE_TRUNCATED', { file: 'GX010042.MP4' }),
              },
            },
            preview: {
              kind: 'failed',
              error: { code: 'FFMPEG_FAILED', message: errorSentence('FFMPEG_FAILED', { step: 'preview' }) },
            },
          },
          detail: { report: null, hasPoster: false },
        }),
      getObservations: () => ({ observations: null }),
    }),
  'take-source-missing': () =>
    reviewed({
      ...USUAL_TAKE,
      changes: {
        take: {
          source: {
            file: '/media/card/DCIM/C0042.MP4',
            storage: 'referenced',
            sizeBytes: 3.2e9,
            sha256: 'a'.repeat(64),
            originalName: 'C0042.MP4',
          },
        },
        detail: { sourcePresent: false },
      },
    }),

  publish: () => real(),
  'publish-practice': () => practising(),
  'publish-mended': () => reviewed(MENDED_TAKE),
  'publish-obstacles': () =>
    real({
      getSettings: () => ({
        settings: { ...REAL(), s3: DEFAULT_SETTINGS.s3 },
        secrets: secrets('missing'),
      }),
      quote: () =>
        quote({
          price: { trainingUsd: 0, firstWordsUsd: 0 },
          creditsUsd: null,
          obstacles: [refusal('TRAINER_NOT_CONFIGURED'), refusal('HOST_NOT_CONFIGURED')],
        }),
    }),
  'publish-same': () =>
    real({
      quote: () => quote({ sameOrder: orderId(1) }),
      getOrder: () => orderDetail(makeOrder({ kind: 'cancelled', at: ago(5), stage: 'upload' })),
    }),
  'publish-price-changed': () => real({ publish: () => refusal('PRICE_CHANGED', { usd: '1.90' }) }),

  'order-queued': () => order({ kind: 'queued' }),
  'order-preparing': () =>
    order({ kind: 'preparing' }, {}, { work: { id: 'w', kind: 'prepare', progress: 0.3, secondsLeft: 140 } }),
  'order-uploading': () =>
    order(
      { kind: 'uploading' },
      {},
      {
        work: {
          id: 'w',
          kind: 'upload',
          progress: 0.62,
          doneBytes: 141e6,
          totalBytes: 227e6,
          bytesPerSecond: 4.1e6,
          secondsLeft: 21,
        },
      },
    ),
  'order-training': () => order({ kind: 'training', since: ago(9) }),
  /** All of its take is kept since, as it is, and upright: the order is for what was chosen before. */
  'order-mended': () => {
    const edit = editOf(measurementOf(DARK_TAKE), {
      trim: { startSeconds: 2, endSeconds: 37, exact: false },
      mends: { loudness: true, noise: true, letterbox: true, exposure: true, turn: 180 },
    });
    const made = makeOrder({ kind: 'training', since: ago(9) }, { edit });
    return reviewed(DARK_TAKE, { getOrder: () => orderDetail(made) });
  },
  'order-unconfirmed': () =>
    order(
      { kind: 'unconfirmed', request: 1, since: ago(12) },
      { spending: LOST },
      { error: refusal('ORDER_UNCONFIRMED') },
    ),
  'order-first-words-unconfirmed': () =>
    order(
      { kind: 'training', since: ago(30) },
      { firstWords: { kind: 'unconfirmed', request: 1, since: ago(3) } },
      { error: refusal('FIRST_WORDS_UNCONFIRMED') },
    ),
  'order-stalled': () =>
    order({ kind: 'stalled', since: ago(1500) }, {}, { error: refusal('ORDER_STALLED') }),
  'order-failed': () =>
    order(
      {
        kind: 'failed',
        at: ago(4),
        stage: 'verify',
        error: { code: 'HOST_PRIVATE', message: errorSentence('HOST_PRIVATE') },
        paid: false,
      },
      {},
      { error: refusal('HOST_PRIVATE') },
    ),
  'order-failed-paid': () =>
    order(
      {
        kind: 'failed',
        at: ago(4),
        stage: 'first-words',
        error: { code: 'TRAINER_REFUSED_FOOTAGE', message: errorSentence('TRAINER_REFUSED_FOOTAGE') },
        paid: true,
      },
      { spending: [{ what: 'training', request: 1, usd: 1.25, at: ago(9), certainty: 'charged' }] },
      { error: refusal('TRAINER_REFUSED_FOOTAGE') },
    ),
  'order-cancelled': () => order({ kind: 'cancelled', at: ago(3), stage: 'upload' }),
  'order-ready': () =>
    order(
      { kind: 'ready', at: ago(2) },
      {
        firstWords: { kind: 'ready', file: 'first-words.mp4', at: ago(2) },
        spending: [
          { what: 'training', request: 1, usd: 1.25, at: ago(9), certainty: 'charged' },
          { what: 'first-words', request: 1, usd: 0.3, at: ago(2), certainty: 'charged' },
        ],
      },
    ),

  /** Takes that lay on their side, and were turned. */
  turned: () =>
    real({
      listTakes: () => ({
        takes: TAKES.slice(0, 3).map((take, index) => ({
          ...take,
          turn: ([90, 180, 270] as const)[index] ?? 0,
        })),
        ordersOnTheirWay: 0,
      }),
      listTwins: () => ({ twins: TWINS.map((twin) => ({ ...twin, turn: 90 as const })) }),
      getTwin: () => ({
        ...twinDetail(),
        takes: { [takeId(1)]: { name: 'Ana, welcome message', turn: 90 } },
      }),
      getTake: () => reviewDetail({ ...USUAL_TAKE, mends: { turn: 90 } }),
    }),
  twins: () => real(),
  'twins-empty': () => practising({ listTwins: () => ({ twins: [] }) }),
  settings: () =>
    real({
      getAppState: () => app({ keyStorage: 'session' }),
      getSettings: () => ({ settings: REAL(), secrets: secrets('session') }),
    }),
  'settings-practice': () => practising(),
  'settings-test-fails': () =>
    real({
      testHost: () => refusal('HOST_PRIVATE'),
      testTrainer: () => refusal('TRAINER_KEY_WRONG'),
      saveSettings: () => refusal('SETTINGS_INVALID', { field: 'bucket' }),
    }),
};
