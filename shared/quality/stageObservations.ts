/** What the stage measured while it recorded, in the shape of what the check measures: enough for a first report. */
import type { MediaInfo } from '../domain/media.ts';
import type { StageSample } from '../recording/port.ts';
import type { SoundSample } from './observation.ts';
import {
  type FrameTimes,
  OBSERVATIONS_VERSION,
  type Observations,
  type PictureSample,
  type SoundTrack,
  type SoundWindow,
} from './observations.ts';
import { SOUND_WINDOW_SECONDS } from './sampling.ts';
import { isLikeSpeech, soundFacts } from './soundFacts.ts';

/** What the file itself tells without being decoded. */
export interface ProbedTake {
  readonly media: MediaInfo;
  readonly frameTimes: FrameTimes;
  readonly sync: Observations['sync'];
  /** Whether its recorder says which frames it repeated; the browser's own does not. */
  readonly countsFrames: boolean;
}

/** What only the file tells is left out; what the stage does not measure stays unknown in the report. */
export function stageObservations(
  samples: readonly StageSample[],
  { media, frameTimes, sync, countsFrames }: ProbedTake,
): Observations {
  const end = media.durationSeconds;
  const isIn = ({ atSeconds }: { readonly atSeconds: number }) => atSeconds >= 0 && atSeconds < end;
  const frames = samples.flatMap((one) => (one.kind === 'frame' && isIn(one.sample) ? one.sample : []));
  // A window of the stage tells when it ended.
  const sounds = samples.flatMap((one) =>
    one.kind === 'sound'
      ? { ...one.sample, atSeconds: Math.max(0, one.sample.atSeconds - SOUND_WINDOW_SECONDS) }
      : [],
  );
  const repeated = samples
    .flatMap((one) => (one.kind === 'timing' && one.what === 'repeated' && isIn(one) ? one.frames : []))
    .reduce((sum, count) => sum + count, 0);
  const packets = media.video?.timing?.packets ?? 0;
  return {
    schema: 'twin-studio/observations',
    version: OBSERVATIONS_VERSION,
    source: 'stage',
    turn: 0,
    media,
    durationSeconds: end,
    frameTimes,
    motion: null,
    pictures: frames.map((frame): PictureSample => ({ frame, textShare: null, backgroundShift: null })),
    cuts: [],
    ...(countsFrames && packets > 0 && { repeatedShare: Math.min(1, repeated / packets) }),
    sound: media.audio === null ? null : soundOf(sounds.filter(isIn)),
    letterbox: null,
    interlacedShare: null,
    uprightTurn: null,
    sync,
  };
}

function soundOf(samples: readonly SoundSample[]): SoundTrack {
  const { room } = soundFacts(samples, 'live');
  return {
    windows: samples.map(
      (sample): SoundWindow => ({
        ...sample,
        speech: room !== null && isLikeSpeech(sample, room.floorDbfs) ? 1 : 0,
        // Within 1.2 dB of it on speech; see LIMITS.quietVoice.
        loudnessLufs: sample.rmsDbfs,
        truePeakDbtp: sample.peakDbfs,
        humDb: 0,
      }),
    ),
    peaks: [],
    humHz: null,
    echoMs: null,
  };
}
