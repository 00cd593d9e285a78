/** What is heard: the voice first, and what else there is. */
import {
  atLeast,
  atMost,
  between,
  levelText,
  percent,
  secondsText,
  trimmed,
  under,
} from '../words/figures.ts';
import { checkWords } from '../words/findings.ts';
import { middleOf } from './course.ts';
import { scoreSound } from './judge.ts';
import { LIMITS } from './limits.ts';
import { integratedLoudness } from './loudness.ts';
import { type Judgement, measured, notMeasured } from './measures.ts';
import type { SoundTrack, SoundWindow, TimeRange } from './observations.ts';
import type { Part } from './part.ts';
import { lengthOf, merged, placesOf } from './places.ts';
import { SOUND_WINDOW_SECONDS } from './sampling.ts';
import { DIGITAL_SILENCE } from './sound.ts';
import { type SoundFacts, soundFacts } from './soundFacts.ts';

/** With fewer windows nothing can be said of hum. */
const FEWEST_PAUSES = 5;

/** What is said and how it is heard. Only that there is no speech where there is no sound, or nothing but silence. */
export function measuresOfSound(part: Part): Judgement[] {
  const { windows, observations } = part;
  const { sound, source } = observations;
  if (windows === null || sound === null) {
    const nothing = measured('SPEECH', { value: null, text: checkWords.noSound, limit: SPEECH_LIMIT });
    return [nothing.found('fail', 'AUDIO_MISSING')];
  }
  const peak = windows.reduce((most, { peakDbfs }) => Math.max(most, peakDbfs), DIGITAL_SILENCE);
  if (peak <= LIMITS.silenceLevel.value) {
    const silent = measured('SPEECH', { value: 0, text: levelText(peak, 'dBFS'), limit: SPEECH_LIMIT });
    return [
      silent.found('fail', 'AUDIO_SILENT', {
        limit: `above ${levelText(LIMITS.silenceLevel.value, 'dBFS')}`,
      }),
    ];
  }
  const isComplete = source === 'check';
  const spoken = windows.filter(({ speech }) => speech >= LIMITS.speechSure.value);
  const facts = soundFacts(windows, 'live');
  const voice = isComplete
    ? integratedLoudness(spoken.map(({ loudnessLufs }) => loudnessLufs))
    : facts.voiceDbfs;
  return [
    judgeSpeech(windows, spoken, part.range),
    ...judgeLevels(facts, voice),
    isComplete ? judgePeaks(windows) : notMeasured('TRUE_PEAK', checkWords.notMeasured, PEAK_LIMIT),
    judgeClipping(windows),
    isComplete ? judgeHum(windows, sound) : notMeasured('HUM', checkWords.notMeasured, HUM_LIMIT),
    judgeEcho(sound, isComplete),
    judgeSilence(windows),
  ];
}

const decibels = (value: number): string => `${trimmed(value, 1)} dB`;
const placeOf = ({ atSeconds }: SoundWindow): TimeRange => ({
  startSeconds: atSeconds,
  endSeconds: atSeconds + SOUND_WINDOW_SECONDS,
});

const SPEECH_LIMIT = atLeast(percent(LIMITS.leastSpeech.value));

function judgeSpeech(
  windows: readonly SoundWindow[],
  spoken: readonly SoundWindow[],
  range: TimeRange,
): Judgement {
  const near = LIMITS.nearSpeech.value;
  const speaking = merged(
    spoken.map(placeOf).map(({ startSeconds, endSeconds }) => ({
      startSeconds: Math.max(range.startSeconds, startSeconds - near),
      endSeconds: Math.min(range.endSeconds, endSeconds + near),
    })),
    0,
  );
  const isNear = ({ atSeconds }: SoundWindow) =>
    speaking.some(({ startSeconds, endSeconds }) => atSeconds >= startSeconds && atSeconds < endSeconds);
  const away = windows.filter((window) => !isNear(window));
  const share = windows.length === 0 ? 0 : 1 - away.length / windows.length;
  const speech = measured('SPEECH', { value: share, text: percent(share), limit: SPEECH_LIMIT });
  if (share >= LIMITS.leastSpeech.value) return speech.pass();
  return speech.found('fail', 'SPEECH_MISSING', placesOf(away.map(placeOf)));
}

const LOUDNESS_LIMIT = between(
  trimmed(LIMITS.quietVoice.value, 0),
  levelText(LIMITS.loudVoice.value, 'LUFS'),
);
const NOISE_LIMIT = atMost(levelText(LIMITS.noisyRoom.value, 'dBFS'));

