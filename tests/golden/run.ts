/**
 * Holds the quality module against the golden vectors. Pure, so that one and the same run proves Node and the window:
 * an empty list means that they measure and advise alike.
 */
import { z } from 'zod';
import { ShotSchema } from '../../shared/domain/report.ts';
import { ADVICE_CODES } from '../../shared/quality/advice.ts';
import { createCoachState, stepCoach } from '../../shared/quality/coach.ts';
import { measureLight } from '../../shared/quality/light.ts';
import { LightSchema } from '../../shared/quality/observation.ts';
import { measureSound } from '../../shared/quality/sound.ts';
import { frameOf, windowOf } from '../doubles/coachSamples.ts';
import pictures from './pictures.json';
import { drawPicture, PictureSchema } from './pictures.ts';
import sequences from './sequences.json';
import sounds from './sounds.json';
import { makeSound, SoundSchema } from './sounds.ts';
import tolerances from './tolerances.json';

export interface Mismatch {
  /** Name of the vector. */
  readonly vector: string;
  /** What was measured, or the second of a sequence. */
  readonly measure: string;
  readonly expected: string;
  readonly got: string;
}

/** Figures that a vector expects; null: cannot be told. */
const ExpectedSchema = z.record(z.string(), z.number().nullable());

const PictureVectorSchema = z.strictObject({
  name: z.string(),
  picture: PictureSchema,
  expected: ExpectedSchema,
});

const SoundVectorSchema = z.strictObject({ name: z.string(), sound: SoundSchema, expected: ExpectedSchema });

const figure = z.number().exactOptional();
const light = LightSchema.shape;
const FrameSchema = z.strictObject({
  centre: figure,
  faceHeight: figure,
  eyeLine: figure,
  yaw: figure,
  roll: figure,
  nobody: z.boolean().exactOptional(),
  second: z.strictObject({ height: z.number(), score: z.number() }).exactOptional(),
  light: z
    .strictObject({
      faceMean: light.faceMean.exactOptional(),
      overShare: light.overShare.exactOptional(),
      underShare: light.underShare.exactOptional(),
      evenness: light.evenness.exactOptional(),
      cheekDifference: light.cheekDifference.exactOptional(),
      backgroundStops: light.backgroundStops.exactOptional(),
    })
    .exactOptional(),
});

const SequenceSchema = z.strictObject({
  name: z.string(),
  shot: ShotSchema,
  mode: z.enum(['framing', 'recording']),
  hertz: z.number(),
  /** What is seen and heard up to a time; a good frame with these changes. */
  parts: z.array(
    z.strictObject({
      untilSeconds: z.number(),
      frame: FrameSchema.nullable(),
      sound: z.strictObject({ kind: z.enum(['speech', 'room']), level: z.number() }).nullable(),
    }),
  ),
  /** What is said at a time. */
  expected: z.array(
    z.strictObject({
      atSeconds: z.number(),
      code: z.enum(ADVICE_CODES).nullable(),
      arrow: z.string().nullable(),
      ready: z.boolean(),
    }),
  ),
});
type Sequence = z.infer<typeof SequenceSchema>;

const ToleranceSchema = z.record(
  z.string(),
  z.strictObject({
    /** Largest difference in the measure's own unit. */
    absolute: z.number().optional(),
    /** Largest difference as a share of what is expected. */
    relative: z.number().optional(),
    why: z.string(),
  }),
);

/** All that differs; every vector counts. */
export function runGolden(): Mismatch[] {
  return [...runPictures(), ...runSounds(), ...runSequences()];
}

/** How many vectors there are, so that a run which saw none does not pass for a good one. */
export const vectorCount = pictures.length + sounds.length + sequences.length;

function runPictures(): Mismatch[] {
  return z
    .array(PictureVectorSchema)
    .parse(pictures)
    .flatMap(({ name, picture, expected }) =>
      compare(name, expected, { ...measureLight(drawPicture(picture)) }),
    );
}

function runSounds(): Mismatch[] {
  return z
    .array(SoundVectorSchema)
    .parse(sounds)
    .flatMap(({ name, sound, expected }) =>
      compare(name, expected, { ...measureSound(makeSound(sound), 0) }),
    );
}

function compare(
  vector: string,
  expected: z.infer<typeof ExpectedSchema>,
  got: Readonly<Record<string, number | null>>,
): Mismatch[] {
  return Object.entries(expected).flatMap(([measure, value]) => {
    const measured = got[measure];
    if (measured !== undefined && isWithin(measure, value, measured)) return [];
    return [{ vector, measure, expected: String(value), got: String(measured) }];
  });
}

function isWithin(measure: string, expected: number | null, got: number | null): boolean {
  if (expected === null || got === null) return expected === got;
  const tolerance = ToleranceSchema.parse(tolerances)[measure];
  if (tolerance === undefined) throw new Error(`No tolerance is stated for ${measure}.`);
  const allowed = Math.max(tolerance.absolute ?? 0, (tolerance.relative ?? 0) * Math.abs(expected));
  return Math.abs(got - expected) <= allowed;
}

function runSequences(): Mismatch[] {
  return z.array(SequenceSchema).parse(sequences).flatMap(runSequence);
}

function runSequence({ name, shot, mode, hertz, parts, expected }: Sequence): Mismatch[] {
  let state = createCoachState();
  const seen = new Map<number, string>();
  const end = parts.at(-1)?.untilSeconds ?? 0;
  for (let step = 0; step <= end * hertz; step += 1) {
    const at = step / hertz;
    const part = parts.find(({ untilSeconds }) => at < untilSeconds) ?? parts.at(-1);
    const frame = part?.frame == null ? null : frameOf(shot, part.frame, at);
    const heard = part?.sound == null ? [] : [windowOf(part.sound.kind, part.sound.level, at)];
    const camera = { atSeconds: at, framesPerSecond: 30, width: 1920, height: 1080 };
    const stepped = stepCoach(state, { shot, mode, frame, sounds: heard, camera, microphone: 'live' }, at);
    state = stepped.state;
    const { advice, ready } = stepped;
    seen.set(step, said(advice?.code ?? null, advice?.arrow ?? null, ready));
  }
  return expected.flatMap(({ atSeconds, code, arrow, ready }) => {
    const wanted = said(code, arrow, ready);
    const got = seen.get(Math.round(atSeconds * hertz)) ?? 'nothing';
    return got === wanted ? [] : [{ vector: name, measure: `${atSeconds} s`, expected: wanted, got }];
  });
}

function said(code: string | null, arrow: string | null, ready: boolean): string {
  return `${code ?? 'no advice'}, ${arrow ?? 'no arrow'}, ${ready ? 'ready' : 'not ready'}`;
}
