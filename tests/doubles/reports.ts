/** A report with a bit of everything, and what it was made from: a take of five minutes that gets worse. */
import type { MediaInfo } from '../../shared/domain/media.ts';
import { type Finding, type Measure, type Report, ReportSchema } from '../../shared/domain/report.ts';
import type { FrameSample } from '../../shared/quality/observation.ts';
import {
  OBSERVATIONS_VERSION,
  type Observations,
  ObservationsSchema,
} from '../../shared/quality/observations.ts';
import { FINDING_WORDS, type FindingCode, MEASURE_WORDS } from '../../shared/words/findings.ts';

const SECONDS = 305;

export const REPORT_MEDIA: MediaInfo = {
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  sizeBytes: 318_400_000,
  durationSeconds: SECONDS,
  bitRate: 8_350_000,
  video: {
    index: 0,
    codec: 'h264',
    profile: 'High',
    pixelFormat: 'yuv420p',
    bitDepth: 8,
    codedWidth: 1920,
    codedHeight: 1080,
    displayWidth: 1920,
    displayHeight: 1080,
    rotationDegrees: 0,
    sampleAspectRatio: 1,
    averageFrameRate: 29.97,
    timing: {
      packets: 9141,
      medianSeconds: 0.033367,
      p95DeviationMs: 0.4,
      longestGapSeconds: 2.6,
      missingShare: 0.001,
    },
    startSeconds: 0,
    interlaced: false,
    hdr: false,
    colorTransfer: 'bt709',
    colorPrimaries: 'bt709',
    colorSpace: 'bt709',
    fullRange: false,
  },
  audio: { index: 1, codec: 'aac', profile: 'LC', sampleRate: 48_000, channels: 1, startSeconds: 0 },
  faststart: true,
};

/** Somebody who sinks to the left while the sun goes down, and leaves for a moment. */
function frameAt(second: number): FrameSample {
  const late = second / SECONDS;
  const sway = Math.sin(second / 9) * 0.012 + Math.sin(second / 2.7) * 0.006;
  const middle = 0.5 - 0.16 * late ** 2 + sway;
  const height = 0.31 + Math.sin(second / 14) * 0.015;
  const isAway = second >= 171 && second < 178;
  return {
    atSeconds: second,
    width: 1920,
    height: 1080,
    hands: null,
    faces: isAway
      ? []
      : [
          {
            box: { x: middle - 0.09, y: 0.2, width: 0.18, height },
            score: 0.97,
            eyes: { left: { x: middle - 0.04, y: 0.36 }, right: { x: middle + 0.04, y: 0.36 } },
            pose: { yaw: 2, pitch: -1, roll: 0.5 },
          },
        ],
    light: isAway
      ? null
      : {
          faceMean: 0.56 - 0.3 * late ** 3 + sway,
          overShare: 0,
          underShare: 0.01,
          evenness: 0.62 - 0.4 * late + sway * 2,
          cheekDifference: 0.04,
          shadowEdge: 0.1,
          backgroundMean: 0.45,
          backgroundStops: -0.2,
          sharpness: 120,
        },
  };
}

const speaks = (second: number) => second % 11 < 9.4 && !(second >= 171 && second < 178);

export function observationsOf(changes: Partial<Observations> = {}): Observations {
  const windows = Array.from({ length: Math.floor(SECONDS / 0.4) }, (_, index) => {
    const atSeconds = index * 0.4;
    const level = speaks(atSeconds) ? -20 + Math.sin(atSeconds) * 3 - 6 * (atSeconds / SECONDS) : -58;
    return {
      atSeconds,
      rmsDbfs: level,
      peakDbfs: level + 12,
      quietDbfs: -60,
      clippedShare: 0,
      speech: speaks(atSeconds) ? 0.9 : 0.05,
      loudnessLufs: level,
      truePeakDbtp: level + 12,
      humDb: 0,
    };
  });
  return ObservationsSchema.parse({
    schema: 'twin-studio/observations',
    version: OBSERVATIONS_VERSION,
    source: 'check',
    media: REPORT_MEDIA,
    durationSeconds: SECONDS,
    frameTimes: { intervals: [[334, 9140]], keyFrames: [0] },
    motion: null,
    pictures: Array.from({ length: SECONDS }, (_, second) => ({
      frame: frameAt(second),
      textShare: 0,
      backgroundShift: 0,
    })),
    cuts: [],
    sound: {
      windows,
      peaks: Array.from({ length: SECONDS * 50 }, (_, index) =>
        speaks(index / 50) ? Math.round(90 + 70 * Math.abs(Math.sin(index / 7) * Math.cos(index / 53))) : 3,
      ),
      humHz: null,
      echoMs: null,
    },
    letterbox: null,
    interlacedShare: null,
    uprightTurn: null,
    sync: null,
    ...changes,
  });
}

