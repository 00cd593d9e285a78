/** Every sentence of the check: what is the matter, and what to do about it. The most important comes first. */
import type { Mended } from '../domain/edit.ts';
import { trimmed } from './figures.ts';

/** Figures that a sentence may name, already with their unit. */
export interface FindingFacts {
  readonly measured: string;
  readonly limit: string;
}

interface FindingWords {
  /** What is the matter. */
  readonly message: (facts: FindingFacts) => string;
  /** What to do. */
  readonly remedy: string;
}

const BY_ITSELF = 'Nothing to do: preparing takes care of it.';

/** In the order of importance: a report lists findings of one severity in this order. */
export const FINDING_WORDS = {
  AUDIO_MISSING: {
    message: () => 'There is no sound, and a twin needs your voice.',
    remedy: 'Choose a microphone and record again, or import the file that has the sound.',
  },
  AUDIO_SILENT: {
    message: () => 'The sound is silent, and a twin needs your voice.',
    remedy: 'Check that the right microphone is chosen and not muted, then record again.',
  },
  DURATION_TOO_SHORT: {
    message: ({ measured }) => `The take is only ${measured} long, and would be refused.`,
    remedy: 'Keep or record at least 15 seconds; two to five minutes make the best twin.',
  },
  DURATION_TOO_LONG: {
    message: ({ measured }) => `The take is ${measured} long, and would be refused.`,
    remedy: 'Trim it to under ten minutes; two to five are best.',
  },
  RESOLUTION_TOO_LOW: {
    message: ({ measured }) => `The picture is too small (${measured}), and would be refused.`,
    remedy: 'Record in 1080p, or ask for the original file: messengers shrink videos.',
  },
  FACE_ABSENT: {
    message: ({ measured }) => `Your face cannot be seen for ${measured} of the take.`,
    remedy: 'Keep facing the camera from beginning to end, or trim to the part where you do.',
  },
  JUMP_CUT: {
    message: () => 'The take has been cut. A twin needs one take without a break.',
    remedy: 'Trim to the longest part between two cuts, or record it again in one go.',
  },
  SPEECH_MISSING: {
    message: ({ measured }) =>
      measured === '0 %'
        ? 'Nobody is heard speaking.'
        : `Somebody speaks for only ${measured} of the take: at these places nobody does.`,
    remedy: 'Speak all the way through: a twin learns its voice and its lips from it.',
  },
  LIES_ON_SIDE: {
    message: ({ measured }) => `The picture does not stand upright: it needs ${measured}.`,
    remedy: 'Preparing can turn it, if you choose that. Your face can only be judged when it is upright.',
  },
  JUMP_CUT_LIKELY: {
    message: () => 'The take looks as if it had been cut.',
    remedy: 'Play the place. If it was cut, trim to one side of it; a twin needs one take without a break.',
  },
  PICTURE_JUMPS: {
    message: () => 'The picture jumps, as if the camera or the computer had stood still for a moment.',
    remedy: 'Play the place. If it jumps, trim to one side of it, or close other programs and record again.',
  },
  SECOND_PERSON: {
    message: () => 'Somebody else can be seen, or a picture of somebody.',
    remedy: 'Make sure that you are the only face in view, also on the wall behind you.',
  },
  FRAME_GAP: {
    message: ({ measured }) => `No pictures come for ${measured}. A twin needs one take without a break.`,
    remedy: 'Record again, or trim to a part without the break.',
  },
  PICTURE_FROZEN: {
    message: ({ measured }) => `The picture is frozen for ${measured}, while the sound goes on.`,
    remedy: 'Record again, or trim to a part without it. Cameras freeze on long cables and tired hubs.',
  },
  PICTURE_BLACK: {
    message: ({ measured }) => `The picture is black for ${measured}.`,
    remedy: 'Trim it away, or record again with nothing before the lens.',
  },
  HEAD_CUT: {
    message: () => 'The top of your head leaves the picture.',
    remedy: 'Tilt the camera up a little, or move back.',
  },
  FACE_OFF_CENTRE: {
    message: ({ measured }) => `Your face is off the middle (${measured}).`,
    remedy: 'Sit in the middle of the picture, and turn the camera rather than yourself.',
  },
  FACE_SMALL: {
    message: ({ measured }) => `Your face is small in the picture (${measured}) for this shot.`,
    remedy: 'Come closer, or choose a wider shot for this take.',
  },
  FACE_LARGE: {
    message: ({ measured }) => `Your face is large in the picture (${measured}) for this shot.`,
    remedy: 'Move back a little, or move the camera away.',
  },
  EYES_HIGH: {
    message: ({ measured }) => `Your eyes are too high in the picture (${measured}).`,
    remedy: 'Tilt the camera up a little, or raise it.',
  },
  EYES_LOW: {
    message: ({ measured }) => `Your eyes are too low in the picture (${measured}).`,
    remedy: 'Sit up, or lower the camera to the height of your eyes.',
  },
  FRAMING_DRIFT: {
    message: ({ measured }) => `You drift through the picture: by the end you are elsewhere (${measured}).`,
    remedy: 'Use a chair that does not roll, and keep your distance to the camera.',
  },
  EYES_SMALL: {
    message: ({ measured }) => `Your face has few pixels: ${measured} between the eyes.`,
    remedy: 'Come closer, or set the camera to a higher resolution.',
  },
  HEAD_TURNED: {
    message: ({ measured }) => `Your head is turned away from the camera (${measured}).`,
    remedy: 'Talk to the lens, and put your text right beside it.',
  },
  FACE_DARK: {
    message: ({ measured }) => `Your face is too dark (${measured}).`,
    remedy: 'Face a window, or put a lamp behind the camera.',
  },
  FACE_BRIGHT: {
    message: ({ measured }) => `Your face is too bright (${measured}), so parts of it are lost.`,
    remedy: 'Move away from the light, or turn it down.',
  },
  BACKLIGHT: {
    message: ({ measured }) => `The background is much brighter than you (${measured}).`,
    remedy: 'Turn so that the window is in front of you, or close its blinds.',
  },
  LIGHT_ONE_SIDED: {
    message: ({ measured }) => `The light comes from one side: one cheek is ${measured} brighter.`,
    remedy: 'Turn towards the light, or put a second one on the dark side.',
  },
  HARSH_SHADOW: {
    message: () => 'A hard shadow lies across your face.',
    remedy: 'Use soft light: a curtain, a wall that the lamp shines at, or a larger lamp.',
  },
  SHARPNESS_LOST: {
    message: () => 'The picture becomes soft, as if the camera had lost you.',
    remedy: 'Switch the camera to a fixed focus, and keep your hands away from the lens.',
  },
  CAMERA_SHAKES: {
    message: ({ measured }) => `The camera moves (${measured} of the width in a second).`,
    remedy: 'Put it on something firm, and do not touch the table while you talk.',
  },
  TEXT_SEEN: {
    message: () => 'There seems to be text or a logo on your clothes.',
    remedy: 'Wear something plain: letters come out garbled in a twin.',
  },
  CLIPPING: {
    message: ({ measured }) => `The sound is overdriven (${measured} of the time), and crackles.`,
    remedy: 'Turn the microphone down, or move back from it.',
  },
  VOICE_QUIET: {
    message: ({ measured }) => `Your voice is quiet (${measured}).`,
    remedy:
      'Come closer to the microphone, or turn it up. Preparing can raise your voice, and the noise with it, if you choose that.',
  },
  VOICE_LOUD: {
    message: ({ measured }) => `Your voice is loud (${measured}).`,
    remedy: 'Turn the microphone down a little. Preparing can bring your voice down, if you choose that.',
  },
  ROOM_NOISE: {
    message: ({ measured }) => `The room is noisy (${measured} when nobody speaks).`,
    remedy:
      'Turn off the fan or the air conditioning, close the window, come closer to the microphone. Preparing can often quieten the room between your words, if you choose that.',
  },
  HUM: {
    message: ({ measured }) => `The sound hums (${measured}).`,
    remedy: 'Plug microphone and computer into the same socket, or try another cable.',
  },
  ECHO: {
    message: ({ measured }) => `The room rings (${measured} until a sound has faded).`,
    remedy: 'Come closer to the microphone; curtains, a carpet or a bed nearby help.',
  },
  LONG_SILENCE: {
    message: ({ measured }) => `Nobody is heard for ${measured}.`,
    remedy: 'Trim it when it is at the beginning or the end; else keep on speaking.',
  },
  SOUND_OFF: {
    message: ({ measured }) => `Sound and picture do not belong together (${measured}).`,
    remedy: 'Record again with a microphone on a cable: wireless ones are late.',
  },
  SOUND_DRIFTS: {
    message: ({ measured }) => `Sound and picture drift apart (${measured} by the end).`,
    remedy: 'Close other programs while recording, and plug in camera and microphone directly.',
  },
  HANDS_BEFORE_FACE: {
    message: () => 'Your hands come before your face.',
    remedy: 'Keep gestures below the chin.',
  },
  RESOLUTION_LOW: {
    message: ({ measured }) => `The picture is a little small (${measured}), so your twin will look softer.`,
    remedy: 'Set the camera to 1080p.',
  },
  DURATION_SHORT: {
    message: ({ measured }) =>
      `The take is ${measured} long. It works, but a longer one makes a livelier twin.`,
    remedy: 'Talk for two to five minutes if you can.',
  },
  DURATION_LONG: {
    message: ({ measured }) => `The take is ${measured} long. More than five minutes adds nothing.`,
    remedy: 'Trim it to the best two to five minutes.',
  },
  FRAMES_MISSING: {
    message: ({ measured }) => `${measured} of the pictures are missing, so movement jumps.`,
    remedy: 'Close other programs while recording, and plug the camera in directly.',
  },
  FRAMES_REPEATED: {
    message: ({ measured }) =>
      `${measured} of the pictures only repeat the one before, so movement stutters.`,
    remedy: 'Give the camera more light, and plug it in directly: it delivers fewer pictures than it says.',
  },
  FRAMES_UNEVEN: {
    message: () => 'The pictures do not follow each other evenly, so movement stutters.',
    remedy: 'Close other programs while recording, and give the camera more light.',
  },
  FRAME_RATE_OFF: {
    message: ({ measured }) =>
      `The video has ${measured} frames a second instead of 30, so movement may look uneven.`,
    remedy: 'Set the camera to 30 frames a second. Preparing converts this one as well as it can.',
  },
  PEAKS_HIGH: {
    message: ({ measured }) => `The loudest moments come close to the ceiling (${measured}).`,
    remedy:
      'Turn the microphone down a little next time. Where it is so throughout, preparing can hold them, if you choose that.',
  },
  HANDS_CUT: {
    message: () => 'Your hands leave the picture now and then.',
    remedy: 'Keep them inside the picture, or move back a little.',
  },
  HANDS_UNSEEN: {
    message: ({ measured }) => `Your hands are seen for only ${measured} of the take.`,
    remedy: 'Let them be seen: in this shot gestures make the twin livelier.',
  },
  HANDS_STILL: {
    message: () => 'Your hands hardly move.',
    remedy: 'Talk with your hands as you would to a friend: a frozen body makes a frozen twin.',
  },
  MENDED: {
    message: ({ measured }) => `Mended: ${measured}.`,
    remedy:
      'Nothing to do: it is done when the take is prepared, and the figures here are those of the mended take.',
  },
  CODEC_CONVERTED: {
    message: ({ measured }) => `The picture is stored as ${measured}; it becomes H.264.`,
    remedy: BY_ITSELF,
  },
  COLOURS_CONVERTED: {
    message: ({ measured }) =>
      `The colours are finer than needed (${measured}); they become the usual 8-bit ones.`,
    remedy: BY_ITSELF,
  },
  HDR_CONVERTED: {
    message: () => 'This is HDR video; it gets standard colours.',
    remedy: 'Nothing to do. To keep full control of the look, turn HDR off in the camera.',
  },
  INTERLACED: {
    message: () => 'The picture is interlaced (made of half pictures); it becomes whole pictures.',
    remedy: BY_ITSELF,
  },
  LETTERBOX: {
    message: ({ measured }) => `Black bars surround the picture (${measured} of it is picture).`,
    remedy: 'Preparing can cut them off, if you choose that.',
  },
  ROTATED: {
    message: ({ measured }) => `The video is stored turned by ${measured}; it is set upright.`,
    remedy: BY_ITSELF,
  },
  PIXELS_NOT_SQUARE: {
    message: () => 'The video is stored squeezed; it gets its true shape.',
    remedy: BY_ITSELF,
  },
  SIZE_REDUCED: {
    message: ({ measured }) => `The picture is larger than 4K (${measured}); it is made smaller.`,
    remedy: BY_ITSELF,
  },
  VARIABLE_FRAME_RATE: {
    message: () => 'The frame rate varies a little, as phones do it; it becomes steady.',
    remedy: BY_ITSELF,
  },
  CONTAINER_CONVERTED: {
    message: ({ measured }) => `The file is ${measured}; it becomes mp4.`,
    remedy: BY_ITSELF,
  },
  AUDIO_CONVERTED: {
    message: ({ measured }) => `The sound is ${measured}; it becomes AAC at 48 kHz.`,
    remedy: BY_ITSELF,
  },
} as const satisfies Record<string, FindingWords>;

