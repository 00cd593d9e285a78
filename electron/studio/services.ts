import type { HostKind, TrainerKind } from '../../shared/domain/twin.ts';
import { StudioError } from '../../shared/errors.ts';
import type { Host } from '../hosts/host.ts';
import { PracticeHost } from '../hosts/practice.ts';
import { S3Host } from '../hosts/s3.ts';
import { cutClip } from '../media/cut.ts';
import type { MediaTools } from '../media/locate.ts';
import { probe } from '../media/probe.ts';
import { Practice } from '../practice/practice.ts';
import { PracticeTrainer } from '../trainers/practice.ts';
import { SegmindTrainer, type TrainerLogLine } from '../trainers/segmind.ts';
import type { Trainer } from '../trainers/trainer.ts';
import {
  type Environment,
  practiceTrainingSeconds,
  s3ConfigFrom,
  segmindConfigFrom,
} from './configuration.ts';
import type { SecretStore, SettingsStore } from './studio.ts';

export interface ServicesOptions {
  readonly libraryDir: string;
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly environment: Environment;
  /** A trial runtime only practises. */
  readonly trialRuntime: boolean;
  readonly tools: () => Promise<MediaTools>;
  /** Takes lines for the log that concern no take. */
  readonly onError: (error: unknown) => void;
}

/** The hosts and trainers of one library, made when they are asked for, from the settings as they are then. */
export interface Services {
  host(kind: HostKind): Promise<Host>;
  trainer(kind: TrainerKind, onLog?: (line: TrainerLogLine) => void): Promise<Trainer>;
  close(): Promise<void>;
}

export function createServices(options: ServicesOptions): Services {
  const { settings, secrets, environment } = options;
  let practice: Promise<Practice> | null = null;

  const openPractice = (): Promise<Practice> => {
    practice ??= Practice.open({
      libraryFolder: options.libraryDir,
      trainingSeconds: practiceTrainingSeconds(environment),
      onError: options.onError,
      cutClip: async (file, startSeconds, seconds, outFile) => {
        await cutClip(file, startSeconds, seconds, outFile, { tools: await options.tools() });
      },
      probeDuration: async (file) => {
        const media = await probe(file, { tools: await options.tools() });
        return { durationSeconds: media.durationSeconds, isMp4: media.container.split(',').includes('mp4') };
      },
    }).catch((error: unknown) => {
      // A full disk gets room again, and an unplugged one comes back.
      practice = null;
      throw error;
    });
    return practice;
  };

  const requireReal = () => {
    if (options.trialRuntime) throw new StudioError('PRACTICE_ONLY_RUNTIME');
  };

  const trainer: Services['trainer'] = async (kind, onLog = () => undefined) => {
    if (kind === 'practice') {
      const { connect, fingerprint, hasTwin } = await openPractice();
      return new PracticeTrainer({ connect, fingerprint, hasTwin, onLog });
    }
    requireReal();
    const { apiKey, baseUrl } = segmindConfigFrom(settings.get(), secrets, environment);
    return new SegmindTrainer({ apiKey, onLog, ...(baseUrl === null ? {} : { baseUrl }) });
  };

  return {
    trainer,
    async host(kind) {
      if (kind === 'practice') return new PracticeHost((await openPractice()).connect);
      requireReal();
      const config = s3ConfigFrom(settings.get(), secrets, environment);
      // A bucket on this machine is fine for a trainer on this machine, and for no other.
      const reach = await trainer(settings.get().trainer).then(
        (chosen) => chosen.reach,
        () => 'public' as const,
      );
      return new S3Host(config, { allowLoopback: reach === 'this-machine' });
    },
    async close() {
      await (await practice?.catch(() => null))?.close();
    },
  };
}
