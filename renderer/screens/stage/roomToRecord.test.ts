import { describe, expect, it } from 'vitest';
import { STOP_ROOM_BYTES } from '../../../shared/recording/recording.ts';
import type { RecorderState } from '../../capture/session.ts';
import { secondsOfRoom } from './roomToRecord.ts';

/** A megabyte a second is planned: three times what five minutes need is 900 MB. */
const NEEDED = 900e6;
const FREE = STOP_ROOM_BYTES + 1000e6;
const recording = (change: Partial<Extract<RecorderState, { kind: 'recording' }>>): RecorderState => ({
  kind: 'recording',
  seconds: 10,
  dropped: 0,
  repeated: 0,
  bytesWritten: 5e6,
  freeBytes: FREE,
  secondsUnsaved: 0,
  ...change,
});
const room = (recorder: RecorderState, freeBytes = FREE) =>
  secondsOfRoom({ recorder, freeBytes, neededBytes: NEEDED });

describe('how long there is room to record', () => {
  it('is not known before the disk was asked', () => {
    const recorder = { kind: 'idle' } as const;
    expect(secondsOfRoom({ recorder, freeBytes: null, neededBytes: NEEDED })).toBeNull();
    expect(secondsOfRoom({ recorder, freeBytes: FREE, neededBytes: null })).toBeNull();
  });

  it('counts with the planned rate before, during and after a take that needs less', () => {
    expect(room({ kind: 'idle' })).toBeCloseTo(1000);
    expect(room(recording({ bytesWritten: 0 }))).toBeCloseTo(1000);
    expect(room(recording({}), FREE - 5e6)).toBeCloseTo(995);
    expect(room({ kind: 'stopping' }, FREE - 5e6)).toBeCloseTo(995);
  });

  it('counts with what is written where that is more', () => {
    expect(room(recording({ bytesWritten: 20e6 }))).toBeCloseTo(500);
    expect(room(recording({ bytesWritten: 20e6, seconds: 12, secondsUnsaved: 2 }))).toBeCloseTo(500);
  });

  it('is nothing where a take would be ended', () => {
    expect(room({ kind: 'idle' }, STOP_ROOM_BYTES - 1)).toBe(0);
  });
});