export type FindingCode = keyof typeof FINDING_WORDS;

/** The most important first. */
export const FINDING_CODES: readonly string[] = Object.keys(FINDING_WORDS);

/** What may be measured, in the order in which a report shows it: to which group it belongs, and its name. */
export const MEASURE_WORDS = {
  DURATION: { group: 'file', label: 'Length' },
  RESOLUTION: { group: 'file', label: 'Picture size' },
  FRAME_RATE: { group: 'file', label: 'Frame rate' },
  FRAME_TIMING: { group: 'file', label: 'Evenness of frames' },
  MISSING_FRAMES: { group: 'file', label: 'Missing frames' },
  LONGEST_GAP: { group: 'file', label: 'Longest gap' },
  CUTS: { group: 'file', label: 'One continuous take' },
  FROZEN: { group: 'file', label: 'Frozen picture' },
  REPEATED_FRAMES: { group: 'file', label: 'Repeated frames' },
  BLACK: { group: 'file', label: 'Black picture' },
  FACE_PRESENT: { group: 'person', label: 'Face in view' },
  SECOND_PERSON: { group: 'person', label: 'Only one person' },
  FACE_POSITION: { group: 'person', label: 'Face from the middle' },
  FACE_SIZE: { group: 'person', label: 'Size of the face' },
  EYE_LINE: { group: 'person', label: 'Eyes from the top' },
  HEADROOM: { group: 'person', label: 'Room above the head' },
  EYE_DISTANCE: { group: 'person', label: 'Between the eyes' },
  FRAMING_DRIFT: { group: 'person', label: 'Drift over the take' },
  HEAD_POSE: { group: 'person', label: 'Head turned' },
  HANDS: { group: 'person', label: 'Hands in view' },
  GESTURES: { group: 'person', label: 'Movement of the hands' },
  TEXT: { group: 'person', label: 'Text on clothes' },
  EXPOSURE: { group: 'light', label: 'Brightness of the face' },
  OVER_EXPOSED: { group: 'light', label: 'Face too bright to see' },
  UNDER_EXPOSED: { group: 'light', label: 'Face too dark to see' },
  EVENNESS: { group: 'light', label: 'Likeness of both cheeks' },
  SHADOW: { group: 'light', label: 'Hardest shadow edge' },
  BACKLIGHT: { group: 'light', label: 'Background against face' },
  SHARPNESS: { group: 'light', label: 'Sharpness kept' },
  STEADINESS: { group: 'light', label: 'Movement of the camera' },
  SPEECH: { group: 'sound', label: 'Speech' },
  LOUDNESS: { group: 'sound', label: 'Loudness of the voice' },
  NOISE_FLOOR: { group: 'sound', label: 'Noise of the room' },
  TRUE_PEAK: { group: 'sound', label: 'Highest peak' },
  CLIPPING: { group: 'sound', label: 'Overdriven' },
  HUM: { group: 'sound', label: 'Mains hum' },
  ECHO: { group: 'sound', label: 'Echo' },
  SILENCE: { group: 'sound', label: 'Longest silence' },
  SYNC: { group: 'sound', label: 'Sound after picture' },
  SYNC_DRIFT: { group: 'sound', label: 'Sound drifting from picture' },
} as const;

