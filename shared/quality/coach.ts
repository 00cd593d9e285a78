/**
 * The coach: one line of advice at a time, steady, and a clear "ready". A pure state machine; whoever has the time and
 * the samples steps it, as often as there is something new.
 */
import type { Shot } from '../domain/report.ts';
import { ADVICE_CODES, type Advice, type AdviceCode, adviceFor, adviceKind } from './advice.ts';
import { type CoachMemory, remember, startMemory } from './coachMemory.ts';
import {
  type Amounts,
  forMode,
  listed,
  type Mode,
  scoreCamera,
  scoreFrame,
  scoreHands,
  scoreSound,
  type Trouble,
} from './judge.ts';
import { LIMITS } from './limits.ts';
import type { CameraSample, FrameSample, SoundSample } from './observation.ts';
import { type Microphone, type SoundFacts, soundFacts } from './soundFacts.ts';

export { type Advice, type AdviceCode, isHint } from './advice.ts';
export type { Shot };

/** What is new since the last step. */
export interface CoachInput {
  readonly shot: Shot;
  readonly mode: Mode;
  /** Null when no frame was looked at since. */
  readonly frame: FrameSample | null;
  /** Oldest first. */
  readonly sounds: readonly SoundSample[];
  /** The latest known; null before the first. */
  readonly camera: CameraSample | null;
  readonly microphone: Microphone;
}

/** What the light meters show. */
export interface LightVerdict {
  /** Mean luma of the face, 0 to 1; null without a face. */
  readonly faceMean: number | null;
  readonly face: 'unknown' | 'too-dark' | 'good' | 'too-bright';
  /** `shadow`: both sides are as bright, and a hard edge lies across them. */
  readonly sides: 'unknown' | 'even' | 'one-sided' | 'shadow';
}

/** What the sound meters show; levels in dBFS. */
export interface SoundVerdict {
  readonly levelDbfs: number;
  /** Of the last second and a half. */
  readonly peakDbfs: number;
  readonly noiseFloorDbfs: number | null;
  readonly voice: 'unknown' | 'too-quiet' | 'good' | 'too-loud' | 'clipping';
  readonly room: 'unknown' | 'quiet' | 'noticeable' | 'noisy';
}

export interface CoachStep {
  readonly state: CoachState;
  /** The one line. While `ready`, at most a hint (see `isHint`). */
  readonly advice: Advice | null;
  /** While framing: record now. While recording: it goes well. */
  readonly ready: boolean;
  readonly light: LightVerdict;
  /** Null until something was heard. */
  readonly sound: SoundVerdict | null;
  /** All that is wrong at the moment, the most important first; the line is one of them, a little later. */
  readonly troubles: readonly Trouble[];
}

interface Shown {
  readonly code: AdviceCode;
  readonly since: number;
}

export interface CoachState {
  readonly memory: CoachMemory;
  /** Codes whose limit was met: for them it is wider now. */
  readonly met: ReadonlySet<AdviceCode>;
  /** Since when a code is in trouble, or no longer is; seconds. */
  readonly activeSince: ReadonlyMap<AdviceCode, number>;
  readonly goodSince: ReadonlyMap<AdviceCode, number>;
  readonly shown: Shown | null;
  /** Since when nothing stands in the way; null while something does. */
  readonly calmSince: number | null;
  readonly ready: boolean;
}

/** Times of the coach, seconds. While recording a line comes later: a word at the wrong moment costs a take. */
const TIMES = {
  framing: { persist: 0.6, persistMoreImportant: 0.3 },
  recording: { persist: 1.5, persistMoreImportant: 1 },
} as const satisfies Record<Mode, { persist: number; persistMoreImportant: number }>;
/** A line is read before it goes. */
const SHORTEST_SHOWN = 1.5;
/** So long it must have been good before its line goes. */
const CLEARS_AFTER = 0.6;
/** So long nothing may stand in the way. */
const READY_AFTER = 1;
/** Comparisons of sums of tenths. */
const ROUNDING = 1e-6;

export function createCoachState(): CoachState {
  return {
    memory: startMemory(),
    met: new Set(),
    activeSince: new Map(),
    goodSince: new Map(),
    shown: null,
    calmSince: null,
    ready: false,
  };
}

/**
 * One step. `atSeconds` comes from a clock that only grows; the samples' own times are not compared with it. Another
 * shot or mode starts the advice anew and keeps what was heard.
 */
