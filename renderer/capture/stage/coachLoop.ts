/** Joins eyes, ears and the coach's judgement, and keeps what they found while a take is recorded. */
import type { Shot } from '../../../shared/domain/report.ts';
import {
  type CoachState,
  type CoachStep,
  createCoachState,
  stepCoach,
} from '../../../shared/quality/coach.ts';
import type { CameraSample, FrameSample, SoundSample } from '../../../shared/quality/observation.ts';
import { SOUND_WINDOW_SECONDS } from '../../../shared/quality/observation.ts';
import type { StageSample } from '../../../shared/recording/port.ts';
import type { CoachEyes, EyesListener } from '../coach/coachEyes.ts';
import type { CoachView, SoundView } from '../session.ts';
import type { MeterListener, SoundMeter } from '../sound/soundMeter.ts';
import type { StageParts } from './parts.ts';

export interface CoachLoopView {
  readonly coach: CoachView;
  readonly sound: SoundView | null;
  /** The latest; null while nothing was measured yet. */
  readonly camera: CameraSample | null;
  /** The camera is open, does not say that it is off, and gives nothing. */
  readonly noPicture: boolean;
  /** The microphone gives nothing but digital silence. */
  readonly silent: boolean;
}

export interface CoachLoop {
  /** Looks at this track from now on; null: at nothing. The same track again changes nothing. */
  watch(camera: MediaStreamTrack | null): void;
  listen(microphone: MediaStreamTrack | null, muted: boolean): void;
  setShot(shot: Shot): void;
  /** From now on moments count from here, and `keep` gets what is found. Null: no take is recorded any more. */
  record(keep: ((samples: readonly StageSample[]) => void) | null): void;
  close(): void;
}

/** Meters and coach move at most this often: 15 times a second. */
const STEP_MS = 1000 / 15;
/** A camera of which nothing is seen for so long gives no picture, milliseconds … */
const NO_PICTURE_AFTER_MS = 4000;
/** … and where nothing ever was, the eyes may still be busy opening. */
const NEVER_A_PICTURE_AFTER_MS = 15_000;
const seconds = (): number => performance.now() / 1000;

export const NOTHING_SEEN: CoachView = {
  kind: 'starting',
  deaf: false,
  advice: null,
  ready: false,
  frame: null,
  light: { faceMean: null, face: 'unknown', sides: 'unknown' },
};

