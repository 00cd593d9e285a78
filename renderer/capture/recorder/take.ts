/** One take while it is made: paced, encoded, cut into fragments and sent, until something ends it. */
import type { RecordingCounts, StageSample } from '../../../shared/recording/port.ts';
import { LONGEST_SECONDS } from '../../../shared/recording/recording.ts';
import { recorderWords } from '../../../shared/words/recorder.ts';
import type { PictureCodec, PictureSize, SoundCodec } from './codecs.ts';
import { openPictureEncoder, openSoundEncoder, type PictureEncoder, type SoundEncoder } from './encoders.ts';
import { FragmentSender, MOST_UNSAVED_SECONDS, type StorePort } from './fragmentSender.ts';
import { type Inputs, now } from './inputs.ts';
import type { BrokenOff, TakeProgress } from './messages.ts';
import { FrameCopier } from './ownFrame.ts';
import { FRAMES_PER_SECOND, Pacer, steadyStart } from './pacer.ts';
import { SAMPLE_RATE, type Samples, SoundLine } from './soundLine.ts';
import { beginTakeFile, type TakeFile } from './takeFile.ts';

/** Different pictures that may wait for the encoder: 75 MB at 1080p, and 0.8 s that stopping may have to wait. */
const MOST_PICTURES_INSIDE = 24;
/** Frames that may wait for it, repeated ones included. */
const MOST_FRAMES_INSIDE = 45;
/** A camera that delivers nothing for so long gets its last picture repeated, so that what was recorded goes on to the disk. */
const FILL_AFTER_SECONDS = 1;
/** What is filled stays this far behind, seconds: a frame may still come. */
const FILL_BEHIND_SECONDS = 0.5;
/** A camera that says it is switched off, and one that says nothing, is lost after so long, seconds. */
const MUTED_IS_LOST_SECONDS = 2;
const SILENT_IS_LOST_SECONDS = 10;
/** Sound arrives later than the picture it belongs to: at the end it is waited for this long, milliseconds. */
const LAST_SOUND_MS = 250;
const LAST_SOUND_STEP_MS = 10;
/** An encoder that does not give back what is in it is left behind, milliseconds. */
const FLUSH_MS = 15_000;
/** A disk that says nothing for so long is not there any more, milliseconds. */
const DISK_PATIENCE_MS = 60_000;
const TICK_MS = 250;
/** Ticks between two reports of progress. */
const REPORT_EVERY = 2;

export interface TakeParts {
  readonly inputs: Inputs;
  readonly picture: PictureCodec;
  readonly sound: SoundCodec | null;
  readonly size: PictureSize;
  readonly port: StorePort;
}

export interface TakeHeard {
  progress(progress: TakeProgress): void;
  brokeOff(why: BrokenOff): void;
}

export class Take {
  readonly #parts: TakeParts;
  readonly #heard: TakeHeard;
  readonly #sender: FragmentSender;
  readonly #copier: FrameCopier;
  readonly #file: TakeFile;
  readonly #pictures: PictureEncoder;
  readonly #sounds: SoundEncoder | null;
  readonly #pacer: Pacer;
  readonly #line: SoundLine | null;
  /** Sound beyond the picture that is there so far: the take must not end with sound alone. */
  #soundAhead: Samples[] = [];
  #soundGiven = 0;
  readonly #timer: ReturnType<typeof setInterval>;
  #ticks = 0;
  #last: VideoFrame | null = null;
  /** Frames of the encoder's that are a picture of their own. */
  #distinct: boolean[] = [];
  #copying = false;
  #state: 'running' | 'ending' | 'over' = 'running';
  #cameraMuted = false;
  #fileSeconds = 0;
  #delivered = 0;
  #dropped = 0;
  #repeated = 0;
  /** Since the last report. */
  #lately = { dropped: 0, repeated: 0 };
  #ended: Promise<void> | null = null;

  /** Begins with the next frame. */
  static async begin(parts: TakeParts, heard: TakeHeard): Promise<Take> {
    // Nothing is stored before the first second is complete.
    let store = (_bytes: ArrayBuffer): void => {};
    const file = await beginTakeFile(parts.picture, parts.sound, (bytes) => store(bytes));
    const take = new Take(parts, heard, file);
    store = (bytes) => take.#store(bytes);
    return take;
  }

