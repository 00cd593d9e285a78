/** What an audio worklet finds around it; TypeScript has no library for it. */
declare const sampleRate: number;
/** Seconds of the audio context. */
declare const currentTime: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new () => AudioWorkletProcessor & {
    process(inputs: readonly Float32Array[][]): boolean;
  },
): void;