export function stepCoach(before: CoachState, input: CoachInput, atSeconds: number): CoachStep {
  const { memory, anew } = remember(before.memory, input, atSeconds);
  const state = anew ? { ...createCoachState(), memory } : { ...before, memory };
  const facts = memory.sounds.length === 0 && input.microphone === 'live' ? null : soundOf(memory, input);
  const amounts = forMode(amountsOf(memory, facts, input), input.mode);
  const watching = memory.frames.length > 0;
  const { met, troubles } = withSlack(state.met, amounts, input.mode);
  const times = timesOf(state, troubles, atSeconds);
  const shown = nextShown(state.shown, troubles, times, input.mode, atSeconds);
  // Who is not heard yet may be too loud, or not there at all.
  const unheard = input.microphone === 'live' && memory.sounds.length === 0;
  const blocked = troubles.some(({ severity }) => severity !== 'info') || !watching || unheard;
  const calmSince = blocked ? null : (state.calmSince ?? atSeconds);
  const free = watching && !unheard && (shown === null || adviceKind(shown.code).severity === 'info');
  const steady = calmSince !== null && atSeconds - calmSince >= READY_AFTER - ROUNDING;
  const ready = free && (state.ready || steady);
  return {
    state: { memory, met, ...times, shown, calmSince, ready },
    advice: shown === null ? null : adviceFor(shown.code),
    ready,
    light: lightVerdict(memory, troubles),
    sound: soundVerdict(memory, facts, troubles),
    troubles,
  };
}

function soundOf(memory: CoachMemory, { microphone }: CoachInput): SoundFacts {
  return soundFacts(
    memory.sounds.map(({ sample }) => sample),
    microphone,
  );
}

/** Amounts of the moment: of frames the median of the last few, so that one odd frame says nothing. */
function amountsOf(memory: CoachMemory, facts: SoundFacts | null, input: CoachInput): Amounts {
  const { shot, mode, camera } = input;
  const context = { shot, mode, bestSharpness: memory.best?.sharpness ?? null };
  const frames = memory.frames.map(({ sample }) => scoreFrame({ ...sample, hands: null }, context));
  const ofFrames = medianAmounts(frames);
  return {
    ...ofFrames,
    ...(isNobody(ofFrames)
      ? {}
      : medianAmounts(memory.withHands.map(({ sample }) => scoreHands(sample, shot)))),
    ...(camera === null ? {} : scoreCamera(camera)),
    ...(facts === null ? {} : scoreSound(facts)),
  };
}

function medianAmounts(frames: readonly Amounts[]): Amounts {
  const values = new Map<AdviceCode, number[]>();
  for (const frame of frames) {
    for (const [code, amount] of entries(frame)) values.set(code, [...(values.get(code) ?? []), amount]);
  }
  const amounts: Amounts = {};
  for (const [code, list] of values) amounts[code] = median(list);
  // Without a face in most frames, nothing else of the picture can be told.
  return isNobody(amounts) ? { NO_FACE: amounts.NO_FACE ?? 0 } : amounts;
}

function isNobody(amounts: Amounts): boolean {
  return (amounts.NO_FACE ?? 0) > 1;
}

function* entries(amounts: Amounts): Generator<[AdviceCode, number]> {
  for (const code of ADVICE_CODES) {
    const amount = amounts[code];
    if (amount !== undefined) yield [code, amount];
  }
}

/** The lower middle of an even number: what is doubtful is not yet trouble. */
function median(values: number[]): number {
  values.sort((one, other) => one - other);
  return values[Math.floor((values.length - 1) / 2)] ?? 0;
}

/** Troubles of the moment, with limits that are wider for what was met before. */
function withSlack(
  before: ReadonlySet<AdviceCode>,
  amounts: Amounts,
  mode: Mode,
): { met: ReadonlySet<AdviceCode>; troubles: Trouble[] } {
  const met = new Set(before);
  const beyond: Amounts = {};
  for (const [code, amount] of entries(amounts)) {
    const { slack, reserve } = adviceKind(code);
    // While framing the band of the reserve is inside the limit, while recording beyond it.
    const limit = mode === 'framing' ? 1 - reserve : 1;
    if (amount > (met.has(code) ? limit + reserve + slack : limit)) {
      met.delete(code);
      beyond[code] = amount;
    } else met.add(code);
  }
  return { met, troubles: listed(beyond) };
}

type Times = Pick<CoachState, 'activeSince' | 'goodSince'>;

