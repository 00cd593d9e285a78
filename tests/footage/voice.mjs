// @ts-check
/**
 * A voice for tests, made as speech synthesisers of the eighties did: pulses of a throat through the resonances of a
 * mouth that moves. It says nothing, but whatever tells speech from tones, music and noise takes it for speech.
 */

const VOICE_RATE = 48_000;

/** Resonances of vowels, hertz (Peterson and Barney's means for men). */
const VOWELS = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [300, 870, 2240],
  [530, 1840, 2480],
  [570, 840, 2410],
  [660, 1720, 2410],
  [490, 1350, 1690],
];
/** Of full scale: speech then lies near -21 LUFS in one channel. */
const LOUDEST = 0.6;
/** How much the loudest syllables are held back, as a speaker at a microphone does it. */
const HELD = 1.5;
/** Amplitude of the room's noise. */
const ROOM = 0.0009;
const BANDWIDTHS = [70, 100, 150];
/** How a syllable begins: closed for a while, then a burst; hissing; or humming. */
const CONSONANTS = [
  { kind: 'stop', hiss: 3500, seconds: 0.09 },
  { kind: 'stop', hiss: 1600, seconds: 0.08 },
  { kind: 'hiss', hiss: 5800, seconds: 0.1 },
  { kind: 'hiss', hiss: 2800, seconds: 0.09 },
  { kind: 'hum', hiss: 0, seconds: 0.07 },
  { kind: 'hum', hiss: 0, seconds: 0.06 },
];

/** @type {typeof import('./voice.mjs').makeVoice} */
export function makeVoice(seconds) {
  const random = randomiser(11);
  const samples = new Float32Array(Math.round(seconds * VOICE_RATE));
  const mouth = [new Resonator(), new Resonator(), new Resonator()];
  const hiss = new Resonator();
  /** Where the mouth is on its way. @type {number[]} */
  const shape = [500, 1500, 2500];
  let phase = 0;
  let throat = 0;
  let before = 0;
  let gain = 0;
  let noise = 0;
  let at = 0;
  while (at < samples.length) {
    const syllables = 6 + Math.floor(random() * 7);
    for (let syllable = 0; syllable < syllables; syllable += 1) {
      const consonant = CONSONANTS[Math.floor(random() * CONSONANTS.length)] ?? CONSONANTS[0];
      const vowel = VOWELS[Math.floor(random() * VOWELS.length)] ?? VOWELS[0];
      const stress = random();
      const vowelSeconds = 0.07 + 0.11 * stress;
      const length = Math.round((consonant.seconds + vowelSeconds) * VOICE_RATE);
      const start = at;
      for (; at < start + length && at < samples.length; at += 1) {
        const now = (at - start) / VOICE_RATE;
        const isVowel = now >= consonant.seconds;
        const through = (syllable + now / (consonant.seconds + vowelSeconds)) / syllables;
        // Pitch falls through the phrase, rises on stressed vowels, and is never quite steady.
        const hertz =
          128 -
          34 * through +
          (isVowel ? 22 * stress * Math.sin((Math.PI * (now - consonant.seconds)) / vowelSeconds) : 0);
        if (at % 48 === 0) {
          const target = isVowel || consonant.kind !== 'hum' ? vowel : [260, 1200, 2300];
          shape.forEach((from, index) => {
            shape[index] = from + ((target[index] ?? from) - from) * 0.035;
            mouth[index]?.tune(shape[index] ?? from, BANDWIDTHS[index] ?? 100);
          });
          hiss.tune(consonant.hiss === 0 ? 3000 : consonant.hiss, 1400);
        }
        phase += (hertz * (1 + 0.01 * (random() - 0.5))) / VOICE_RATE;
        let pulse = 0;
        if (phase >= 1) {
          phase -= 1;
          pulse = 1;
        }
        // A throat opens slowly and closes fast: twelve decibels less with every octave, less what lips give back.
        throat = throat * 0.985 + pulse;
        const source = throat - before;
        before = throat;
        const voiced = isVowel ? 0.55 + 0.45 * stress : consonant.kind === 'hum' ? 0.3 : 0;
        const burst =
          consonant.kind === 'stop' && now > consonant.seconds - 0.02 && now < consonant.seconds + 0.015;
        const hissed = !isVowel && consonant.kind === 'hiss' ? 0.5 : burst ? 0.8 : 0;
        gain += (voiced - gain) * 0.002;
        noise += (hissed - noise) * 0.004;
        let sound = source * gain;
        for (const resonator of mouth) sound = resonator.pass(sound);
        samples[at] = sound + 0.02 * noise * hiss.pass(random() * 2 - 1);
      }
    }
    const pause = Math.round((0.25 + 0.4 * random()) * VOICE_RATE);
    for (const end = at + pause; at < end && at < samples.length; at += 1) {
      gain += (0 - gain) * 0.001;
      noise += (0 - noise) * 0.004;
      phase += 92 / VOICE_RATE;
      let pulse = 0;
      if (phase >= 1) {
        phase -= 1;
        pulse = 1;
      }
      throat = throat * 0.985 + pulse;
      let sound = (throat - before) * gain;
      before = throat;
      for (const resonator of mouth) sound = resonator.pass(sound);
      samples[at] = sound + 0.02 * noise * hiss.pass(random() * 2 - 1);
    }
  }
  const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  return samples.map(
    (value) => (LOUDEST * Math.tanh((HELD * value) / loudest)) / Math.tanh(HELD) + ROOM * (random() * 2 - 1),
  );
}

/** One resonance: rings at a frequency with a bandwidth, and lets low frequencies pass as they are. */
class Resonator {
  #a = 1;
  #b = 0;
  #c = 0;
  #last = 0;
  #before = 0;

  /**
   * @param {number} hertz
   * @param {number} bandwidth
   */
  tune(hertz, bandwidth) {
    const radius = Math.exp((-Math.PI * bandwidth) / VOICE_RATE);
    this.#c = -radius * radius;
    this.#b = 2 * radius * Math.cos((2 * Math.PI * hertz) / VOICE_RATE);
    this.#a = 1 - this.#b - this.#c;
  }

  /** @param {number} value */
  pass(value) {
    const next = this.#a * value + this.#b * this.#last + this.#c * this.#before;
    this.#before = this.#last;
    this.#last = next;
    return next;
  }
}

/**
 * Park and Miller's generator, so that every run hears the same.
 * @param {number} seed
 */
function randomiser(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** @type {typeof import('./voice.mjs').wavOf} */
export function wavOf(samples) {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(VOICE_RATE, 24);
  bytes.writeUInt32LE(VOICE_RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((value, index) => {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), 44 + index * 2);
  });
  return bytes;
}
