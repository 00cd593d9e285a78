import { expect, it } from 'vitest';
import { explainFailure, ToolFailure } from './failure.ts';

const FILE = '/takes/one/source.mp4';

it.each([
  ['[mov,mp4 @ 0x1] moov atom not found', 'FILE_TRUNCATED'],
  [`file:${FILE}: Invalid data found when processing input`, 'FILE_NOT_MEDIA'],
  ["[hls @ 0x1] Format not on whitelist 'mov'", 'FILE_NOT_MEDIA'],
  [`file:${FILE}: No such file or directory`, 'FILE_MISSING'],
  [`file:${FILE}: Permission denied`, 'FILE_UNREADABLE'],
  ['av_interleaved_write_frame(): No space left on device', 'DISK_FULL'],
  // One bad packet in a file that is otherwise good.
  ['Error while decoding stream #0:0: Invalid data found when processing input', 'FFMPEG_FAILED'],
  ['[in#0 @ 0x1] Error opening input: Permission denied', 'FILE_UNREADABLE'],
  ['[in#0 @ 0x1] Error opening input: No such file or directory', 'FILE_MISSING'],
  ['[in#0 @ 0x1] Error opening input: Invalid data found when processing input', 'FILE_NOT_MEDIA'],
  ['file:/takes/one/masters/x.mp4: Permission denied', 'FFMPEG_FAILED'],
  // The source is named as well, in what was said of it before.
  [`Input #0, mov, from 'file:${FILE}':\nfile:/out/x.mp4: Permission denied`, 'FFMPEG_FAILED'],
  ['Conversion failed!', 'FFMPEG_FAILED'],
])('%s is %s', (line, code) => {
  const failure = new ToolFailure(1, 'exited with 1', 'ffmpeg -i x', ['ffmpeg version', line]);
  const error = explainFailure(failure, { file: FILE, step: 'preparing the master' });
  expect(error).toMatchObject({ code, cause: failure });
  if (code.startsWith('FILE_')) expect(error.details).toEqual({ file: 'source.mp4' });
});
