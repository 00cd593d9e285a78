/** Judges what probing and one pass over the sound have measured. Pure: the same facts give the same report. */
import type { AudioLevel, MediaInfo, VideoStream } from '../domain/media.ts';
import {
  type Finding,
  type Measure,
  type Report,
  type Severity,
  type Shot,
  sortFindings,
  verdictOf,
} from '../domain/report.ts';
import { FINDING_WORDS, type FindingCode } from '../words/findings.ts';
import { conversions } from './conversions.ts';
import { LIMITS } from './limits.ts';

export interface FirstCheckFacts {
  readonly media: MediaInfo;
  /** Null where there is no audio. */
  readonly audioLevel: AudioLevel | null;
  readonly shot: Shot;
  readonly now: Date;
}

const MEASURE_LABELS = {
  DURATION: 'Length',
  RESOLUTION: 'Picture size',
  FRAME_RATE: 'Frame rate',
  FRAME_TIMING: 'Evenness of frames',
  MISSING_FRAMES: 'Missing frames',
  LONGEST_GAP: 'Longest still',
  AUDIO_LEVEL: 'Loudest sound',
  SILENCE: 'Silence',
} as const;

type MeasureCode = keyof typeof MEASURE_LABELS;

/** What one rule found: a measure, and a finding when it is beyond a limit. */
interface Judgement {
  readonly measure: Measure;
  readonly finding: Finding | null;
}

/** The report of the first check: duration, resolution, frame rate and timing, audio, and what preparing will change. */
export function firstCheck({ media, audioLevel, shot, now }: FirstCheckFacts): Report {
  const judgements = [
    judgeDuration(media.durationSeconds),
    ...(media.video === null ? [] : judgePicture(media.video)),
    ...judgeSound(audioLevel),
  ];
  const findings = sortFindings([
    ...judgements.flatMap(({ finding }) => finding ?? []),
    ...conversions(media).map(({ code, measured }) => findingOf(code, 'info', { measured, limit: '' })),
  ]);
  return {
    schema: 'twin-studio/report',
    version: 2,
    depth: 'complete',
    createdAt: now.toISOString(),
    shot,
    range: { startSeconds: 0, endSeconds: media.durationSeconds },
    verdict: verdictOf(findings),
    findings,
    measures: judgements.map(({ measure }) => measure),
    media,
  };
}

function judgeDuration(seconds: number): Judgement {
  const { shortestSeconds, longestSeconds, shortSeconds, longSeconds } = LIMITS;
  const judge = judgement('DURATION', seconds, lengthText(seconds), '15 s to 10 min, best 2 to 5 min');
  if (seconds < shortestSeconds.value) return judge('fail', 'DURATION_TOO_SHORT', 'at least 15 s');
  if (seconds > longestSeconds.value) return judge('fail', 'DURATION_TOO_LONG', 'at most 10 min');
  if (seconds < shortSeconds.value) return judge('warn', 'DURATION_SHORT', '2 min or more');
  if (seconds > longSeconds.value) return judge('warn', 'DURATION_LONG', '5 min or less');
  return judge('pass');
}

function judgePicture(video: VideoStream): Judgement[] {
  return [judgeSize(video), judgeRate(video), judgeEvenness(video), judgeMissing(video), judgeGap(video)];
}

function judgeSize(video: VideoStream): Judgement {
  const short = Math.min(video.displayWidth, video.displayHeight);
  const text = `${video.displayWidth} × ${video.displayHeight}`;
  const judge = judgement('RESOLUTION', short, text, '1080 pixels or more on the short side');
  if (short < LIMITS.smallestShortSide.value)
    return judge('fail', 'RESOLUTION_TOO_LOW', 'at least 720 pixels');
  if (short < LIMITS.smallShortSide.value) return judge('warn', 'RESOLUTION_LOW');
  return judge('pass');
}