  private constructor(parts: TakeParts, heard: TakeHeard, file: TakeFile) {
    this.#parts = parts;
    this.#heard = heard;
    this.#file = file;
    this.#sender = new FragmentSender(parts.port, {
      stop: () => this.#breakOff({ end: 'disk-full' }),
      failed: (code, message) => this.#breakOff({ end: 'recorder-failed', code, message }),
    });
    this.#copier = new FrameCopier(parts.size);
    const failed = (error: unknown): void => this.#fail(error);
    this.#pictures = openPictureEncoder(
      parts.picture,
      (chunk, index, metadata) => {
        this.#distinct.shift();
        this.#fileSeconds = (index + 1) / FRAMES_PER_SECOND;
        file.addPicture(chunk, index, metadata).catch(failed);
      },
      failed,
    );
    this.#sounds =
      parts.sound &&
      openSoundEncoder(
        parts.sound,
        (chunk, sample, length, metadata) => {
          file.addSound(chunk, sample, length, metadata).catch(failed);
        },
        failed,
      );
    parts.inputs.align();
    const times = parts.inputs.recentTimes();
    const start = steadyStart(times) + 1 / FRAMES_PER_SECOND;
    this.#pacer = new Pacer(start);
    // What the decoder leaves out at the beginning is left out here as well, so that both begin together.
    this.#line =
      parts.sound &&
      new SoundLine(start + parts.sound.leadSamples / SAMPLE_RATE, parts.sound.config.numberOfChannels);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  set cameraMuted(muted: boolean) {
    this.#cameraMuted = muted;
  }

  addSamples(samples: readonly StageSample[]): void {
    this.#sender.sendSamples(samples);
  }

  /** Takes a frame of the camera; the caller closes it. */
  async picture(frame: VideoFrame): Promise<void> {
    if (this.#state !== 'running') return;
    const at = this.#parts.inputs.timeOf(frame);
    const { repeats, write } = this.#pacer.place(at);
    // A frame from before the beginning is none of the take's.
    if (!write && this.#pacer.written === 0) return;
    this.#delivered += 1;
    if (!write || !this.#hasRoom()) return this.#drop();
    this.#copying = true;
    try {
      const own = await this.#copier.copy(frame);
      if (this.#state === 'running') this.#write(own, repeats);
      else own.close();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#copying = false;
    }
  }

  /** Takes what the microphone delivered; the caller closes it. */
  sound(data: AudioData): void {
    if (this.#line === null || this.#state === 'over') return;
    this.#soundAhead.push(...this.#line.add(this.#parts.inputs.blockOf(data), this.#pacer.shift));
    this.#encodeSound();
  }

  lost(which: 'camera' | 'microphone'): void {
    this.#breakOff({ end: which === 'camera' ? 'camera-lost' : 'microphone-lost' });
  }

  /** Ends the take with what has been delivered; resolves when it is stored, or cannot be. */
  stop(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  get counts(): RecordingCounts {
    return {
      seconds: this.#fileSeconds,
      delivered: this.#delivered,
      written: this.#pacer.written,
      dropped: this.#dropped,
      repeated: this.#repeated,
      soundOffsetMs: this.#line && this.#line.offset * 1000,
    };
  }

  #write(picture: VideoFrame, repeats: number): void {
    this.#repeat(Math.min(repeats, this.#framesLeft() - 1));
    if (this.#framesLeft() < 1) {
      picture.close();
      return;
    }
    this.#last?.close();
    this.#last = picture;
    this.#encode(true);
  }

  /** Fills places that the camera left empty with the picture before. */
  #repeat(frames: number): void {
    if (this.#last === null || frames < 1) return;
    for (let frame = 0; frame < frames; frame++) this.#encode(false);
    this.#repeated += frames;
    this.#lately.repeated += frames;
  }

  #encode(isNew: boolean): void {
    if (this.#last === null) return;
    this.#distinct.push(isNew);
    this.#pictures.encode(this.#last);
    this.#pacer.advance(1);
    if (this.#framesLeft() < 1) this.#breakOff({ end: 'longest' });
  }

  #drop(): void {
    this.#dropped += 1;
    this.#lately.dropped += 1;
  }

  #hasRoom(): boolean {
    const pictures = this.#distinct.filter((isNew) => isNew).length;
    const unsaved = this.#fileSeconds - this.#sender.savedSeconds;
    return (
      pictures < MOST_PICTURES_INSIDE &&
      this.#pictures.inside < MOST_FRAMES_INSIDE &&
      unsaved < MOST_UNSAVED_SECONDS
    );
  }

  #framesLeft(): number {
    return LONGEST_SECONDS * FRAMES_PER_SECOND - this.#pacer.written;
  }

  /** Encodes sound as far as there is picture. */
  #encodeSound(): void {
    const allowed = soundLength(this.#pacer.written);
    for (let part = this.#soundAhead[0]; part !== undefined; part = this.#soundAhead[0]) {
      const length = part[0]?.length ?? 0;
      if (this.#soundGiven + length > allowed) return;
      this.#soundAhead.shift();
      this.#soundGiven += length;
      this.#sounds?.encode(part);
    }
  }

  /** A second is complete, or the head of the file. */
  #store(bytes: ArrayBuffer): void {
    this.#sender.send(bytes, this.counts);
  }

  #tick(): void {
    this.#ticks += 1;
    this.#parts.inputs.followClocks();
    this.#fillGaps();
    if (this.#ticks % REPORT_EVERY === 0) this.#report();
  }

  #fillGaps(): void {
    if (this.#state !== 'running') return;
    const idle = now() - (this.#parts.inputs.lastPicture ?? now());
    const longest = this.#cameraMuted ? MUTED_IS_LOST_SECONDS : SILENT_IS_LOST_SECONDS;
    if (idle > longest) this.lost('camera');
    if (idle > FILL_AFTER_SECONDS && !this.#copying && this.#hasRoom()) {
      const missing = this.#pacer.missingAt(now() - FILL_BEHIND_SECONDS);
      this.#repeat(Math.min(missing, this.#framesLeft(), MOST_FRAMES_INSIDE));
    }
    // Fragments wait for the sound of their second: silence stands in for a microphone that delivers none.
    const behind = this.#pacer.written - FILL_AFTER_SECONDS * FRAMES_PER_SECOND;
    if (this.#line !== null) this.#soundAhead.push(...this.#line.fillTo(soundLength(behind)));
    this.#encodeSound();
  }

  #report(): void {
    const atSeconds = this.#pacer.written / FRAMES_PER_SECOND;
    const { dropped, repeated } = this.#lately;
    this.#lately = { dropped: 0, repeated: 0 };
    if (dropped > 0) this.addSamples([{ kind: 'timing', atSeconds, what: 'dropped', frames: dropped }]);
    if (repeated > 0) this.addSamples([{ kind: 'timing', atSeconds, what: 'repeated', frames: repeated }]);
    this.#heard.progress({
      seconds: atSeconds,
      dropped: this.#dropped,
      repeated: this.#repeated,
      bytesWritten: this.#sender.bytesWritten,
      freeBytes: this.#sender.freeBytes,
      secondsUnsaved: Math.max(0, atSeconds - this.#sender.savedSeconds),
    });
  }

  #fail(error: unknown): void {
    if (this.#state === 'over') return;
    console.error(error);
    this.#breakOff({ end: 'recorder-failed', code: 'UNEXPECTED', message: recorderWords.encoderBroke });
  }

  #breakOff(why: BrokenOff): void {
    if (this.#state !== 'running') return;
    void this.stop();
    this.#heard.brokeOff(why);
  }

  async #end(): Promise<void> {
    this.#state = 'ending';
    const length = soundLength(this.#pacer.written);
    await this.#lastSound(length);
    this.#state = 'over';
    clearInterval(this.#timer);
    await inTime(FLUSH_MS, Promise.allSettled([this.#pictures.flush(), this.#sounds?.flush()]));
    this.#report();
    this.#pictures.close();
    this.#sounds?.close();
    this.#last?.close();
    // A file that cannot be ended lacks its last fragment, no more.
    await this.#file.end().catch((error: unknown) => console.error(error));
    await inTime(DISK_PATIENCE_MS, this.#sender.drained());
    this.#sender.close();
  }

  /** Sound is as long as the picture: what is under way is waited for, and silence makes up for what does not come. */
  async #lastSound(length: number): Promise<void> {
    if (this.#line === null) return;
    for (let waited = 0; waited < LAST_SOUND_MS && this.#line.length < length; waited += LAST_SOUND_STEP_MS)
      await new Promise((resolve) => setTimeout(resolve, LAST_SOUND_STEP_MS));
    this.#soundAhead.push(...this.#line.fillTo(length));
    this.#encodeSound();
    const left = length - this.#soundGiven;
    const rest = this.#soundAhead[0]?.map((plane) => plane.slice(0, left));
    if (rest !== undefined && left > 0) this.#sounds?.encode(rest);
  }
}

/** Samples that are as long as so many frames. */
function soundLength(frames: number): number {
  return Math.floor((frames * SAMPLE_RATE) / FRAMES_PER_SECOND);
}

async function inTime(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    work,
    new Promise((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    }),
  ]);
  clearTimeout(timer);
}
