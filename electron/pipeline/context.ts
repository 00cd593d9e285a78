import type PQueue from 'p-queue';
import type { TakeId } from '../../shared/domain/ids.ts';
import type { HostKind, TrainerKind } from '../../shared/domain/twin.ts';
import type { Host } from '../hosts/host.ts';
import type { Library } from '../library/library.ts';
import type { MediaTools } from '../media/locate.ts';
import type { Trainer } from '../trainers/trainer.ts';
import type { Activities } from './activities.ts';
import type { QuietTime } from './quietTime.ts';
import type { TakeLog } from './takeLog.ts';
import type { WatchTimes } from './watchTimes.ts';

/** What all work needs: the library, the tools and the services, and how much may run at once. */
export interface WorkContext {
  readonly library: Library;
  /** Folder of the app's own files, shared by all of a person's processes, whatever their library. */
  readonly userDataDir: string;
  /** ffmpeg and ffprobe, located at the first call. Throws `StudioError` FFMPEG_MISSING. */
  readonly tools: () => Promise<MediaTools>;
  /** Throws `StudioError` HOST_NOT_CONFIGURED. */
  readonly host: (kind: HostKind) => Promise<Host>;
  /** `takeId` names the take in whose log its requests are kept. Throws `StudioError` TRAINER_NOT_CONFIGURED. */
  readonly trainer: (kind: TrainerKind, takeId?: TakeId) => Promise<Trainer>;
  /**
   * Checks a take, or waits for whoever does that already. Throws `StudioError` when the check fails, which is then
   * kept in the take as well; `Cancelled`.
   */
  readonly check: (takeId: TakeId, signal: AbortSignal) => Promise<unknown>;
  readonly activities: Activities;
  readonly lanes: Lanes;
  /** Everything that costs disk, processor or network asks it before each step. */
  readonly quiet: QuietTime;
  readonly log: TakeLog;
  readonly now: () => Date;
  readonly watchTimes: (trainer: TrainerKind) => WatchTimes;
}

/** One queue for each thing the machine has little of. */
export interface Lanes {
  /** Processor: one conversion or check at a time. */
  readonly media: PQueue;
  /** Disk: one file is brought in at a time. */
  readonly disk: PQueue;
  /** Network: a few uploads at a time. */
  readonly network: PQueue;
  /** The trainer: a few questions at a time, however many looks are waited for. */
  readonly trainer: PQueue;
}
