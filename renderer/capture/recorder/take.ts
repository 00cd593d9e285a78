/** One take while it is made: picture and sound encoded, cut into fragments and sent, until something ends it. */
import type { RecordingCounts, StageSample } from '../../../shared/recording/port.ts';
import { recorderWords } from '../../../shared/words/recorder.ts';
import { inTime } from '../inTime.ts';
import type { PictureCodec, PictureSize, SoundCodec } from './codecs.ts';
import { openSoundEncoder, type PictureEncoder, type SoundEncoder } from './encoders.ts';
import { FragmentSender, MOST_UNSAVED_SECONDS, type StorePort } from './fragmentSender.ts';
import { type Inputs, now } from './inputs.ts';
import { type BrokenOff, type TakeProgress, whyDiskFailed } from './messages.ts';
import { FRAMES_PER_FRAGMENT, FRAMES_PER_SECOND, steadyStart } from './pacer.ts';
import { PictureLine } from './pictureLine.ts';
import { SAMPLE_RATE, type Samples, SoundLine } from './soundLine.ts';
import { beginTakeFile, type TakeFile } from './takeFile.ts';

/** A camera that delivers nothing for so long gets its last picture repeated, so that what was recorded goes to the disk. */
const FILL_AFTER_SECONDS = 1;
/** What is filled stays this far behind, seconds: a frame may still come. */
const FILL_BEHIND_SECONDS = 0.5;
/** A camera that says it is switched off, and one that says nothing, is lost after so long, seconds. */
const MUTED_IS_LOST_SECONDS = 2;
const SILENT_IS_LOST_SECONDS = 5;
/** Sound arrives later than the picture it belongs to: at the end it is waited for this long, milliseconds. */
const LAST_SOUND_MS = 250;
const LAST_SOUND_STEP_MS = 10;
/** An encoder that does not give back what is in it is left behind, milliseconds. */
const FLUSH_MS = 20_000;
/** A disk that says nothing for so long, seconds, is not there any more; in the end one that is slow gets this much. */
const DISK_SILENT_SECONDS = 10;
const DISK_PATIENCE_MS = 60_000;
const TICK_MS = 250;
/** No fragment has become complete for so long although the disk owes nothing: an encoder gives nothing any more. */
const STALLED_TICKS = 10_000 / TICK_MS;
/** Ticks between two reports of progress. */
const REPORT_EVERY = 2;

/** Camera and microphone, as far as a take needs them. */
export type TakeInputs = Pick<
  Inputs,
  'align' | 'recentTimes' | 'timeOf' | 'blockOf' | 'followClocks' | 'lastPicture'
>;

export interface TakeParts {
  readonly inputs: TakeInputs;
  readonly picture: PictureCodec;
  /** Of this codec; the take closes it. */
  readonly encoder: PictureEncoder;
  readonly sound: SoundCodec | null;
  readonly size: PictureSize;
  readonly port: StorePort;
}

export interface TakeHeard {
  progress(progress: TakeProgress): void;
  brokeOff(why: BrokenOff): void;
}

export class Take {
  readonly #inputs: TakeInputs;
  readonly #heard: TakeHeard;
  readonly #sender: FragmentSender;
  readonly #file: TakeFile;
  readonly #pictures: PictureLine;
  readonly #sounds: { readonly line: SoundLine; readonly encoder: SoundEncoder } | null;
  /** Sound beyond the picture that is there so far: the take must not end with sound alone. */
  readonly #soundAhead: Samples[] = [];
  #soundGiven = 0;
  readonly #timer: ReturnType<typeof setInterval>;
  #ticks = 0;
  /** Counted in ticks, so that a computer that stood still is not taken for an encoder that does. */
  #ticksWithoutFragment = 0;
  /** When the camera last delivered, seconds. */
  #seenAt: number | null = null;
  #state: 'running' | 'ending' | 'over' = 'running';
  #cameraMuted = false;
  /** How much has been encoded. */
  #fileSeconds = 0;
  /** What has been told of frames so far. */
  #told = { dropped: 0, repeated: 0 };
  #ended: Promise<void> | null = null;

