/**
 * A voice without words: pitch that falls and rises, vowels that glide into each other, consonants, and a breath after
 * every phrase, in a quiet room (-66 dBFS). One channel at 48 kHz, loudest at 0.6 of full scale. The same every time.
 */
export function makeVoice(seconds: number): Float32Array;

/** A WAV file of one channel, 16 bits, 48 kHz. */
export function wavOf(samples: Float32Array): Buffer;
