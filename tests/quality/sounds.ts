/** What is done to a voice, or heard in its place: one channel of `RATE` samples a second, full scale 1. */

export const RATE = 48_000;

export type Sound = Float32Array;
/** Gives what is heard of a voice; null for a take without sound. */
export type Hearing = (voice: Sound) => Sound | null;

const fromDecibels = (decibels: number): number => 10 ** (decibels / 20);
const made = (length: number, at: (index: number) => number): Sound =>
  Float32Array.from({ length }, (_, index) => at(index));

/** Numbers from -1 to 1, the same every time. */
function noise(): () => number {
  let state = 0x2545f491;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 0x80000000;
  };
}
/** Of a uniform noise from -1 to 1. */
const NOISE_RMS = 1 / Math.sqrt(3);

export const louder =
  (decibels: number): Hearing =>
  (voice) =>
    voice.map((value) => Math.max(-1, Math.min(1, value * fromDecibels(decibels))));

export const silence: Hearing = (voice) => new Float32Array(voice.length);

export const tone: Hearing = ({ length }) =>
  made(length, (index) => 0.25 * Math.sin((2 * Math.PI * 440 * index) / RATE));

export const steadyNoise: Hearing = ({ length }) => {
  const next = noise();
  return made(length, () => 0.12 * next());
};

/** Four chords of three voices with overtones, two a second, over a beat. */
export const music: Hearing = ({ length }) => {
  const chords = [
    [220, 277.2, 329.6],
    [196, 246.9, 293.7],
    [174.6, 220, 261.6],
    [196, 246.9, 329.6],
  ];
  const next = noise();
  return made(length, (index) => {
    const beat = index / (RATE / 2);
    const within = beat % 1;
    const tones = (chords[Math.floor(beat) % chords.length] ?? []).reduce((sum, hertz) => {
      const phase = (2 * Math.PI * hertz * index) / RATE;
      return sum + Math.sin(phase) + 0.4 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase);
    }, 0);
    return 0.09 * tones * Math.exp(-1.5 * within) + 0.1 * next() * Math.exp(-30 * within);
  });
};

/** 50 Hz and its overtones beside the voice. @param decibels of all of it, RMS */
export const hum =
  (decibels: number): Hearing =>
  (voice) => {
    const parts = [1, 0.7, 0.5, 0.35, 0.25];
    const rms = Math.sqrt(parts.reduce((sum, part) => sum + (part * part) / 2, 0));
    const scale = fromDecibels(decibels) / rms;
    return voice.map(
      (value, index) =>
        value +
        scale *
          parts.reduce(
            (sum, part, place) => sum + part * Math.sin((2 * Math.PI * 50 * (place + 1) * index) / RATE),
            0,
          ),
    );
  };

/** A fan beside the voice. @param decibels RMS */
export const room =
  (decibels: number): Hearing =>
  (voice) => {
    const next = noise();
    const scale = fromDecibels(decibels) / NOISE_RMS;
    return voice.map((value) => value + scale * next());
  };

/** A bare room, as eight combs that fall by 60 dB in `seconds` and two all-passes (Schroeder, 1962) have it. */
export const ringing =
  (seconds: number): Hearing =>
  (voice) => {
    const combs = [1557, 1617, 1491, 1422, 1277, 1356, 1188, 1116].map((delay) => {
      const samples = Math.round((delay * RATE) / 44_100);
      return { line: new Float32Array(samples), feedback: 10 ** ((-3 * samples) / RATE / seconds), at: 0 };
    });
    const passes = [225, 556].map((delay) => ({
      line: new Float32Array(Math.round((delay * RATE) / 44_100)),
      at: 0,
    }));
    return voice.map((value) => {
      let wet = 0;
      for (const comb of combs) {
        const out = comb.line[comb.at] ?? 0;
        comb.line[comb.at] = value + out * comb.feedback;
        comb.at = (comb.at + 1) % comb.line.length;
        wet += out / combs.length;
      }
      for (const pass of passes) {
        const held = pass.line[pass.at] ?? 0;
        const out = held - 0.5 * wet;
        pass.line[pass.at] = wet + 0.5 * out;
        pass.at = (pass.at + 1) % pass.line.length;
        wet = out;
      }
      return 0.5 * value + 0.9 * wet;
    });
  };

/** The voice without what was said from `start` on. */
export const without =
  (start: number, seconds: number) =>
  (voice: Sound): Sound => {
    const from = Math.round(start * RATE);
    const to = from + Math.round(seconds * RATE);
    const kept = new Float32Array(voice.length - (to - from));
    kept.set(voice.subarray(0, from));
    kept.set(voice.subarray(to), from);
    return kept;
  };

export const muted =
  (start: number, seconds: number): Hearing =>
  (voice) =>
    voice.map((value, index) => (index >= start * RATE && index < (start + seconds) * RATE ? 0 : value));