  /** Begins with the next frame. */
  static async begin(parts: TakeParts, heard: TakeHeard): Promise<Take> {
    // Nothing is stored before the first fragment is complete.
    let store = (_bytes: ArrayBuffer): void => {};
    const file = await beginTakeFile(parts.picture, parts.sound, (bytes) => store(bytes));
    const take = new Take(parts, heard, file);
    store = (bytes) => take.#store(bytes);
    return take;
  }

  private constructor({ inputs, encoder, sound, size, port }: TakeParts, heard: TakeHeard, file: TakeFile) {
    this.#inputs = inputs;
    this.#heard = heard;
    this.#file = file;
    this.#sender = new FragmentSender(port, {
      stop: () => this.#breakOff({ end: 'disk-full' }),
      failed: (code, message) => this.#breakOff(whyDiskFailed(code, message)),
    });
    inputs.align();
    const times = inputs.recentTimes();
    const start = (times.length === 0 ? now() : steadyStart(times)) + 1 / FRAMES_PER_SECOND;
    const failed = (error: unknown): void => this.#fail(error);
    this.#pictures = new PictureLine(start, size, encoder, {
      out: (chunk, index, metadata) => {
        this.#fileSeconds = Math.max(this.#fileSeconds, (index + 1) / FRAMES_PER_SECOND);
        file.addPicture(chunk, index, metadata).catch(failed);
      },
      failed,
    });
    this.#sounds = sound && {
      // What the decoder leaves out at the beginning is left out here as well, so that both begin together.
      line: new SoundLine(start + sound.leadSamples / SAMPLE_RATE, sound.config.numberOfChannels),
      encoder: openSoundEncoder(
        sound,
        (chunk, sample, length, metadata) => {
          // What an encoder adds to come out even would be a fragment of its own, without picture.
          if (sample >= soundLength(this.#pictures.length)) return;
          file.addSound(chunk, sample, length, metadata).catch(failed);
        },
        failed,
      ),
    };
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
    const before = this.#seenAt ?? now();
    this.#seenAt = now();
    // The computer slept: what lies between is no part of a take.
    if (this.#seenAt - before > SILENT_IS_LOST_SECONDS) return this.lost('camera');
    try {
      await this.#pictures.add(frame, this.#inputs.timeOf(frame), !this.#isDiskBehind);
    } catch (error) {
      this.#fail(error);
    }
    if (this.#pictures.isLongest) this.#breakOff({ end: 'longest' });
  }

  /** Takes what the microphone delivered; the caller closes it. */
  sound(data: AudioData): void {
    if (this.#sounds === null || this.#state === 'over') return;
    this.#addSound(this.#sounds.line.add(this.#inputs.blockOf(data), this.#pictures.shift));
  }

  lost(which: 'camera' | 'microphone'): void {
    this.#breakOff({ end: which === 'camera' ? 'camera-lost' : 'microphone-lost' });
  }

  /** Ends the take with what has been delivered; resolves when it is stored, or cannot be. */
  stop(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  /** Encodes sound as far as there is picture. */
  #addSound(parts: readonly Samples[]): void {
    this.#soundAhead.push(...parts);
    const allowed = soundLength(this.#pictures.length);
    for (let part = this.#soundAhead[0]; part !== undefined; part = this.#soundAhead[0]) {
      const length = part[0]?.length ?? 0;
      if (this.#soundGiven + length > allowed) return;
      this.#soundAhead.shift();
      this.#soundGiven += length;
      this.#sounds?.encoder.encode(part);
    }
  }

  /** A fragment is complete, or the head of the file. */
  #store(bytes: ArrayBuffer): void {
    this.#ticksWithoutFragment = 0;
    const offset = this.#sounds?.line.offset;
    // A fragment is complete when the next has begun; the last one is when all is.
    const frames = Math.round(this.#fileSeconds * FRAMES_PER_SECOND);
    const whole = (frames - (frames % FRAMES_PER_FRAGMENT)) / FRAMES_PER_SECOND;
    const seconds = this.#state === 'over' ? this.#fileSeconds : whole;
    const counts: RecordingCounts = {
      seconds,
      ...this.#pictures.counts,
      soundOffsetMs: offset === undefined ? null : offset * 1000,
    };
    this.#sender.send(bytes, counts);
  }

  #tick(): void {
    this.#ticks += 1;
    this.#inputs.followClocks();
    if (this.#state === 'running') this.#fillGaps();
    this.#ticksWithoutFragment += 1;
    if (this.#ticksWithoutFragment > STALLED_TICKS && this.#sender.silentSeconds === 0)
      this.#fail(new Error('The encoders give nothing any more.'));
    if (this.#isDiskBehind && this.#isDiskSilent)
      this.#breakOff(whyDiskFailed('RECORDING_WRITE_FAILED', recorderWords.diskSilent));
    if (this.#ticks % REPORT_EVERY === 0) this.#report();
  }

  /** No more may wait for the disk. */
  get #isDiskBehind(): boolean {
    return this.#fileSeconds - this.#sender.savedSeconds >= MOST_UNSAVED_SECONDS;
  }

  get #isDiskSilent(): boolean {
    return this.#sender.silentSeconds >= DISK_SILENT_SECONDS;
  }

  #fillGaps(): void {
    const idle = now() - (this.#inputs.lastPicture ?? now());
    if (idle > (this.#cameraMuted ? MUTED_IS_LOST_SECONDS : SILENT_IS_LOST_SECONDS)) this.lost('camera');
    if (idle > FILL_AFTER_SECONDS) this.#pictures.fillTo(now() - FILL_BEHIND_SECONDS);
    // Fragments wait for their sound: silence stands in for a microphone that delivers none.
    const behind = this.#pictures.length - FILL_AFTER_SECONDS * FRAMES_PER_SECOND;
    if (this.#sounds !== null) this.#addSound(this.#sounds.line.fillTo(soundLength(behind)));
  }

  #report(): void {
    const seconds = this.#pictures.length / FRAMES_PER_SECOND;
    const { dropped, repeated } = this.#pictures.counts;
    const lately = { dropped: dropped - this.#told.dropped, repeated: repeated - this.#told.repeated };
    this.#told = { dropped, repeated };
    for (const what of ['dropped', 'repeated'] as const) {
      const frames = lately[what];
      if (frames > 0) this.addSamples([{ kind: 'timing', atSeconds: seconds, what, frames }]);
    }
    this.#heard.progress({
      seconds,
      dropped,
      repeated,
      bytesWritten: this.#sender.bytesWritten,
      freeBytes: this.#sender.freeBytes,
      secondsUnsaved: Math.max(0, seconds - this.#sender.savedSeconds),
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
    this.#pictures.end();
    await this.#endSound(soundLength(this.#pictures.length));
    this.#state = 'over';
    clearInterval(this.#timer);
    const flushed = Promise.allSettled([this.#pictures.flush(), this.#sounds?.encoder.flush()]);
    await inTime(FLUSH_MS, flushed);
    this.#report();
    this.#pictures.close();
    this.#sounds?.encoder.close();
    // A file that cannot be ended lacks its last fragment, no more.
    await this.#file.end().catch((error: unknown) => console.error(error));
    await this.#waitForDisk();
    this.#sender.close();
  }

  /** Until everything is stored; a disk that does not answer is not waited for. */
  async #waitForDisk(): Promise<void> {
    const drained = this.#sender.drained();
    for (let waited = 0; waited < DISK_PATIENCE_MS; waited += TICK_MS)
      if ((await inTime(TICK_MS, drained)) || this.#isDiskSilent) return;
  }

  /** Sound is as long as the picture: what is under way is waited for, and silence makes up for what does not come. */
  async #endSound(length: number): Promise<void> {
    if (this.#sounds === null) return;
    const { line, encoder } = this.#sounds;
    for (let waited = 0; waited < LAST_SOUND_MS && line.length < length; waited += LAST_SOUND_STEP_MS)
      await new Promise((resolve) => setTimeout(resolve, LAST_SOUND_STEP_MS));
    this.#addSound(line.fillTo(length));
    const left = length - this.#soundGiven;
    const rest = this.#soundAhead[0]?.map((plane) => plane.slice(0, left));
    if (rest !== undefined && left > 0) encoder.encode(rest);
  }
}

/** Samples that are as long as so many frames. */
function soundLength(frames: number): number {
  return Math.floor((frames * SAMPLE_RATE) / FRAMES_PER_SECOND);
}
