/**
 * A microphone for Chromium (`--use-file-for-fake-audio-capture`): something like a voice of a good level in a quiet
 * room. Chromium plays the file again and again.
 */

const RATE = 48_000;
const SECONDS = 20;
/** Of the voice at its loudest; and of the room, about -66 dBFS. */
const VOICE = 0.2;
const ROOM = 0.0009;

/** A WAV file of one channel, 16 bits. */
export function fakeMicrophone(): Buffer {
  const samples = new Int16Array(RATE * SECONDS);
  let seed = 1;
  const noise = (): number => {
    // Park and Miller's generator, so that every run hears the same.
    seed = (seed * 48_271) % 2_147_483_647;
    return (seed / 2_147_483_647) * 2 - 1;
  };
  for (let index = 0; index < samples.length; index += 1) {
    const value = VOICE * voiceAt(index / RATE) + ROOM * noise();
    samples[index] = Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
  }
  return Buffer.concat([wavHead(samples.byteLength), Buffer.from(samples.buffer)]);
}

/** Four syllables a second, a breath every four seconds, harmonics of a pitch near 120 Hz as vowels have them. */
function voiceAt(seconds: number): number {
  if (seconds % 4 > 3.2) return 0;
  const phase = 2 * Math.PI * 120 * seconds + 12 * Math.sin(2 * Math.PI * 0.7 * seconds);
  const syllable = Math.abs(
    Math.sin(2 * Math.PI * 2 * seconds + 0.5 * Math.sin(2 * Math.PI * 0.3 * seconds)),
  );
  const vowel = HARMONICS.reduce((sum, [number, weight]) => sum + weight * Math.sin(number * phase), 0);
  return syllable ** 0.8 * vowel;
}

const HARMONICS = [
  [1, 0.5],
  [2, 0.7],
  [4, 0.8],
  [5, 0.5],
  [9, 0.3],
  [10, 0.35],
  [18, 0.1],
] as const;

function wavHead(bytes: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(bytes, 40);
  return head;
}
