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
  private heard = 0;
  private sinceLast = 0;

  process([input = []]: readonly Float32Array[][]): boolean {
    const [first] = input;
    // Nothing is connected for a moment, or any more.
    if (first === undefined) return true;
    if (input.length !== this.rings.length) {
      this.rings = input.map(() => new Float32Array(this.windowLength));
      this.heard = 0;
    }
    for (const [channel, samples] of input.entries()) this.keep(channel, samples);
    this.place = (this.place + first.length) % this.windowLength;
    this.heard += first.length;
    this.sinceLast += first.length;
    if (this.heard >= this.windowLength && this.sinceLast >= this.hopLength) {
      this.sinceLast = 0;
      // Where the ring begins does not matter to levels.
      const sample: SoundSample = measureSound(this.rings, currentTime);
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
}

registerProcessor('meter', Meter);