/** `changed` is called with all that can be shown, at most 15 times a second. */
export function createCoachLoop(
  parts: Pick<StageParts, 'openEyes' | 'openMeter'>,
  shot: Shot,
  changed: (view: CoachLoopView) => void,
): CoachLoop {
  let eyes: CoachEyes | null = null;
  let meter: SoundMeter | null = null;
  let watched: MediaStreamTrack | null = null;
  let heard: MediaStreamTrack | null = null;
  let muted = false;
  let silent = false;
  let eyesFailed = false;
  let earsFailed = false;
  let noPicture = false;
  /** Whether what was seen of this camera has been looked at: then the eyes are open. */
  let looked = false;
  let stillTimer: ReturnType<typeof setTimeout> | undefined;
  let state: CoachState = createCoachState();
  let camera: CameraSample | null = null;
  let frame: FrameSample | null = null;
  let newFrame: FrameSample | null = null;
  let newSounds: SoundSample[] = [];
  /** Where the samples' times begin: when the camera was opened, or the take. */
  let origin = seconds();
  let keep: ((samples: readonly StageSample[]) => void) | null = null;
  let keptSoundAt = Number.NEGATIVE_INFINITY;
  let keptAdvice: string | null | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let steppedAt = Number.NEGATIVE_INFINITY;

  const fromOrigin = <S extends { readonly atSeconds: number }>(sample: S): S => ({
    ...sample,
    atSeconds: sample.atSeconds - origin,
  });

  const step = (): void => {
    clearTimeout(timer);
    timer = undefined;
    steppedAt = performance.now();
    const input = {
      shot,
      mode: keep === null ? 'framing' : 'recording',
      frame: newFrame,
      sounds: newSounds,
      camera,
      microphone: heard === null ? 'none' : muted ? 'muted' : 'live',
    } as const;
    newFrame = null;
    newSounds = [];
    const result = stepCoach(state, input, seconds());
    state = result.state;
    keepAdvice(result);
    changed({
      coach: watched === null || noPicture ? NOTHING_SEEN : viewOf(result),
      sound: result.sound,
      camera,
      noPicture,
      silent,
    });
  };

  const viewOf = ({ advice, ready, light }: CoachStep): CoachView => ({
    kind: eyesFailed ? (looked ? 'stopped' : 'failed') : frame === null ? 'starting' : 'watching',
    deaf: earsFailed,
    advice,
    ready,
    frame,
    light,
  });

  const stepSoon = (): void => {
    const wait = Math.max(0, steppedAt + STEP_MS - performance.now());
    timer ??= setTimeout(step, wait);
  };

  const keepAdvice = ({ advice }: CoachStep): void => {
    const code = advice?.code ?? null;
    if (keep === null || code === keptAdvice) return;
    keptAdvice = code;
    keepSample({ kind: 'advice', atSeconds: seconds() - origin, code });
  };

  /** What was still on its way from before the take is left out. */
  const keepSample = (sample: StageSample): void => {
    const at = 'sample' in sample ? sample.sample.atSeconds : sample.atSeconds;
    if (at >= 0) keep?.([sample]);
  };

  const forgetPicture = (): void => {
    frame = null;
    newFrame = null;
    // What was heard still counts.
    state = { ...createCoachState(), memory: { ...state.memory, frames: [], best: null } };
  };

  /** A sign of life of the camera: the next one is waited for. While a take is recorded, the recorder does that. */
  const sawPicture = (): void => {
    clearTimeout(stillTimer);
    noPicture = false;
    if (watched === null || eyesFailed || keep !== null) return;
    stillTimer = setTimeout(
      () => {
        noPicture = true;
        forgetPicture();
        step();
      },
      looked ? NO_PICTURE_AFTER_MS : NEVER_A_PICTURE_AFTER_MS,
    );
  };

  /** What an eye that was closed still says is not heard. */
  const seenOf = (track: MediaStreamTrack): EyesListener => {
    const only =
      <A extends readonly unknown[]>(take: (...args: A) => void) =>
      (...args: A): void => {
        if (track === watched) take(...args);
      };
    return {
      saw: only(() => {
        const wasGone = noPicture;
        sawPicture();
        if (wasGone) stepSoon();
      }),
      frame: only((sample: FrameSample) => {
        looked = true;
        sawPicture();
        newFrame = sample;
        frame = fromOrigin(sample);
        keepSample({ kind: 'frame', sample: frame });
        stepSoon();
      }),
      camera: only((sample: CameraSample) => {
        sawPicture();
        camera = fromOrigin(sample);
        keepSample({ kind: 'camera', sample: camera });
        stepSoon();
      }),
      failed: only((reason: string) => {
        console.warn(reason);
        eyesFailed = true;
        sawPicture();
        frame = null;
        stepSoon();
      }),
    };
  };

  const heardOf = (track: MediaStreamTrack): MeterListener => ({
    sound(sample, isSilent) {
      if (track !== heard) return;
      silent = isSilent;
      hear(sample);
    },
    failed(reason) {
      if (track !== heard) return;
      console.warn(reason);
      earsFailed = true;
      stepSoon();
    },
  });

  const hear = (sample: SoundSample): void => {
    newSounds.push(sample);
    // Windows overlap, so that meters move; one after the other is enough to keep.
    if (sample.atSeconds - keptSoundAt >= SOUND_WINDOW_SECONDS - 0.01) {
      keptSoundAt = sample.atSeconds;
      keepSample({ kind: 'sound', sample: fromOrigin(sample) });
    }
    stepSoon();
  };

  const startFrom = (moment: number): void => {
    origin = moment;
    keptSoundAt = Number.NEGATIVE_INFINITY;
    keptAdvice = undefined;
  };

  const loop: CoachLoop = {
    watch(next) {
      if (next === watched) return;
      watched = next;
      eyes?.close();
      eyes = null;
      eyesFailed = false;
      looked = false;
      camera = null;
      forgetPicture();
      if (next !== null) {
        startFrom(seconds());
        eyes = parts.openEyes(next, shot, seenOf(next));
      }
      sawPicture();
      // At once: what was measured of another camera must not be said of this one.
      step();
    },
    listen(next, isMuted) {
      muted = isMuted;
      if (next !== heard) {
        heard = next;
        meter?.close();
        newSounds = [];
        silent = false;
        earsFailed = false;
        // Of another microphone: it says nothing of this one.
        state = { ...state, memory: { ...state.memory, sounds: [] } };
        meter = next === null ? null : parts.openMeter(next, heardOf(next));
      }
      stepSoon();
    },
    setShot(next) {
      shot = next;
      eyes?.setShot(next);
      stepSoon();
    },
    record(next) {
      keep = next;
      startFrom(seconds());
      eyes?.attend(next === null ? 'framing' : 'recording');
      sawPicture();
      stepSoon();
    },
    close() {
      loop.watch(null);
      loop.listen(null, false);
      clearTimeout(timer);
      timer = undefined;
    },
  };
  return loop;
}
