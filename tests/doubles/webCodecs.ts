/** Pictures and encoders as a browser has them, where there is none: an encoder gives back what a test lets out of it. */
import { vi } from 'vitest';

export class FakeFrame {
  readonly timestamp: number;
  readonly visibleRect = { x: 0, y: 0, width: 1920, height: 1080 };
  readonly format = null;
  readonly colorSpace = { matrix: null };
  closed = false;

  constructor(_picture: unknown, { timestamp = 0 }: { readonly timestamp?: number } = {}) {
    this.timestamp = timestamp;
  }
  clone(): FakeFrame {
    return new FakeFrame(null, { timestamp: this.timestamp });
  }
  close(): void {
    this.closed = true;
  }
}

export class FakeEncoder {
  /** The latest that was opened. */
  static latest: FakeEncoder | null = null;
  /** Whether frames come out as soon as they go in. */
  atOnce = true;
  /** Whether only the first picture tells what a decoder has to know. */
  describesOnce = false;
  #described = false;
  state = 'unconfigured';
  readonly inside: { readonly timestamp: number; readonly keyFrame: boolean }[] = [];
  private readonly heard: EncoderHeard;

  constructor(heard: EncoderHeard) {
    this.heard = heard;
    FakeEncoder.latest = this;
  }
  configure(): void {
    this.state = 'configured';
  }
  encode({ timestamp }: FakeFrame, { keyFrame = false }: { readonly keyFrame?: boolean } = {}): void {
    this.inside.push({ timestamp, keyFrame });
    if (this.atOnce) this.give(1);
  }
  /** Lets out so many of the oldest frames. */
  give(frames: number): void {
    for (const { timestamp, keyFrame } of this.inside.splice(0, frames)) {
      const metadata =
        this.describesOnce && this.#described
          ? {}
          : {
              decoderConfig: { codec: 'avc1.640028', codedWidth: 1920, codedHeight: 1080, description: AVC },
            };
      this.#described = true;
      this.heard.output(chunkOf(keyFrame ? 'key' : 'delta', timestamp), metadata);
    }
  }
  /** Leaves out so many of the oldest frames, and says nothing. */
  leaveOut(frames: number): void {
    this.inside.splice(0, frames);
  }
  async flush(): Promise<void> {
    this.give(this.inside.length);
  }
  /** As a browser does that cannot go on. */
  fail(error: Error): void {
    this.state = 'closed';
    this.heard.error(error);
  }
  close(): void {
    this.state = 'closed';
  }
}

interface EncoderHeard {
  error(error: Error): void;
  output(chunk: EncodedVideoChunk, metadata: EncodedVideoChunkMetadata): void;
}

function chunkOf(type: 'key' | 'delta', timestamp: number): EncodedVideoChunk {
  return {
    type,
    timestamp,
    byteLength: 100,
    duration: null,
    copyTo: (destination) => {
      if (destination instanceof Uint8Array) destination.fill(7);
    },
  };
}

/** SPS and PPS of an encoder in the browser, 1080p. */
const AVC = Uint8Array.from([
  1, 100, 0, 40, 255, 225, 0, 15, 103, 100, 0, 40, 172, 43, 64, 60, 1, 19, 242, 192, 60, 72, 154, 1, 0, 4,
  104, 238, 60, 176,
]);

/** Puts them where a browser has its own, until `vi.unstubAllGlobals`. */
export function fakeWebCodecs(): void {
  vi.stubGlobal('VideoFrame', FakeFrame);
  vi.stubGlobal('VideoEncoder', FakeEncoder);
}
