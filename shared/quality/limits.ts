/**
 * Every limit of the check in one place. `source` says where a figure comes from: a published document,
 * or "start", a value of ours that real footage has still to confirm.
 */
export interface Limit {
  readonly value: number;
  readonly unit: 's' | 'px' | 'fps' | 'ms' | 'share' | 'dBFS';
  readonly source: string;
}

const heygenFootage = 'HeyGen: footage for a digital twin is 15 s to 10 min long, best 2 to 5 min';
const heygenSize = 'HeyGen: footage for a digital twin is 720p at least, best 1080p';
const capTargets = 'Cap: recorder targets for frame jitter and drops';

export const LIMITS = {
  /** Shorter is refused. */
  shortestSeconds: { value: 15, unit: 's', source: heygenFootage },
  /** Longer is refused. */
  longestSeconds: { value: 600, unit: 's', source: heygenFootage },
  /** Shorter works, but makes a weaker twin. */
  shortSeconds: { value: 120, unit: 's', source: heygenFootage },
  /** Longer adds nothing. */
  longSeconds: { value: 300, unit: 's', source: heygenFootage },
  /** A smaller short side is refused. */
  smallestShortSide: { value: 720, unit: 'px', source: heygenSize },
  /** A smaller short side works, but makes a softer twin. */
  smallShortSide: { value: 1080, unit: 'px', source: heygenSize },
  /** Frame rate that is wanted, and how far from it is still fine. */
  frameRate: { value: 30, unit: 'fps', source: 'HeyGen: 30 frames a second' },
  frameRateTolerance: { value: 2, unit: 'fps', source: 'start' },
  /** 95th percentile of the frame intervals' distance from their median. */
  frameJitter: { value: 15, unit: 'ms', source: capTargets },
  missingFrames: { value: 0.02, unit: 'share', source: capTargets },
  /** A picture that stands still for longer looks like a cut. */
  frameGap: { value: 0.5, unit: 's', source: 'start' },
  /** Sound below this is silence. */
  silenceLevel: { value: -50, unit: 'dBFS', source: 'start' },
  /** Pauses shorter than this belong to speech. */
  silenceSeconds: { value: 0.5, unit: 's', source: 'start' },
  /** More silence than this means that there is no speech. */
  silentShare: { value: 0.95, unit: 'share', source: 'start' },
  /** More silence than this is a lot for somebody who should be talking. */
  quietShare: { value: 0.5, unit: 'share', source: 'start' },
} as const satisfies Record<string, Limit>;
