/** A camera that shows a picture which the test chooses: a real video track, with frames as a camera's. */

/** Chromium has it; TypeScript does not know it. */
declare const MediaStreamTrackGenerator: new (init: {
  readonly kind: 'video';
}) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };

export interface StageCamera {
  readonly track: MediaStreamTrack;
  /** One frame of raw video, I420 in BT.709; shown from now on. */
  show(picture: ArrayBuffer): void;
  setRate(framesPerSecond: number): void;
}

export function createStageCamera(width: number, height: number): StageCamera {
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  let picture: ArrayBuffer | null = null;
  let framesPerSecond = 30;
  let timestamp = 0;
  let due = performance.now();
  const give = (): void => {
    if (picture !== null) {
      const colorSpace = {
        matrix: 'bt709',
        primaries: 'bt709',
        transfer: 'bt709',
        fullRange: false,
      } as const;
      const size = { codedWidth: width, codedHeight: height };
      const frame = new VideoFrame(picture, { format: 'I420', ...size, timestamp, colorSpace });
      // Where nobody reads at the moment, the frame is dropped, as a camera does it.
      writer.write(frame).catch(() => frame.close());
    }
    timestamp += 1_000_000 / framesPerSecond;
    due = Math.max(due + 1000 / framesPerSecond, performance.now());
    setTimeout(give, due - performance.now());
  };
  give();
  return {
    track,
    show(next) {
      picture = next;
    },
    setRate(next) {
      framesPerSecond = next;
    },
  };
}
