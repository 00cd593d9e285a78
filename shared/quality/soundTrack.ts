/** Turns the samples of a take, as they come, into what is kept of its sound. */
import { Decimator } from './decimate.ts';
import { echoOf } from './echo.ts';
import { HumMeter, MAINS, type Mains, mainsOf } from './hum.ts';
import { KWeighting, loudnessOf } from './loudness.ts';
import type { SoundTrack, SoundWindow } from './observations.ts';
import { SOUND_WINDOW_SECONDS } from './sampling.ts';
import { DIGITAL_SILENCE, measureSound, toDecibel } from './sound.ts';
import { SoundJumps } from './soundJumps.ts';
import { TruePeak } from './truePeak.ts';
import { VoiceFollower } from './voice.ts';
import { PITCH_RATE, SPECTRUM_RATE, VOICE_FRAME_SECONDS, VoiceFrames } from './voiceFrames.ts';

/** Samples a second that are listened to. */
export const HEARD_SAMPLE_RATE = 48_000;
const WINDOW_SAMPLES = Math.round(HEARD_SAMPLE_RATE * SOUND_WINDOW_SECONDS);
const WINDOW_FRAMES = Math.round(SOUND_WINDOW_SECONDS / VOICE_FRAME_SECONDS);
/** Of what is drawn: 20 ms. */
const PEAK_SAMPLES = HEARD_SAMPLE_RATE / 50;
/** From here on somebody may be speaking: in a room that rings, voices are hard to tell. */
const SPEAKS = 0.15;

/** What there is to know of a take's sound. */
export interface HeardSound {
  readonly track: SoundTrack;
  /** How its sound goes on from moment to moment, to tell a cut by. */
  readonly jumps: SoundJumps;
}

