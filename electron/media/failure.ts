/** Turns what ffmpeg and ffprobe print into codes of the catalogue. */
import { basename } from 'node:path';
import { StudioError } from '../../shared/errors.ts';

/** How a run of ffmpeg or ffprobe ended badly. For the log, never for people. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
  /** As it could be typed, without secrets: only local paths stand in it. */
  readonly commandLine: string;
  /** The last lines it printed, oldest first. */
  readonly stderrTail: readonly string[];
  /** Null when a signal ended it. */
  readonly exitCode: number | null;

  constructor(exitCode: number | null, message: string, commandLine: string, stderrTail: readonly string[]) {
    super(message);
    this.exitCode = exitCode;
    this.commandLine = commandLine;
    this.stderrTail = stderrTail;
  }
}

/** What a failed run was about: the file read, and a few words for people on what was being done. */
export interface FailureContext {
  readonly file: string;
  readonly step: string;
}

/**
 * The StudioError for a failed run: DISK_FULL, FILE_MISSING, FILE_UNREADABLE, FILE_TRUNCATED or FILE_NOT_MEDIA where the
 * output says so, FFMPEG_FAILED otherwise. `cause` keeps the failure for the log.
 */
export function explainFailure(failure: ToolFailure, context: FailureContext): StudioError {
  const text = failure.stderrTail.join('\n');
  const details = { file: basename(context.file) };
  const options = { cause: failure };
  if (/No space left on device|Disk quota exceeded/i.test(text))
    return new StudioError('DISK_FULL', {}, options);
  if (/moov atom not found|File ended prematurely at pos/.test(text))
    return new StudioError('FILE_TRUNCATED', details, options);
  // The newer ffmpeg names the file on another line.
  const isSaidOfSource = (what: string) =>
    text.includes(`${context.file}: ${what}`) || text.includes(`Error opening input: ${what}`);
  if (isSaidOfSource('No such file or directory')) return new StudioError('FILE_MISSING', details, options);
  // What is denied may also be where the result goes.
  if (isSaidOfSource('Permission denied')) return new StudioError('FILE_UNREADABLE', details, options);
  // Said of the file itself: the same words about a single packet are no verdict on the file.
  if (
    /Format not on whitelist|Protocol '.*' not on whitelist/.test(text) ||
    isSaidOfSource('Invalid data found when processing input')
  )
    return new StudioError('FILE_NOT_MEDIA', details, options);
  return new StudioError('FFMPEG_FAILED', { step: context.step }, options);
}

/** Whether ffmpeg gave up on a file by itself: a crash of its own says nothing about the file. */
export function gaveUp(error: unknown): boolean {
  return (
    error instanceof StudioError &&
    error.code === 'FFMPEG_FAILED' &&
    error.cause instanceof ToolFailure &&
    error.cause.exitCode !== null
  );
}
