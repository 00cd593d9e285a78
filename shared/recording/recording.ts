/** A recording while it is made, and what a take keeps of how it was made. */
import { z } from 'zod';
import { RecordingCountsSchema } from './port.ts';

/** Names a recording until it is a take; also the name of its folder. */
export const RecordingIdSchema = z
  .string()
  .regex(/^rc_[0-9a-z]{10,40}$/)
  .brand<'RecordingId'>();
export type RecordingId = z.infer<typeof RecordingIdSchema>;

/** What the audio input was asked for and says it does. `null`: it does not say. */
export const AudioProcessingSchema = z.object({
  echoCancellation: z.boolean().nullable(),
  noiseSuppression: z.boolean().nullable(),
  autoGainControl: z.boolean().nullable(),
  sampleRate: z.number().nullable(),
  channelCount: z.number().nullable(),
});
export type AudioProcessing = z.infer<typeof AudioProcessingSchema>;

/** How a take was made; decided when it begins. */
export const RecordingSetupSchema = z.object({
  /** WebCodecs where it can be had. */
  recorder: z.enum(['webcodecs', 'media-recorder']),
  container: z.enum(['mp4', 'webm']),
  camera: z.object({
    label: z.string().max(300),
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    /** What the camera says, or was measured; per second. */
    frameRate: z.number().positive(),
  }),
  /** Null when recorded without sound. */
  microphone: z.object({ label: z.string().max(300), processing: AudioProcessingSchema }).nullable(),
  video: z.object({
    /** As WebCodecs names it, e.g. `avc1.640028`. */
    codec: z.string().max(60),
    /** Bits per second that the encoder was asked for. */
    bitRate: z.number().int().positive(),
    frameRate: z.number().positive(),
  }),
  audio: z.object({ codec: z.string().max(60), bitRate: z.number().int().positive() }).nullable(),
});
export type RecordingSetup = z.infer<typeof RecordingSetupSchema>;

/** Why a take ended. `interrupted`: the window or the program died, and the take was found afterwards. */
export const RecordingEndSchema = z.enum([
  'stopped',
  'longest',
  'camera-lost',
  'microphone-lost',
  'disk-full',
  'recorder-failed',
  'interrupted',
]);
export type RecordingEnd = z.infer<typeof RecordingEndSchema>;

/** Kept in the take. What was measured moment by moment lies beside it in `stage.ndjson`. */
export const TakeRecordingSchema = z.object({
  setup: RecordingSetupSchema,
  end: RecordingEndSchema,
  /** Null where nobody lived to say. */
  counts: RecordingCountsSchema.nullable(),
  /** False when some of what the stage measured could not be stored; null where nobody lived to say. */
  samplesWhole: z.boolean().nullable().default(null),
});
export type TakeRecording = z.infer<typeof TakeRecordingSchema>;

/** Marks of the stage's timer, seconds. */
export const SHORTEST_SECONDS = 15;
export const BEST_FROM_SECONDS = 120;
export const BEST_TO_SECONDS = 300;
/** The recorder stops here by itself. */
export const LONGEST_SECONDS = 600;

/**
 * Length of a fragment, seconds; also the distance of key frames: ten frames. When the program dies, the fragment that
 * is begun is lost, and so is what the encoder still owes and what is on its way to the disk: together less than a second.
 */
export const FRAGMENT_SECONDS = 1 / 3;

/** What the recorder asks of picture and sound, bits per second. */
export const VIDEO_BIT_RATE = 10_000_000;
export const AUDIO_BIT_RATE = 160_000;

/**
 * Recording is refused with less room than three takes of the best length need. Room for the take itself, for its
 * master, and for what else the computer writes meanwhile.
 */
const NEEDED_SECONDS = 3 * BEST_TO_SECONDS;
/** Least room with which a take of this rate may begin, bytes. @param bitRate of picture and sound, bits a second */
export const neededBytes = (bitRate: number): number => (NEEDED_SECONDS * bitRate) / 8;
/** What a second of the take comes to for which this room is needed, bytes. */
export const bytesASecond = (needed: number): number => needed / NEEDED_SECONDS;
/** Less room than this is warned of, bytes. */
export const LOW_ROOM_BYTES = 1_000_000_000;
/** Less room than this ends a take cleanly, bytes. */
export const STOP_ROOM_BYTES = 200_000_000;