function finding(
  code: FindingCode,
  severity: Finding['severity'],
  measured: string,
  limit: string,
  places: readonly (readonly [number, number])[] = [],
): Finding {
  const { message, remedy } = FINDING_WORDS[code];
  return {
    code,
    severity,
    message: message({ measured, limit }),
    remedy,
    places: places.map(([startSeconds, endSeconds]) => ({ startSeconds, endSeconds })),
    worstAtSeconds: places[0] === undefined ? null : (places[0][0] + places[0][1]) / 2,
    measured,
    limit,
  };
}

const measure = (
  code: keyof typeof MEASURE_WORDS,
  text: string,
  limit: string,
  state: Measure['state'] = 'pass',
): Measure => ({ code, ...MEASURE_WORDS[code], value: null, text, limit, state });

export function reportOf(changes: Partial<Report> = {}): Report {
  return ReportSchema.parse({
    schema: 'twin-studio/report',
    version: 2,
    depth: 'complete',
    createdAt: '2026-11-22T23:07:31.000Z',
    shot: 'head-and-shoulders',
    range: { startSeconds: 4.2, endSeconds: 301 },
    verdict: 'fail',
    findings: [
      finding('JUMP_CUT', 'fail', '1 cut', 'none', [[118.2, 118.4]]),
      finding('FACE_ABSENT', 'warn', '2 %', 'at most 5 %', [[171, 178]]),
      finding('FACE_OFF_CENTRE', 'warn', '14 % left', 'within 10 %', [[255, 301]]),
      finding('FACE_DARK', 'warn', '28 %', '30 to 70 %', [[284, 301]]),
      finding('VOICE_QUIET', 'warn', '-27.4 LUFS', '-26 to -16 LUFS', [[210, 301]]),
      finding('FRAME_GAP', 'warn', '2.6 s', 'under 0.5 s', [
        [44, 46.6],
        [88, 88.6],
        [131, 131.7],
        [190, 190.6],
        [240, 240.8],
      ]),
      finding('DURATION_LONG', 'warn', '5 min 5 s', 'at most 5 min'),
      finding('VARIABLE_FRAME_RATE', 'info', '± 3 ms', ''),
    ],
    measures: [
      measure('DURATION', '4 min 57 s', '15 s to 10 min, best 2 to 5 min'),
      measure('RESOLUTION', '1920 × 1080', '1080 pixels or more on the short side'),
      measure('FRAME_RATE', '29.97', '28 to 32 a second'),
      measure('FRAME_TIMING', '± 0.4 ms', 'under 15 ms'),
      measure('LONGEST_GAP', '2.6 s', 'under 0.5 s', 'warn'),
      measure('CUTS', '1 cut', 'none', 'fail'),
      measure('FACE_PRESENT', '98 %', 'at least 95 %'),
      measure('FACE_POSITION', '14 % left', 'within 10 %', 'warn'),
      measure('FACE_SIZE', '31 %', '20 to 45 %'),
      measure('HEAD_POSE', '9°', 'within 25°'),
      measure('EXPOSURE', '28 %', '30 to 70 %', 'warn'),
      measure('EVENNESS', '44 %', 'at least 30 %'),
      measure('BACKLIGHT', '-0.2 stops', 'at most 1.5 stops'),
      measure('LOUDNESS', '-27.4 LUFS', '-26 to -16 LUFS', 'warn'),
      measure('TRUE_PEAK', '-8.1 dBTP', 'at most -3 dBTP'),
      measure('NOISE_FLOOR', '-61 dBFS', 'under -50 dBFS'),
      measure('ECHO', 'could not be told', 'under 400 ms', 'unknown'),
    ],
    media: REPORT_MEDIA,
    ...changes,
  });
}
