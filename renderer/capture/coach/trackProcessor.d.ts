/** Chromium has it in windows too; TypeScript knows it in workers only. */
declare const MediaStreamTrackProcessor:
  | {
      new (init: {
        readonly track: MediaStreamTrack;
        readonly maxBufferSize?: number;
      }): { readonly readable: ReadableStream<VideoFrame> };
    }
  | undefined;
