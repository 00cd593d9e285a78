import type { TakeId } from '../../shared/domain/ids.ts';
import type { Consent } from '../../shared/domain/order.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { SECRET_NAMES } from '../../shared/settings.ts';
import type { BackgroundWork } from './backgroundWork.ts';
import { cancelOrder, decideOrder, resumeOrder } from './decideOrder.ts';
import type { Engine, StudioOptions } from './engine.ts';
import type { HeldNotices } from './heldNotices.ts';
import { judgeAgain } from './keepReport.ts';
import type { MendsPreviews } from './mendsPreviews.ts';
import { publish, requireOrderable } from './publish.ts';
import { roomToRecord } from './recordingRoom.ts';
import type { Recordings } from './recordings.ts';
import { removeHosted } from './removeHosted.ts';
import type { Studio } from './studio.ts';
import { describeOrder, describeTake, describeTwin, errorData, listTakes, listTwins } from './views.ts';

/** Longest a connection test or a question for credits may take, milliseconds. */
const TEST_MS = 60_000;
const CREDITS_MS = 5_000;

/** The contract's calls over the verbs of the engine. */
export function studioCalls(
  engine: Engine,
  options: StudioOptions,
  parts: {
    readonly background: BackgroundWork;
    readonly recordings: Recordings;
    readonly notices: HeldNotices;
    readonly mends: MendsPreviews;
  },
): Studio['calls'] {
  const { context } = engine;
  const { library } = context;
  const { background, recordings, notices, mends } = parts;
  const { settings, secrets } = options;
  const changed = () => engine.emit('libraryChanged', {});
  const settingsChanged = () => engine.emit('settingsChanged', {});
  /** Nothing is ordered on what was measured for another choice. */
  /**
   * After somebody has chosen otherwise: by what was measured, or measured anew where that is not enough.
   * @param asksForMore more has to be looked at than before: then also a check is begun that was stopped or has failed
   */
  const judgeOrCheck = async (takeId: TakeId, asksForMore: boolean) => {
    if (await judgeAgain(context, takeId)) return;
    const { check } = await library.takes.read(takeId);
    // One that is under way looks in the end at what is chosen then.
    const isUnderWay = context.activities.isUnderWay('check', takeId);
    if (isUnderWay || check.kind === 'checking' || !(asksForMore || check.kind === 'checked')) return;
    await library.takes.update(takeId, (take) =>
      take.check.kind === 'checking' ? null : { ...take, check: { kind: 'waiting' } },
    );
    background.check(takeId);
  };

  return {
    async getAppState() {
      const { host, trainer } = settings.get();
      return {
        version: options.version,
        practising: options.trialRuntime || (host === 'practice' && trainer === 'practice'),
        trialRuntime: options.trialRuntime,
        keyStorage: secrets.storage,
        libraryDir: options.libraryDir,
        problems: library.problems().map((problem) => ({ message: errorData(problem).message })),
      };
    },
    listTakes: async () => listTakes(library),
    getTake: ({ takeId }) => describeTake(library, takeId),
    async renameTake({ takeId, name }) {
      await library.takes.update(takeId, (take) => ({ ...take, name }));
      changed();
      return {};
    },
    async setShot({ takeId, shot }) {
      const before = await library.takes.read(takeId);
      if (before.shot === shot) return {};
      await library.takes.update(takeId, (take) => ({ ...take, shot }));
      await judgeOrCheck(takeId, true);
      changed();
      return {};
    },
    async checkTake({ takeId }) {
      await library.takes.read(takeId);
      background.check(takeId);
      return {};
    },
    async makePreview({ takeId }) {
      await library.takes.read(takeId);
      background.preview(takeId);
      return {};
    },

    getObservations: async ({ takeId }) => ({ observations: await library.takes.readObservations(takeId) }),
    async setTrim({ takeId, trim }) {
      await library.takes.update(takeId, (take) => ({ ...take, review: { ...take.review, trim } }));
      await judgeOrCheck(takeId, false);
      changed();
      return {};
    },
    async setMends({ takeId, mends }) {
      const before = await library.takes.read(takeId);
      await library.takes.update(takeId, (take) => ({ ...take, review: { ...take.review, mends } }));
      // Where the picture is mended it is encoded anew, and a trim that kept to key frames no longer has to.
      await judgeOrCheck(takeId, mends.turn !== before.review.mends.turn);
      changed();
      return {};
    },
    previewMends: (wish) => mends.make(wish),
    async decideTake({ takeId, kind, note }) {
      const at = kind === 'open' ? null : context.now().toISOString();
      await library.takes.update(takeId, (take) => ({
        ...take,
        review: { ...take.review, decision: { kind, note, at } },
      }));
      changed();
      return {};
    },

    getRecordingRoom: ({ bitRate }) => roomToRecord(library.paths.root, bitRate),
    async finishRecording({ recordingId, end }) {
      const takeId = await recordings.finish(recordingId, end);
      background.checkRecorded(takeId);
      changed();
      return { takeId };
    },

    async listActivities() {
      // A page asks this once it listens to events.
      notices.pageListens();
      return { activities: context.activities.list() };
    },
    async cancelActivity({ activityId }) {
      context.activities.cancel(activityId);
      return {};
    },

    async quote(wish) {
      const obstacles: StudioError[] = [];
      let sameOrder = null;
      try {
        const { orderId } = await requireOrderable(context, wish);
        if (library.orders.index.get(orderId)) sameOrder = orderId;
      } catch (error) {
        if (!(error instanceof StudioError)) throw error;
        obstacles.push(error);
      }
      const trainer = await context.trainer(wish.trainer).catch(() => null);
      // Credits are shown when they can be had quickly; that they cannot is no obstacle here.
      const creditsUsd = (await trainer?.credits(AbortSignal.timeout(CREDITS_MS)).catch(() => null)) ?? null;
      return {
        price: trainer?.price ?? { trainingUsd: 0, firstWordsUsd: 0 },
        creditsUsd,
        obstacles: obstacles.map(errorData),
        sameOrder,
      };
    },
    async publish({ consent, confirmedPrice, ...wish }) {
      const how: Consent['how'] =
        consent.url === null ? { kind: 'confirmed-in-window' } : { kind: 'url', url: consent.url };
      const order = await publish(context, wish, {
        confirmedPrice,
        consent: { by: consent.by, wording: consent.wording, at: context.now().toISOString(), how },
      });
      background.orders.work(order.id);
      changed();
      return { orderId: order.id };
    },
    getOrder: ({ orderId }) => describeOrder(context, orderId),
    async cancelOrder({ orderId }) {
      await cancelOrder(context, orderId);
      for (const activity of context.activities.list()) {
        if (activity.orderId === orderId) context.activities.cancel(activity.id);
      }
      changed();
      return {};
    },
    async resumeOrder({ orderId }) {
      await resumeOrder(context, orderId);
      background.orders.work(orderId);
      changed();
      return {};
    },
    async resolveOrder({ orderId, answer }) {
      await decideOrder(context, orderId, answer);
      background.orders.work(orderId);
      changed();
      return {};
    },
    async removeHosted({ orderId }) {
      await removeHosted(context, orderId, AbortSignal.timeout(TEST_MS));
      changed();
      return {};
    },

    listTwins: async () => listTwins(library),
    getTwin: ({ twinId }) => describeTwin(library, twinId),

    async getSettings() {
      const origins = SECRET_NAMES.map((name) => [name, secrets.originOf(name)] as const);
      return {
        settings: settings.get(),
        secrets: Object.fromEntries(origins) as Record<
          (typeof SECRET_NAMES)[number],
          (typeof origins)[number][1]
        >,
      };
    },
    async saveSettings(changes) {
      if (options.trialRuntime && (changes.host === 's3' || changes.trainer === 'segmind')) {
        throw new StudioError('PRACTICE_ONLY_RUNTIME');
      }
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      settings.save(Object.fromEntries(given));
      settingsChanged();
      return {};
    },
    async setSecret({ name, value }) {
      secrets.set(name, value.trim());
      settingsChanged();
      return {};
    },
    async testHost({ host }) {
      const { steps } = await within(
        TEST_MS,
        async (signal) => (await context.host(host)).test(signal),
        'HOST_UNREACHABLE',
      );
      return { steps: [...steps] };
    },
    async testTrainer({ trainer }) {
      const creditsUsd = await within(
        TEST_MS,
        async (signal) => (await context.trainer(trainer)).credits(signal),
        'TRAINER_UNREACHABLE',
      );
      return { creditsUsd };
    },
  };
}

/** Bounds a question to a service in time; an answer that does not come is an error of its own. */
async function within<T>(
  milliseconds: number,
  ask: (signal: AbortSignal) => Promise<T>,
  otherwise: 'HOST_UNREACHABLE' | 'TRAINER_UNREACHABLE',
): Promise<T> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    return await ask(signal);
  } catch (error) {
    if (error instanceof Cancelled && signal.aborted) throw new StudioError(otherwise);
    throw error;
  }
}
