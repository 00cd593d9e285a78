/// <reference path="./audioWorklet.d.ts" />
/** Measures what a microphone hears, on the thread that hears it: a window of sound, moved on ten times a second. */
import type { SoundSample } from '../../../shared/quality/observation.ts';
import { SOUND_WINDOW_SECONDS } from '../../../shared/quality/sampling.ts';
import { measureSound } from '../../../shared/quality/sound.ts';

const HOP_SECONDS = 0.1;

class Meter extends AudioWorkletProcessor {
  private readonly windowLength = Math.round(SOUND_WINDOW_SECONDS * sampleRate);
  private readonly hopLength = Math.round(HOP_SECONDS * sampleRate);
  /** One ring a channel, all at the same place. */
  private rings: Float32Array[] = [];
  private place = 0;
  /** Samples until the next measurement. */
  private left = 0;

  process([input = []]: readonly Float32Array[][]): boolean {
    const [first] = input;
    // Nothing is connected for a moment, or any more.
    if (first === undefined) return true;
    if (input.length !== this.rings.length) {
      this.rings = input.map(() => new Float32Array(this.windowLength));
      this.left = this.windowLength;
    }
    for (const [channel, samples] of input.entries()) this.keep(channel, samples);
    this.place = (this.place + first.length) % this.windowLength;
    this.left -= first.length;
    if (this.left <= 0) {
      this.left += this.hopLength;
      const sample: SoundSample = measureSound(this.rings.map(this.inOrder), currentTime);
      this.port.postMessage(sample);
    }
    return true;
  }

  private keep(channel: number, samples: Float32Array): void {
    const ring = this.rings[channel];
    if (ring === undefined) return;
    const room = this.windowLength - this.place;
    ring.set(samples.subarray(0, room), this.place);
    if (samples.length > room) ring.set(samples.subarray(room), 0);
  }

  /** The ring from its oldest sample on. */
  private readonly inOrder = (ring: Float32Array): Float32Array => {
    const line = new Float32Array(this.windowLength);
    line.set(ring.subarray(this.place));
    line.set(ring.subarray(0, this.place), this.windowLength - this.place);
    return line;
  };
}

registerProcessor('meter', Meter);
