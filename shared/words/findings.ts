/** Every sentence of the check: what is the matter, and what to do about it. */

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

export const FINDING_WORDS = {
  DURATION_TOO_SHORT: {
    message: ({ measured }) => `The take is only ${measured} long, and would be refused.`,
    remedy: 'Record at least 15 seconds; two to five minutes make the best twin.',
  },
  DURATION_TOO_LONG: {
    message: ({ measured }) => `The take is ${measured} long, and would be refused.`,
    remedy: 'Cut it to under ten minutes; two to five are best.',
  },
  DURATION_SHORT: {
    message: ({ measured }) =>
      `The take is ${measured} long. It works, but a longer one makes a livelier twin.`,
    remedy: 'Talk for two to five minutes if you can.',
  },
  DURATION_LONG: {
    message: ({ measured }) => `The take is ${measured} long. More than five minutes adds nothing.`,
    remedy: 'Keep the best two to five minutes.',
  },
  RESOLUTION_TOO_LOW: {
    message: ({ measured }) => `The picture is too small (${measured}), and would be refused.`,
    remedy: 'Record in 1080p, or ask for the original file: messengers shrink videos.',
  },
  RESOLUTION_LOW: {
    message: ({ measured }) => `The picture is a little small (${measured}), so your twin will look softer.`,
    remedy: 'Set the camera to 1080p.',
  },
  FRAME_RATE_OFF: {
    message: ({ measured }) =>
      `The video has ${measured} frames a second instead of 30, so movement may look uneven.`,
    remedy: 'Set the camera to 30 frames a second. Preparing converts this one as well as it can.',
  },
  FRAMES_UNEVEN: {
    message: () => 'The pictures do not follow each other evenly, so movement stutters.',
    remedy: 'Close other programs while recording, and give the camera more light.',
  },
  FRAMES_MISSING: {
    message: ({ measured }) => `${measured} of the pictures are missing, so movement jumps.`,
    remedy: 'Close other programs while recording, and plug the camera in directly.',
  },
  FRAME_GAP: {
    message: ({ measured }) =>
      `The picture stands still for ${measured}. A twin needs one take without a break.`,
    remedy: 'Record again, or choose a part without the break.',
  },
  AUDIO_MISSING: {
    message: () => 'There is no sound, and a twin needs your voice.',
    remedy: 'Choose a microphone and record again, or import the file that has the sound.',
  },
  AUDIO_SILENT: {
    message: () => 'The sound is silent, and a twin needs your voice.',
    remedy: 'Check that the right microphone is chosen and not muted, then record again.',
  },
  AUDIO_MOSTLY_SILENT: {
    message: ({ measured }) => `Nobody is heard for ${measured} of the take.`,
    remedy: 'Speak all the way through, and come closer to the microphone.',
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

/** Names of the measures, as they stand in the report. */
export const MEASURE_LABELS = {
  DURATION: 'Length',
  RESOLUTION: 'Picture size',
  FRAME_RATE: 'Frame rate',
  FRAME_TIMING: 'Evenness of frames',
  MISSING_FRAMES: 'Missing frames',
  LONGEST_GAP: 'Longest still',
  AUDIO_LEVEL: 'Loudest sound',
  SILENCE: 'Silence',
} as const;

export type MeasureCode = keyof typeof MEASURE_LABELS;
