import { describe, expect, test } from 'vitest';
import { type TurnedScores, UprightFinder } from './pictureUpright.ts';

/** Looks at moments, as they are and, where that is wanted, turned. */
function found(moments: readonly { readonly score: number; readonly turned?: Partial<TurnedScores> }[]) {
  const finder = new UprightFinder();
  let tried = 0;
  for (const { score, turned } of moments) {
    if (!finder.wantsMore(score)) continue;
    tried += 1;
    finder.add({ 90: 0, 180: 0, 270: 0, ...turned });
  }
  return { turn: finder.turn(), tried };
}

const repeat = <T>(count: number, one: T): T[] => new Array<T>(count).fill(one);

describe('the way up', () => {
  test('a sure face needs no other', () => {
    expect(found(repeat(60, { score: 0.999 }))).toEqual({ turn: null, tried: 0 });
  });

  test('a face on its side is sure one way only', () => {
    const { turn, tried } = found(repeat(60, { score: 0.4, turned: { 90: 0.97, 270: 1 } }));
    expect(turn).toBe(270);
    expect(tried).toBeLessThanOrEqual(16);
  });

  test('a room without a person says nothing', () => {
    expect(found(repeat(60, { score: 0, turned: { 180: 0.6 } })).turn).toBeNull();
  });

  test('whoever comes late is upright all the same', () => {
    const away = repeat(20, { score: 0 });
    expect(found([...away, ...repeat(40, { score: 1 })]).turn).toBeNull();
  });

  test('a few moments of a take are not enough', () => {
    expect(found([{ score: 0, turned: { 90: 1 } }]).turn).toBeNull();
    expect(found(repeat(2, { score: 0, turned: { 90: 1 } })).turn).toBe(90);
  });
});