function timesOf(state: CoachState, troubles: readonly Trouble[], atSeconds: number): Times {
  const activeSince = new Map(
    troubles.map(({ code }) => [code, state.activeSince.get(code) ?? atSeconds] as const),
  );
  const goodSince = new Map(state.goodSince);
  for (const code of state.activeSince.keys()) if (!activeSince.has(code)) goodSince.set(code, atSeconds);
  for (const code of activeSince.keys()) goodSince.delete(code);
  return { activeSince, goodSince };
}

function nextShown(
  shown: Shown | null,
  troubles: readonly Trouble[],
  times: Times,
  mode: Mode,
  atSeconds: number,
): Shown | null {
  const codes = troubles.map(({ code }) => code);
  const sayable = codes.filter((code) => !isExplained(code, codes));
  const lasted = (code: AdviceCode, seconds: number) =>
    atSeconds - (times.activeSince.get(code) ?? atSeconds) >= seconds - ROUNDING;
  const { persist, persistMoreImportant } = TIMES[mode];
  const rank = shown === null ? -1 : sayable.indexOf(shown.code);
  const candidate = sayable.find((code, index) =>
    lasted(code, rank >= 0 && index < rank ? persistMoreImportant : persist),
  );
  const next = candidate === undefined ? null : { code: candidate, since: atSeconds };
  if (shown === null) return next;
  if (candidate === shown.code) return shown;
  const urgent = candidate !== undefined && adviceKind(candidate).severity === 'fail';
  const read = atSeconds - shown.since >= SHORTEST_SHOWN - ROUNDING;
  if (!read && !urgent && adviceKind(shown.code).severity !== 'info') return shown;
  if (codes.includes(shown.code)) return next ?? shown;
  const cleared = atSeconds - (times.goodSince.get(shown.code) ?? atSeconds) >= CLEARS_AFTER - ROUNDING;
  return cleared || urgent ? next : shown;
}

function isExplained(code: AdviceCode, present: readonly AdviceCode[]): boolean {
  return adviceKind(code).explainedBy.some((other) => present.some((found) => found === other));
}

function lightVerdict(memory: CoachMemory, troubles: readonly Trouble[]): LightVerdict {
  const light = memory.frames.at(-1)?.sample.light ?? null;
  if (light === null) return { faceMean: null, face: 'unknown', sides: 'unknown' };
  const has = (code: AdviceCode) => troubles.some((trouble) => trouble.code === code);
  const oneSided = has('LIGHT_FROM_LEFT') || has('LIGHT_FROM_RIGHT');
  const even = has('HARSH_SHADOW') ? 'shadow' : light.evenness === null ? 'unknown' : 'even';
  return {
    faceMean: light.faceMean,
    face: has('TOO_DARK') ? 'too-dark' : has('TOO_BRIGHT') ? 'too-bright' : 'good',
    sides: oneSided ? 'one-sided' : even,
  };
}

/** Time for which the highest peak stays, seconds. */
const PEAK_SHOWN = 1.5;

function soundVerdict(
  { sounds }: CoachMemory,
  facts: SoundFacts | null,
  troubles: readonly Trouble[],
): SoundVerdict | null {
  const newest = sounds.at(-1);
  if (newest === undefined || facts === null) return null;
  const recent = sounds.filter(({ at }) => newest.at - at <= PEAK_SHOWN);
  return {
    levelDbfs: newest.sample.rmsDbfs,
    peakDbfs: Math.max(...recent.map(({ sample }) => sample.peakDbfs)),
    noiseFloorDbfs: facts.room?.floorDbfs ?? null,
    voice: voiceVerdict(facts, troubles),
    room: roomVerdict(facts, troubles),
  };
}

function voiceVerdict(facts: SoundFacts, troubles: readonly Trouble[]): SoundVerdict['voice'] {
  const has = (code: AdviceCode) => troubles.some((trouble) => trouble.code === code);
  if (has('CLIPPING')) return 'clipping';
  if (has('VOICE_LOUD')) return 'too-loud';
  if (has('VOICE_QUIET')) return 'too-quiet';
  return facts.voiceDbfs === null ? 'unknown' : 'good';
}

function roomVerdict({ room }: SoundFacts, troubles: readonly Trouble[]): SoundVerdict['room'] {
  if (troubles.some(({ code }) => code === 'ROOM_NOISE')) return 'noisy';
  if (room === null) return 'unknown';
  if (room.floorDbfs <= LIMITS.quietRoom.value) return 'quiet';
  return room.steady ? 'noticeable' : 'unknown';
}
