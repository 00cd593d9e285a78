/** A made-up take for trying the journey without any footage: a moving test picture and a voice-like sound. */
import { writeBeside } from './beside.ts';
import type { MediaTools } from './locate.ts';
import { runTool } from './process.ts';

/** Over the trainer's least length of 15 s, and quick to make. */
const SECONDS = 20;

/** Syllables of a voice's pitch and its overtones, with pauses, so that it is neither silence nor one tone. */
const VOICE =
  '0.25*(sin(2*PI*130*t)+0.6*sin(2*PI*260*t)+0.4*sin(2*PI*390*t)+0.2*sin(2*PI*1170*t))' +
  '*pow(sin(2*PI*1.9*t),2)*gt(sin(2*PI*0.31*t),-0.7)';

/**
 * Writes an mp4 of 1080p at 30 frames a second.
 * @throws StudioError FFMPEG_FAILED, DISK_FULL; Cancelled
 */
export async function makeTestPicture(
  outFile: string,
  { tools, signal }: { readonly tools: MediaTools; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  await writeBeside(outFile, async (temporary) => {
    await runTool({
      program: tools.ffmpeg,
      source: outFile,
      step: 'making the test picture',
      signal,
      onStdout: () => undefined,
      args: [
        ...['-nostdin', '-v', 'error', '-y', '-t', String(SECONDS)],
        ...['-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=30'],
        ...['-t', String(SECONDS), '-f', 'lavfi', '-i', `aevalsrc='${VOICE}':s=48000`],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23', '-pix_fmt', 'yuv420p', '-g', '60'],
        ...['-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart', '-f', 'mp4', temporary],
      ],
    });
  });
}
