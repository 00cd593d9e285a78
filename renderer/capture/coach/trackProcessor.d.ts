/** Chromium has it in windows too; TypeScript knows it in workers only. */
declare const MediaStreamTrackProcessor:
  | {
      new <Delivered extends VideoFrame | AudioData = VideoFrame>(init: {
        readonly track: MediaStreamTrack;
        readonly maxBufferSize?: number;
      }): { readonly readable: ReadableStream<Delivered> };
    }
  | undefined;
