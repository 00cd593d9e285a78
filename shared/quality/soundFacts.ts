/** What many windows of sound say about the voice, the room and the input. */
import { LIMITS } from './limits.ts';
import type { SoundSample } from './observation.ts';

/** What is known of the microphone apart from its sound. */
export type Microphone = 'live' | 'muted' | 'none';

export interface SoundFacts {
  /** `none` also when it gives nothing but digital silence. */
  readonly input: Microphone;
  /** Null until enough was heard. */
  readonly room: RoomSound | null;
  /** Level of the latest windows with speech; null until there are enough of them. */
  readonly voiceDbfs: number | null;
  /** Shares of the last seconds' windows with clipped samples, and with peaks above the limit. */
  readonly clippedWindows: number;
  readonly loudWindows: number;
}

export interface RoomSound {
  /** Mean level of the quietest tenth of the windows, or of the gaps in them where speech fills them all; dBFS. */
  readonly floorDbfs: number;
  /** False where speech fills even the quietest windows: then the room is at most this loud. */
  readonly steady: boolean;
}

/** Sound that still counts, seconds. */
export const SOUND_MEMORY_SECONDS = 20;
/** Clipping and peaks are forgotten sooner, so that moving back shows. */
const PEAK_MEMORY_SECONDS = 4;
/** Of speech the latest counts, so that what was mended shows; who is silent for a while keeps their level. */
const VOICE_MEMORY_SECONDS = 6;
/** So much must have been heard before the room is judged, and so little of a dead input is enough. */
const ROOM_SECONDS = 4;
const DEAD_SECONDS = 3;
/** Speech is this much louder than the room, and never quieter than this; so many windows of it make a level. */
const SPEECH_ABOVE_ROOM = 10;
const QUIETEST_SPEECH = -62;
const SPEECH_WINDOWS = 4;
/**
 * Decibels between a window and its quietest eighth: noise and hum stay within the first figure (0.1 to 3.3 measured),
 * speech exceeds the second (7 to 19 in the quietest tenth of nine recordings).
 */
const STEADY_WITHIN = 5;
const SPEECH_VARIES = 3;

/**
 * Facts of the windows of the last `SOUND_MEMORY_SECONDS`, oldest first, of 400 ms each; they may overlap.
 */
export function soundFacts(windows: readonly SoundSample[], microphone: Microphone): SoundFacts {
  const newest = windows.at(-1)?.atSeconds ?? 0;
  const room = spanOf(windows) < ROOM_SECONDS ? null : roomSound(windows);
  const latest = windows.filter(({ atSeconds }) => newest - atSeconds < PEAK_MEMORY_SECONDS);
  return {
    input: microphone === 'live' && isDead(windows, newest) ? 'none' : microphone,
    room,
    voiceDbfs: room === null ? null : voiceLevel(windows, room.floorDbfs),
    clippedWindows: shareOf(latest, ({ clippedShare }) => clippedShare > 0),
    loudWindows: shareOf(latest, ({ peakDbfs }) => peakDbfs > LIMITS.peak.value),
  };
}

function spanOf(windows: readonly SoundSample[]): number {
  return (windows.at(-1)?.atSeconds ?? 0) - (windows[0]?.atSeconds ?? 0);
}

function shareOf(windows: readonly SoundSample[], counts: (window: SoundSample) => boolean): number {
  return windows.length === 0 ? 0 : windows.filter(counts).length / windows.length;
}

function isDead(windows: readonly SoundSample[], newest: number): boolean {
  const latest = windows.filter(({ atSeconds }) => newest - atSeconds <= DEAD_SECONDS);
  // The first of those windows began 400 ms before the span that their times show.
  if (spanOf(latest) < DEAD_SECONDS * 0.8) return false;
  return latest.every(({ rmsDbfs }) => rmsDbfs <= LIMITS.deadInput.value);
}

/** How loud a room is, by its quietest moments; where speech fills even those, it is no louder than that. */
export function roomSound(windows: readonly SoundSample[]): RoomSound {
  const quietest = quietestTenth(windows, ({ rmsDbfs }) => rmsDbfs);
  const varies = quietest.reduce((sum, window) => sum + variation(window), 0) / quietest.length;
  if (varies <= STEADY_WITHIN)
    return { floorDbfs: meanLevel(quietest.map(({ rmsDbfs }) => rmsDbfs)), steady: true };
  const gaps = quietestTenth(windows, ({ quietDbfs }) => quietDbfs);
  return { floorDbfs: meanLevel(gaps.map(({ quietDbfs }) => quietDbfs)), steady: false };
}

function quietestTenth(
  windows: readonly SoundSample[],
  levelOf: (window: SoundSample) => number,
): SoundSample[] {
  const inOrder = [...windows].sort((one, other) => levelOf(one) - levelOf(other));
  return inOrder.slice(0, Math.max(2, Math.round(inOrder.length / 10)));
}

const variation = ({ rmsDbfs, quietDbfs }: SoundSample): number => rmsDbfs - quietDbfs;

/** Whether a window is as loud and as varied as speech, in a room this loud. Music can be so as well. */
export function isLikeSpeech(window: SoundSample, floorDbfs: number): boolean {
  const least = Math.max(floorDbfs + SPEECH_ABOVE_ROOM, QUIETEST_SPEECH);
  return window.rmsDbfs >= least && variation(window) >= SPEECH_VARIES;
}

function voiceLevel(windows: readonly SoundSample[], floorDbfs: number): number | null {
  const least = Math.max(floorDbfs + SPEECH_ABOVE_ROOM, QUIETEST_SPEECH);
  const speech = windows.filter((window) => window.rmsDbfs >= least && variation(window) >= SPEECH_VARIES);
  if (speech.length < SPEECH_WINDOWS) return null;
  const last = speech.at(-1)?.atSeconds ?? 0;
  const latest = speech.filter(({ atSeconds }) => last - atSeconds < VOICE_MEMORY_SECONDS);
  const counted = latest.length < SPEECH_WINDOWS ? speech.slice(-SPEECH_WINDOWS) : latest;
  return meanLevel(counted.map(({ rmsDbfs }) => rmsDbfs));
}

/** Mean of powers, not of decibels. */
function meanLevel(levels: readonly number[]): number {
  const power = levels.reduce((sum, level) => sum + 10 ** (level / 10), 0) / levels.length;
  return 10 * Math.log10(power);
}