function judgeRate(video: VideoStream): Judgement {
  const rate = video.averageFrameRate;
  const judge = judgement('FRAME_RATE', rate, trimmed(rate, 2), '28 to 32 a second');
  const off = Math.abs(rate - LIMITS.frameRate.value) > LIMITS.frameRateTolerance.value;
  return off ? judge('warn', 'FRAME_RATE_OFF') : judge('pass');
}

function judgeEvenness(video: VideoStream): Judgement {
  const deviation = video.timing.p95DeviationMs;
  const judge = judgement('FRAME_TIMING', deviation, `± ${trimmed(deviation, 1)} ms`, 'under 15 ms');
  return deviation >= LIMITS.frameJitter.value ? judge('warn', 'FRAMES_UNEVEN') : judge('pass');
}

function judgeMissing(video: VideoStream): Judgement {
  const share = video.timing.missingShare;
  const judge = judgement('MISSING_FRAMES', share, percent(share), 'under 2 %');
  return share >= LIMITS.missingFrames.value ? judge('warn', 'FRAMES_MISSING') : judge('pass');
}

function judgeGap(video: VideoStream): Judgement {
  const gap = video.timing.longestGapSeconds;
  const judge = judgement('LONGEST_GAP', gap, `${trimmed(gap, 2)} s`, 'under 0.5 s');
  return gap > LIMITS.frameGap.value ? judge('warn', 'FRAME_GAP') : judge('pass');
}

function judgeSound(level: AudioLevel | null): Judgement[] {
  if (level === null)
    return [judgement('AUDIO_LEVEL', null, 'no sound', 'sound that is heard')('fail', 'AUDIO_MISSING')];
  const peakText = level.peakDbfs <= -91 ? 'silent' : `${trimmed(level.peakDbfs, 1)} dBFS`;
  const judgePeak = judgement('AUDIO_LEVEL', level.peakDbfs, peakText, 'above -50 dBFS');
  const judgeSilence = judgement('SILENCE', level.silentShare, percent(level.silentShare), 'under 50 %');
  const unheard = level.peakDbfs <= LIMITS.silenceLevel.value;
  // One finding says it; the other measure shows only its state.
  if (unheard) return [judgePeak('fail', 'AUDIO_SILENT'), { ...judgeSilence('fail'), finding: null }];
  if (level.silentShare >= LIMITS.silentShare.value)
    return [judgePeak('pass'), judgeSilence('fail', 'AUDIO_SILENT')];
  if (level.silentShare >= LIMITS.quietShare.value)
    return [judgePeak('pass'), judgeSilence('warn', 'AUDIO_MOSTLY_SILENT')];
  return [judgePeak('pass'), judgeSilence('pass')];
}

/** Prepares the judgement on one measure; its call says the state, and the finding that goes with it. */
function judgement(code: MeasureCode, value: number | null, text: string, limit: string) {
  return (state: 'pass' | 'warn' | 'fail', finding?: FindingCode, findingLimit?: string): Judgement => ({
    measure: {
      code,
      group: code === 'AUDIO_LEVEL' || code === 'SILENCE' ? 'sound' : 'file',
      label: MEASURE_LABELS[code],
      value,
      text,
      limit,
      state,
    },
    finding:
      finding === undefined || state === 'pass'
        ? null
        : findingOf(finding, state, { measured: text, limit: findingLimit ?? limit }),
  });
}

function findingOf(
  code: FindingCode,
  severity: Severity,
  facts: { measured: string; limit: string },
): Finding {
  const words = FINDING_WORDS[code];
  return {
    code,
    severity,
    message: words.message(facts),
    remedy: words.remedy,
    places: [],
    worstAtSeconds: null,
    ...(facts.measured === '' ? {} : { measured: facts.measured }),
    ...(facts.limit === '' ? {} : { limit: facts.limit }),
  };
}

/** "14.5 s", "2 min 5 s". Tenths only below the shortest take, where they decide. */
function lengthText(seconds: number): string {
  if (seconds < 15) return `${trimmed(Math.floor(seconds * 10) / 10, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 1 ? trimmed(value, 1) : Math.round(value)} %`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