export type MeasureCode = keyof typeof MEASURE_WORDS;

/** What is drawn over the time of a take. */
export const TRACK_WORDS = {
  FACE_POSITION: {
    label: 'Face from the middle',
    unit: '% of the width',
    side: (share: string, sign: number) => (sign < 0 ? `${share} left` : `${share} right`),
  },
  FACE_SIZE: { label: 'Size of the face', unit: '% of the height' },
  EXPOSURE: { label: 'Brightness of the face', unit: '%' },
  EVENNESS: {
    label: 'Light from one side',
    unit: '% between the cheeks',
    side: (share: string, sign: number) => (sign < 0 ? `${share} right` : `${share} left`),
  },
  LOUDNESS: { label: 'Loudness', unit: 'LUFS' },
} as const;

/** How a picture is turned, by degrees clockwise. */
export const TURNED = {
  90: 'picture turned right',
  180: 'picture turned upside down',
  270: 'picture turned left',
} as const;

/** Figures and limits of a report where a number alone would not do. */
export const checkWords = {
  lengthLimit: (shortest: string, longest: string, short: string, long: string) =>
    `${shortest} to ${longest}, best ${short} to ${long}`,
  shortSide: (pixels: number) => `${pixels} pixels or more on the short side`,
  framesASecond: (range: string) => `${range} a second`,
  none: 'none',
  noCut: 'no cut',
  cuts: (sure: number, likely: number) => {
    const count = (number: number) => (number === 1 ? '1 cut' : `${number} cuts`);
    if (sure === 0 && likely === 0) return 'none found; a short one can be missed';
    if (likely === 0) return count(sure);
    return sure === 0 ? `perhaps ${count(likely)}` : `${count(sure)}, perhaps ${likely} more`;
  },
  noJump: 'no jump',
  recordedInOne: 'recorded in one go',
  jumps: (count: number) => (count === 1 ? '1 jump' : `${count} jumps`),
  places: (number: number) => (number === 1 ? 'at one place' : `at ${number} places`),
  alone: 'nobody else',
  accompanied: (share: string) => `in ${share} of the take`,
  lying: 'cannot be told: the picture is not upright',
  turning: {
    0: 'to be left as it is',
    90: 'a quarter turn right (turn90)',
    180: 'half a turn (turn180)',
    270: 'a quarter turn left (turn270)',
  },
  upright: 'upright',
  aside: (share: string, sign: number) => `${share} to the ${sign < 0 ? 'left' : 'right'}`,
  fromMiddle: (share: string) => `at most ${share} from the middle`,
  ofHeight: (share: string) => `${share} of the height`,
  fromTop: (share: string) => `${share} from the top`,
  headCut: 'cut off',
  pixels: (number: number) => `${Math.round(number)} pixels`,
  grown: (share: string, isLarger: boolean) => `${share} ${isLarger ? 'larger' : 'smaller'}`,
  bright: (share: string) => `${share} bright`,
  atWorst: (usual: string, worst: string) => `${usual}, at worst ${worst}`,
  sizeLimit: (limit: string) => `${limit} in size`,
  apart: (share: string) => `${share} apart`,
  alike: (share: string, apart: string) => `${share} alike, ${apart} apart`,
  alikeLimit: (share: string, apart: string) => `at least ${share} alike, or at most ${apart} apart`,
  black: (share: string) => `${share} of it black`,
  white: (share: string) => `${share} of it white`,
  inASecond: (limit: string) => `${limit} of the width in a second`,
  /** What is mended, one after the other. */
  mended: ({ gainDb, noiseDbfs, crop, turn, liftExponent }: Mended) =>
    [
      ...(gainDb === null ? [] : [`loudness ${gainDb > 0 ? '+' : ''}${trimmed(gainDb, 1)} dB`]),
      ...(noiseDbfs === null ? [] : ['room quieter between words']),
      ...(crop === null ? [] : ['black bars cut off']),
      ...(turn === 0 ? [] : [TURNED[turn]]),
      ...(liftExponent === null ? [] : ['dark picture lifted']),
    ].join(', '),
  hum: (level: string, hertz: number) => `${level} at ${hertz} Hz`,
  /** Why a measure could not be taken. */
  noPackets: 'the frames could not be read',
  noSound: 'no sound',
  noSpeech: 'no speech',
  notSeen: 'no face was found',
  notMeasured: 'not measured yet',
  notTold: 'cannot be told',
  tooShortToTell: 'too short to tell',
  handsNotLooked: 'not looked for',
  handsNotSeen: 'not seen often enough',
  onlyOwn: 'only known of recordings made here',
} as const;