/** Voice and room by the coach's own scoring. */
function judgeLevels({ room }: SoundFacts, voice: number | null): Judgement[] {
  const amounts = scoreSound({ input: 'live', room, voiceDbfs: voice, clippedWindows: 0, loudWindows: 0 });
  const isBeyond = (amount: number | undefined) => (amount ?? 0) > 1;
  return [judgeVoice(), judgeRoom()];

  function judgeVoice(): Judgement {
    if (voice === null) return notMeasured('LOUDNESS', checkWords.noSpeech, LOUDNESS_LIMIT);
    const loudness = measured('LOUDNESS', {
      value: voice,
      text: levelText(voice, 'LUFS'),
      limit: LOUDNESS_LIMIT,
    });
    if (isBeyond(amounts.VOICE_QUIET)) return loudness.found('warn', 'VOICE_QUIET');
    return isBeyond(amounts.VOICE_LOUD) ? loudness.found('warn', 'VOICE_LOUD') : loudness.pass();
  }

  function judgeRoom(): Judgement {
    if (room === null) return notMeasured('NOISE_FLOOR', checkWords.tooShortToTell, NOISE_LIMIT);
    const { floorDbfs, steady } = room;
    const text = steady ? levelText(floorDbfs, 'dBFS') : atMost(levelText(floorDbfs, 'dBFS'));
    const noise = measured('NOISE_FLOOR', { value: floorDbfs, text, limit: NOISE_LIMIT });
    if (isBeyond(amounts.ROOM_NOISE)) return noise.found('warn', 'ROOM_NOISE');
    // Where speech fills even the quietest moments, the room is no louder than this, and perhaps much quieter.
    return steady || floorDbfs <= LIMITS.noisyRoom.value ? noise.pass() : noise.unknown();
  }
}

const PEAK_LIMIT = atMost(levelText(LIMITS.peak.value, 'dBTP'));

function judgePeaks(windows: readonly SoundWindow[]): Judgement {
  const value = windows.reduce((most, { truePeakDbtp }) => Math.max(most, truePeakDbtp), DIGITAL_SILENCE);
  const peak = measured('TRUE_PEAK', { value, text: levelText(value, 'dBTP'), limit: PEAK_LIMIT });
  const high = windows.filter(({ truePeakDbtp }) => truePeakDbtp > LIMITS.peak.value);
  if (high.length === 0) return peak.pass();
  const worst = high.find(({ truePeakDbtp }) => truePeakDbtp === value);
  // A few loud syllables do no harm; a take that is loud throughout has no room left.
  const isOften = high.length / windows.length > LIMITS.loudWindows.value;
  return peak.found(isOften ? 'warn' : 'info', 'PEAKS_HIGH', {
    ...placesOf(high.map(placeOf), worst?.atSeconds),
    ...(isOften ? { places: [] } : {}),
  });
}

function judgeClipping(windows: readonly SoundWindow[]): Judgement {
  const clipped = windows.filter(({ clippedShare }) => clippedShare > 0);
  const value = clipped.length / windows.length;
  const clipping = measured('CLIPPING', {
    value,
    text: percent(value),
    limit: atMost(percent(LIMITS.clippedTake.value)),
  });
  if (value <= LIMITS.clippedTake.value) return clipping.pass();
  const worst = [...clipped].sort((one, other) => other.clippedShare - one.clippedShare)[0];
  return clipping.found('warn', 'CLIPPING', placesOf(clipped.map(placeOf), worst?.atSeconds));
}

const HUM_LIMIT = atMost(decibels(LIMITS.hum.value));

/** Between words, where nothing covers it; where somebody always speaks, all through. */
function judgeHum(windows: readonly SoundWindow[], { humHz }: SoundTrack): Judgement {
  const pauses = windows.filter(({ speech }) => speech < LIMITS.speechSure.value);
  const heard = pauses.length >= FEWEST_PAUSES ? pauses : windows;
  const value = middleOf(heard.map(({ humDb }) => humDb));
  const hum = measured('HUM', { value, text: decibels(value), limit: HUM_LIMIT });
  if (humHz === null || value <= LIMITS.hum.value) return hum.pass();
  return hum.found('warn', 'HUM', { measured: checkWords.hum(decibels(value), humHz) });
}

function judgeEcho({ echoMs }: SoundTrack, isComplete: boolean): Judgement {
  const text = (value: number) => `${trimmed(value, 0)} ms`;
  const limit = atMost(text(LIMITS.echo.value));
  if (echoMs === null)
    return notMeasured('ECHO', isComplete ? checkWords.notTold : checkWords.notMeasured, limit);
  const echo = measured('ECHO', { value: echoMs, text: text(echoMs), limit });
  return echoMs > LIMITS.echo.value ? echo.found('warn', 'ECHO') : echo.pass();
}

function judgeSilence(windows: readonly SoundWindow[]): Judgement {
  const limit = under(secondsText(LIMITS.longSilence.value));
  const silent = merged(
    windows.filter(({ rmsDbfs }) => rmsDbfs <= LIMITS.silenceLevel.value).map(placeOf),
    SOUND_WINDOW_SECONDS / 2,
  );
  const value = Math.max(0, ...silent.map(lengthOf));
  const silence = measured('SILENCE', { value, text: secondsText(value), limit });
  const long = silent.filter((place) => lengthOf(place) > LIMITS.longSilence.value);
  return long.length === 0 ? silence.pass() : silence.found('warn', 'LONG_SILENCE', placesOf(long));
}
