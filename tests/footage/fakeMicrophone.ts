/**
 * A microphone for Chromium (`--use-file-for-fake-audio-capture`): a voice of a good level in a quiet room. Chromium
 * plays the file again and again.
 */
// biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
import { makeVoice, wavOf } from './voice.mjs';

const SECONDS = 20;

/** A WAV file of one channel, 16 bits. */
export const fakeMicrophone = (): Buffer => wavOf(makeVoice(SECONDS));