/** Listens to a take from its first sample to its last. Its memory grows by some figures for every 20 ms alone. */
export class SoundListener {
  readonly #channels: readonly {
    readonly window: Float32Array;
    readonly weighting: KWeighting;
    readonly truePeak: TruePeak;
  }[];
  readonly #toSpectrum = new Decimator(HEARD_SAMPLE_RATE / SPECTRUM_RATE, 48);
  readonly #toPitch = new Decimator(SPECTRUM_RATE / PITCH_RATE, 40);
  readonly #voiceFrames = new VoiceFrames();
  readonly #voice = new VoiceFollower(WINDOW_FRAMES);
  readonly #humMeter = new HumMeter(PITCH_RATE, PITCH_RATE * SOUND_WINDOW_SECONDS);
  readonly #jumps = new SoundJumps();

  readonly #windows: Omit<SoundWindow, 'speech' | 'humDb'>[] = [];
  readonly #speech: number[] = [];
  readonly #hums: Record<Mains, number>[] = [];
  readonly #levels: number[] = [];
  readonly #peaks: number[] = [];
  #filled = 0;

  /** @param channels how many there are */
  constructor(channels: number) {
    this.#channels = Array.from({ length: channels }, () => ({
      window: new Float32Array(WINDOW_SAMPLES),
      weighting: new KWeighting(),
      truePeak: new TruePeak(),
    }));
  }

  /** The next samples, channels interleaved, -1 to 1. */
  add(samples: Float32Array): void {
    const count = this.#channels.length;
    for (let at = 0; at < samples.length; ) {
      const frames = Math.min(WINDOW_SAMPLES - this.#filled, (samples.length - at) / count);
      for (const [channel, { window }] of this.#channels.entries())
        for (let index = 0; index < frames; index += 1)
          window[this.#filled + index] = samples[at + index * count + channel] ?? 0;
      at += frames * count;
      this.#filled += frames;
      if (this.#filled === WINDOW_SAMPLES) this.#closeWindow();
    }
  }

  /** There are no more. A last window that is less than half full is left out, unless it is the only one. */
  end(): HeardSound {
    if (this.#filled >= WINDOW_SAMPLES / 2 || (this.#windows.length === 0 && this.#filled > 0))
      this.#closeWindow();
    this.#speech.push(...this.#voice.end(this.#windows.length - this.#speech.length));
    const mains = mainsOf(this.#quietHums());
    const windows = this.#windows.map((window, index) => ({
      ...window,
      speech: rounded(this.#speech[index] ?? 0),
      humDb: rounded(this.#hums[index]?.[mains.strongest] ?? 0),
    }));
    const echoMs = echoOf(
      this.#levels,
      (frame) => (this.#speech[Math.floor(frame / WINDOW_FRAMES)] ?? 0) >= SPEAKS,
    );
    return { track: { windows, peaks: this.#peaks, humHz: mains.humHz, echoMs }, jumps: this.#jumps };
  }

  /** Hum in the quietest tenth of the windows: speech has harmonics of its own. */
  #quietHums(): Record<Mains, number>[] {
    const order = [...this.#windows.keys()]
      .filter((index) => (this.#windows[index]?.rmsDbfs ?? DIGITAL_SILENCE) > DIGITAL_SILENCE)
      .sort((one, other) => (this.#windows[one]?.rmsDbfs ?? 0) - (this.#windows[other]?.rmsDbfs ?? 0));
    return order
      .slice(0, Math.max(5, Math.round(order.length / 10)))
      .flatMap((index) => this.#hums[index] ?? []);
  }

  #closeWindow(): void {
    const planes = this.#channels.map(({ window }) => window.subarray(0, this.#filled));
    const { atSeconds, ...levels } = measureSound(planes, this.#windows.length * SOUND_WINDOW_SECONDS);
    this.#windows.push({
      atSeconds: Math.round(atSeconds * 1000) / 1000,
      rmsDbfs: rounded(levels.rmsDbfs),
      peakDbfs: rounded(levels.peakDbfs),
      quietDbfs: rounded(levels.quietDbfs),
      clippedShare: levels.clippedShare,
      ...this.#loudness(planes),
    });
    this.#addPeaks(planes);
    this.#addVoice(planes);
    this.#filled = 0;
  }

  #loudness(planes: readonly Float32Array[]): Pick<SoundWindow, 'loudnessLufs' | 'truePeakDbtp'> {
    let energy = 0;
    let highest = 0;
    for (const [index, { weighting, truePeak }] of this.#channels.entries()) {
      const plane = planes[index] ?? new Float32Array(0);
      energy += weighting.energy(plane);
      highest = Math.max(highest, truePeak.peak(plane));
    }
    return {
      loudnessLufs: rounded(loudnessOf(energy / Math.max(1, this.#filled))),
      truePeakDbtp: rounded(toDecibel(highest)),
    };
  }

  #addPeaks(planes: readonly Float32Array[]): void {
    for (let start = 0; start < this.#filled; start += PEAK_SAMPLES) {
      let peak = 0;
      for (const plane of planes)
        for (let at = start; at < Math.min(plane.length, start + PEAK_SAMPLES); at += 1)
          peak = Math.max(peak, Math.abs(plane[at] ?? 0));
      this.#peaks.push(Math.min(255, Math.round(peak * 255)));
    }
  }

  /** Voice, hum and jumps are heard in the mean of the channels, in whole frames. */
  #addVoice(planes: readonly Float32Array[]): void {
    const length = Math.floor(this.#filled / PEAK_SAMPLES) * PEAK_SAMPLES;
    const mono = new Float32Array(length);
    for (const plane of planes)
      for (let at = 0; at < length; at += 1) mono[at] = (mono[at] ?? 0) + (plane[at] ?? 0) / planes.length;
    const wide = this.#toSpectrum.add(mono);
    const narrow = this.#toPitch.add(wide);
    const frames = this.#voiceFrames.add(wide, narrow);
    this.#speech.push(...this.#voice.add(frames));
    this.#hums.push(length === WINDOW_SAMPLES ? this.#humMeter.standOut(narrow) : NO_HUM);
    this.#jumps.add(frames, mono);
    for (const { level } of frames) this.#levels.push(level);
  }
}

const NO_HUM: Record<Mains, number> = { [MAINS[0]]: 0, [MAINS[1]]: 0 };

const rounded = (value: number): number => Math.round(value * 100) / 100;
