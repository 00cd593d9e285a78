import type { Mended } from '../domain/edit.ts';
import { LIMITS } from '../quality/limits.ts';
import {
  type ExposureOffer,
  type LetterboxOffer,
  type LoudnessOffer,
  MENDED_PEAK,
  type NoiseOffer,
} from '../quality/mends.ts';
import { levelText, percent, trimmed } from './figures.ts';
import { TURNED } from './findings.ts';

/** What can be mended of a take when it is prepared. */
export const mendWords = {
  title: 'Mend',
  /** Beside a finding: leads to the choice of that name. */
  this: 'Mend this…',
  thisBy: (choice: string) => `Mend this… ${choice}`,
  body: 'Done when the take is prepared, and only what you choose. The source stays as it is.',
  /** Under the verdict. */
  judged: 'Judged as it will be once mended; the player shows the take as it is.',
  nothing: 'What is not offered, and why',
  idle: (why: string) => `Does nothing here. ${why}`,
  loudness: 'Bring the voice to a good loudness',
  noise: 'Quieten the room',
  letterbox: 'Cut the black bars off',
  exposure: 'Lift the dark picture',
  turn: 'Turn the picture',
  turns: { '0': 'As it is', '90': 'Right', '180': 'Upside down', '270': 'Left' },
  encoded: 'The picture is encoded anew for this, which takes about as long as the take.',
  listen: 'Listen and look',
  again: 'Once more from here',
  why: 'Eight seconds from where the player is, as they are and mended.',
  making: 'Making eight seconds of both',
  stop: 'Stop',
  failed: 'This could not be shown',
  which: 'What is shown',
  plain: 'Before',
  mended: 'Mended',
  play: 'Play both',
  pause: 'Pause',
  hold: 'Hold to see it as it was',
  video: (mended: boolean) => (mended ? 'The take, mended' : 'The take as it is'),
} as const;

/**
 * What is mended, in as few words as stand in a narrow panel: "Loudness, black bars". Lines end between two mends only.
 * Empty where nothing is.
 */
export function mendedInShort({ gainDb, noiseDbfs, crop, turn, liftExponent }: Mended): string {
  const [first = '', ...more] = [
    ...(gainDb === null ? [] : ['loudness']),
    ...(noiseDbfs === null ? [] : ['room noise']),
    ...(crop === null ? [] : ['black bars']),
    ...(liftExponent === null ? [] : ['dark picture']),
    ...(turn === 0 ? [] : [TURNED[turn]]),
  ];
  return [first.slice(0, 1).toUpperCase() + first.slice(1), ...more]
    .map((name) => name.replaceAll(' ', '\u00a0'))
    .join(', ');
}

/** What a mend would do, in figures, or why it is not offered. */
export const mendLines = {
  loudness: (offer: LoudnessOffer): string => {
    if (offer.offered && offer.gainDb === 0)
      return `Holds the loudest moments under ${levelText(MENDED_PEAK, 'dBTP')}. Your voice stays about as loud as it is.`;
    if (offer.offered)
      return `Brings your voice from ${trimmed(offer.fromLufs, 0)} to ${levelText(offer.toLufs, 'LUFS')}, and holds its peaks.`;
    return {
      'no-sound': 'This take has no sound.',
      'no-speech': 'The loudness cannot be set: no speech was found to go by.',
      fine: 'The voice is as loud as it should be.',
      'too-quiet':
        'The voice is too quiet: lifting it would lift the room as well. Record it closer to the microphone.',
    }[offer.why];
  },
  noise: (offer: NoiseOffer): string => {
    if (offer.offered)
      return `Takes the room between your words from ${trimmed(offer.fromDbfs, 0)} to about ${levelText(Math.round(offer.toDbfs), 'dBFS')}. Your words stay as they are.`;
    return {
      'no-sound': 'This take has no sound.',
      'no-speech': 'The room cannot be told from the voice: no speech was found to go by.',
      quiet: 'The room is quiet enough.',
      'too-loud': 'The noise is so close to the voice that taking it away would harm the words.',
    }[offer.why];
  },
  letterbox: (offer: LetterboxOffer): string => {
    if (offer.offered) {
      const isSmall = Math.min(offer.width, offer.height) < LIMITS.smallShortSide.value;
      return `Leaves ${offer.width} × ${offer.height} pixels, all of them picture${isSmall ? ', which is a little small for a twin' : ''}.`;
    }
    return {
      none: 'There are no black bars.',
      'too-small': 'What would be left is too small for a twin.',
    }[offer.why];
  },
  exposure: (offer: ExposureOffer): string => {
    if (offer.offered)
      return `Brings the face from ${percent(offer.fromLuma)} to ${percent(offer.toLuma)} brightness. White stays white.${offer.toLuma < LIMITS.darkFace.value ? ' It stays darker than it should be: more would show noise.' : ''}`;
    return {
      'no-face': 'The picture cannot be lifted: no face was found to go by.',
      fine: 'The face is bright enough.',
      'too-dark': 'It is too dark to be lifted. Record it again with more light.',
    }[offer.why];
  },
} as const;
