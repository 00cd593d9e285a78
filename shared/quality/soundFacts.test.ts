import { describe, expect, it } from 'vitest';
import { windowOf } from '../../tests/doubles/coachSamples.ts';
import type { SoundSample } from './observation.ts';
import { DIGITAL_SILENCE } from './sound.ts';
import { soundFacts } from './soundFacts.ts';

const WINDOW = 0.4;
type Heard = readonly ['speech' | 'room', number];
const room = (level: number): Heard => ['room', level];
const speech = (level: number): Heard => ['speech', level];

/** One window after the other. */
const windows = (...heard: readonly Heard[]): SoundSample[] =>
  heard.map(([kind, level], index) => windowOf(kind, level, (index + 1) * WINDOW));
const times = (count: number, heard: Heard): Heard[] => Array.from({ length: count }, () => heard);
const factsOf = (...heard: readonly Heard[]) => soundFacts(windows(...heard), 'live');

describe('the room', () => {
  it('is not judged before four seconds', () => {
    expect(factsOf(...times(10, room(-60))).room).toBeNull();
    expect(factsOf(...times(12, room(-60))).room).not.toBeNull();
  });

  it('is the mean power of the quietest tenth', () => {
    const facts = factsOf(...times(45, room(-40)), room(-60), room(-60), room(-60), room(-50), room(-50));
    // Mean of 10^-6 three times and 10^-5 twice.
    expect(facts.room?.floorDbfs).toBeCloseTo(10 * Math.log10((3e-6 + 2e-5) / 5), 6);
    expect(facts.room?.steady).toBe(true);
  });

  it('of somebody who never stops is at most as loud as the gaps', () => {
    const facts = factsOf(...times(50, speech(-20)));
    expect(facts.room?.steady).toBe(false);
    expect(facts.room?.floorDbfs).toBeCloseTo(-32, 6);
    expect(facts.voiceDbfs).toBeCloseTo(-20, 6);
  });
});

describe('the voice', () => {
  it('is the mean power of the windows with speech', () => {
    const facts = factsOf(...times(20, room(-60)), ...times(7, speech(-20)), ...times(7, speech(-30)));
    expect(facts.voiceDbfs).toBeCloseTo(10 * Math.log10((1e-2 + 1e-3) / 2), 6);
  });

  it('is that of the last seconds, so that what was mended shows', () => {
    const loud = [...times(10, room(-60)), ...times(20, speech(-10))];
    expect(factsOf(...loud, ...times(5, speech(-20))).voiceDbfs).toBeGreaterThan(-16);
    expect(factsOf(...loud, ...times(16, speech(-20))).voiceDbfs).toBeCloseTo(-20, 6);
  });

  it('stays what it was while somebody is silent for a while', () => {
    expect(factsOf(...times(10, speech(-20)), ...times(30, room(-60))).voiceDbfs).toBeCloseTo(-20, 6);
  });

  it('is unknown while somebody is silent', () => {
    expect(factsOf(...times(50, room(-60))).voiceDbfs).toBeNull();
  });

  it('needs more than a word', () => {
    expect(factsOf(...times(30, room(-60)), ...times(3, speech(-20))).voiceDbfs).toBeNull();
    expect(factsOf(...times(30, room(-60)), ...times(4, speech(-20))).voiceDbfs).not.toBeNull();
  });

  it('is not the fan that was switched on', () => {
    expect(factsOf(...times(30, room(-60)), ...times(20, room(-30))).voiceDbfs).toBeNull();
  });

  it('is not what is hardly louder than the room', () => {
    expect(factsOf(...times(30, room(-50)), ...times(10, speech(-41))).voiceDbfs).toBeNull();
    expect(factsOf(...times(30, room(-50)), ...times(10, speech(-39))).voiceDbfs).not.toBeNull();
  });
});

describe('the input', () => {
  it('is dead after three seconds of digital silence', () => {
    expect(factsOf(...times(6, room(DIGITAL_SILENCE))).input).toBe('live');
    expect(factsOf(...times(8, room(DIGITAL_SILENCE))).input).toBe('none');
    expect(factsOf(...times(40, speech(-20)), ...times(8, room(DIGITAL_SILENCE))).input).toBe('none');
    expect(factsOf(...times(40, room(DIGITAL_SILENCE)), room(-70)).input).toBe('live');
  });

  it('that is switched off is so at once', () => {
    expect(soundFacts([], 'muted').input).toBe('muted');
    expect(soundFacts(windows(...times(20, room(DIGITAL_SILENCE))), 'muted').input).toBe('muted');
  });
});

it('clipping and peaks count for four seconds', () => {
  const quiet = windows(...times(30, speech(-20)));
  const loud = quiet.map((window, index) =>
    index === 24 || index === 25 ? { ...window, peakDbfs: 0, clippedShare: 0.01 } : window,
  );
  const share = 2 / 10;
  expect(soundFacts(loud, 'live')).toMatchObject({ clippedWindows: share, loudWindows: share });
  const later = [
    ...loud,
    ...times(10, speech(-20)).map(([kind, level], index) => windowOf(kind, level, 12.4 + index * WINDOW)),
  ];
  expect(soundFacts(later, 'live')).toMatchObject({ clippedWindows: 0, loudWindows: 0 });
});
