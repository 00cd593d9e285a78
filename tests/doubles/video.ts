/** A video element that plays only when a test says so: no decoder, no clock of its own. */

type FrameCallback = Parameters<HTMLVideoElement['requestVideoFrameCallback']>[0];

export class FakeVideo extends EventTarget {
  readonly HAVE_METADATA = 1;
  readonly HAVE_CURRENT_DATA = 2;
  readyState = 0;
  seeking = false;
  paused = true;
  ended = false;
  playbackRate = 1;
  volume = 1;
  muted = false;
  readonly duration: number;
  /** Everywhere it was sent to, on its own clock. */
  readonly sentTo: number[] = [];
  #at: number;
  #drawn: FrameCallback | null = null;

  /** @param beginsAt what its clock shows at its beginning, seconds */
  constructor(duration: number, beginsAt = 0) {
    super();
    this.duration = duration;
    this.#at = beginsAt;
  }

  get element(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement;
  }

  get currentTime(): number {
    return this.#at;
  }

  /** It arrives when `arrive` is called. */
  set currentTime(seconds: number) {
    this.sentTo.push(seconds);
    this.#at = Math.min(seconds, this.duration);
    this.ended = false;
    this.seeking = true;
  }

  /** @param meanwhile what happens before it tells anybody that it is loaded */
  load(meanwhile: () => void = () => undefined): void {
    this.readyState = 4;
    meanwhile();
    this.#tell('loadedmetadata');
    this.#tell('loadeddata');
  }

  arrive(): void {
    if (!this.seeking) return;
    this.seeking = false;
    this.#tell('seeked');
  }

  play(): Promise<void> {
    if (!this.paused) return Promise.resolve();
    if (this.ended) this.#at = 0;
    this.paused = false;
    this.ended = false;
    this.#tell('play');
    return Promise.resolve();
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.#tell('pause');
  }

  /** Plays on, with its picture drawn or, in a covered window, without. */
  run(seconds: number, isDrawn = true): void {
    if (this.paused) return;
    this.#at = Math.min(this.#at + seconds, this.duration);
    if (this.#at >= this.duration) {
      this.ended = true;
      this.#tell('timeupdate');
      this.pause();
      this.#tell('ended');
      return;
    }
    if (!isDrawn) {
      this.#tell('timeupdate');
      return;
    }
    this.draw(this.#at);
  }

  /** Plays on, and tells nobody: the window stands still. */
  goOn(seconds: number): void {
    this.#at = Math.min(this.#at + seconds, this.duration);
  }

  /** Shows a frame, which can be one from before it was sent elsewhere. */
  draw(mediaTime: number): void {
    const drawn = this.#drawn;
    this.#drawn = null;
    drawn?.(0, { mediaTime } as VideoFrameCallbackMetadata);
  }

  requestVideoFrameCallback(callback: FrameCallback): number {
    this.#drawn = callback;
    return 1;
  }

  cancelVideoFrameCallback(): void {
    this.#drawn = null;
  }

  #tell(name: string): void {
    this.dispatchEvent(new Event(name));
  }
}
