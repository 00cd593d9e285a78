/**
 * Records in the real window from a camera whose every frame has a number, with coach and teleprompter on, and counts
 * what is in the file; then the same with MediaRecorder, for comparison.
 */
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { composeFakeCamera, type FakeCamera } from '../footage/fakeCamera.ts';
import { fakeMicrophone } from '../footage/fakeMicrophone.ts';
import { newestTools } from '../footage/tools.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { memoryMegabytes } from './memory.ts';
import { goToStage, type Recorded, recordTake, waitForCoach } from './onStage.ts';
import { watchPage } from './pageWatch.ts';
import { readRecorded, similarity } from './recordedFile.ts';
import { fakeDevices, openStudio } from './studioWindow.ts';
import { readOnlyTake, type TakeFiles } from './takeFiles.ts';

const SECONDS = 30;

interface Run extends Recorded, TakeFiles {
  readonly memoryStartMb: number;
  readonly memoryEndMb: number;
}

/** Hides WebCodecs, so that the stage records with MediaRecorder. */
function hideWebCodecs(): void {
  Reflect.deleteProperty(window, 'VideoEncoder');
}

/** Memory is looked at after a minute, when all has been loaded, and at the end; earlier in a short run. */
const secondsOfFirstLook = (seconds: number): number => (seconds >= 120 ? 60 : Math.min(10, seconds / 2));

async function record(
  { folder, say }: BenchContext,
  seconds: number,
  camera: FakeCamera,
  recorder: 'webcodecs' | 'media-recorder',
): Promise<Run> {
  const studioFolder = join(folder, recorder);
  const microphone = join(folder, `${recorder}.wav`);
  await mkdir(studioFolder);
  await writeFile(microphone, fakeMicrophone());
  const studio = await openStudio({
    folder: studioFolder,
    switches: fakeDevices(camera.file, microphone),
    watch: recorder === 'webcodecs' ? [watchPage] : [watchPage, hideWebCodecs],
    say,
  });
  try {
    const memory: number[] = [];
    const look = async () => void memory.push(await memoryMegabytes(studio.processId));
    await goToStage(studio.page, 'first');
    await waitForCoach(studio.page, say);
    say(`Recording ${seconds} s with ${recorder}.`);
    const recorded = await recordTake(studio.page, async () => {
      const end = pause(seconds * 1000);
      await pause(secondsOfFirstLook(seconds) * 1000);
      await look();
      await end;
      await look();
    });
    const files = await readOnlyTake(studio.libraryDir);
    if (files.take.recording?.setup.recorder !== recorder) {
      throw new Error(
        `The stage recorded with ${files.take.recording?.setup.recorder}, not with ${recorder}.`,
      );
    }
    const [memoryStartMb = 0, memoryEndMb = 0] = memory;
    return { ...recorded, ...files, memoryStartMb, memoryEndMb };
  } finally {
    await studio.close();
  }
}

async function run(context: BenchContext): Promise<Record<string, Figure>> {
  const { seconds = SECONDS, folder, say } = context;
  const tools = await newestTools();
  say('Composing the camera. This takes a minute the first time.');
  const camera = await composeFakeCamera(tools.ffmpeg);
  const made = await record(context, seconds, camera, 'webcodecs');
  const other = await record(context, seconds, camera, 'media-recorder');

  say('Reading the files.');
  const picture = await readRecorded(tools, made.source, camera);
  const ssim = await similarity(tools, made.source, camera, picture, folder);
  const otherPicture = await readRecorded(tools, other.source, camera);
  const longTasks = made.seen.longTasks.filter(({ at }) => at >= made.begun && at <= made.stopped);
  for (const { at, milliseconds } of longTasks) {
    say(
      `Long task: ${Math.round(milliseconds)} ms, ${((at - made.begun) / 1000).toFixed(1)} s into the take.`,
    );
  }
  for (const { atFrame, frames } of picture.gaps) {
    say(`${frames} missing at ${(atFrame / 30).toFixed(1)} s.`);
  }
  for (const { step, at } of made.seen.steps) {
    if (at >= made.stopped) say(`After Stop: ${step} at ${Math.round(at - made.stopped)} ms.`);
  }
  const file = await keep(made.source, dirname(folder));
  say(`The take is kept as ${file}; delete it when you have looked at it.`);

  const looks = made.seen.looks.filter((at) => at < made.begun);
  const kept = made.samples.filter(({ kind }) => kind === 'frame').length;
  const { at: playable = Number.NaN } =
    made.seen.steps.find(({ step, at }) => step === 'loadeddata' && at >= made.stopped) ?? {};
  const counts = made.take.recording?.counts;
  return {
    seconds: rounded(picture.seconds, 2),
    delivered: counts?.delivered ?? null,
    dropped: counts?.dropped ?? null,
    frames: picture.frames,
    missing: picture.missing,
    repeated: picture.repeated,
    unreadable: picture.unreadable,
    width: picture.width,
    height: picture.height,
    codec: made.take.recording?.setup.video.codec ?? null,
    bitRateMbps: rounded(picture.bitRateMbps, 2),
    ssim: rounded(ssim, 4),
    intervalP95Ms: rounded(picture.intervalP95Ms, 2),
    memoryStartMb: made.memoryStartMb,
    memoryEndMb: made.memoryEndMb,
    longTasks: longTasks.length,
    coachHzFraming: rounded(paceOf(looks), 1),
    coachHzRecording: rounded(kept / ((made.stopped - made.begun) / 1000), 1),
    stopToPlayableMs: Math.round(playable - made.stopped),
    mediaRecorderFrames: otherPicture.frames,
    mediaRecorderMissing: otherPicture.missing,
    mediaRecorderSeconds: rounded(otherPicture.seconds, 2),
    mediaRecorderBitRateMbps: rounded(otherPicture.bitRateMbps, 2),
    file,
  };
}

/** Moves the take's source out of the folder that is removed. */
async function keep(source: string, folder: string): Promise<string> {
  const file = join(await mkdtemp(join(folder, 'twin-studio-take-')), `take${extname(source)}`);
  await rename(source, file);
  return file;
}

/** How often something happened, per second. */
function paceOf(times: readonly number[]): number {
  const [first = 0] = times;
  const last = times.at(-1) ?? 0;
  return times.length < 2 ? 0 : ((times.length - 1) * 1000) / (last - first);
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

export const bench: Bench = {
  about:
    'a take in the real window: frames kept, quality, memory, coach, stop to playable; beside MediaRecorder',
  window: true,
  figures: {
    seconds: 's of picture in the file',
    delivered: 'frames that reached the recorder, as it says',
    dropped: 'of them, frames that it left out, as it says',
    frames: 'distinct frames found in the file',
    missing: 'frames between the first and the last that are not in the file',
    repeated: 'frames that are in the file once more',
    unreadable: 'frames whose number cannot be read',
    width: 'pixels',
    height: 'pixels',
    codec: 'of the picture',
    bitRateMbps: 'Mb/s of the picture; at least 8 wanted',
    ssim: 'likeness to the camera’s frames, 0 to 1; 0.97 wanted',
    intervalP95Ms: 'ms from 1/30 s between two frames, 95th percentile',
    memoryStartMb: 'MB of all processes after a minute (short runs: 10 s)',
    memoryEndMb: 'MB of all processes before the stop; within 50 of the above wanted',
    longTasks: 'times over 50 ms in which the window’s main thread did nothing else; 0 wanted',
    coachHzFraming: 'frames a second that the coach looks at while framing; 5 wanted',
    coachHzRecording: 'the same while recording, as stored with the take; 1 wanted',
    stopToPlayableMs: 'ms from pressing Stop to a take that can be played; at most 1000 wanted',
    mediaRecorderFrames: 'distinct frames in the file of the same run with MediaRecorder',
    mediaRecorderMissing: 'frames missing in it',
    mediaRecorderSeconds: 's of picture in it',
    mediaRecorderBitRateMbps: 'Mb/s of its picture',
    file: 'the take, kept',
  },
  run,
};
