/** Stage and check on the same samples: what the one says, the other says with the same severity. */
import { expect, test } from 'vitest';
import { type FrameChange, frameOf } from '../../tests/doubles/coachSamples.ts';
import { takeOf } from '../../tests/doubles/takeObservations.ts';
import { NO_EDIT } from '../domain/edit.ts';
import { type Shot, ShotSchema } from '../domain/report.ts';
import type { FindingCode } from '../words/findings.ts';
import { type AdviceCode, adviceKind } from './advice.ts';
import { judgeFrame, type Trouble } from './judge.ts';
import { judgeTake } from './judgeTake.ts';

/** What the check calls it. */
const FINDING_OF: Partial<Record<AdviceCode, FindingCode>> = {
  NO_FACE: 'FACE_ABSENT',
  SECOND_PERSON: 'SECOND_PERSON',
  MOVE_LEFT: 'FACE_OFF_CENTRE',
  MOVE_RIGHT: 'FACE_OFF_CENTRE',
  TOO_FAR: 'FACE_SMALL',
  TOO_CLOSE: 'FACE_LARGE',
  HEAD_CUT: 'HEAD_CUT',
  MOVE_UP: 'EYES_LOW',
  MOVE_DOWN: 'EYES_HIGH',
  EYES_SMALL: 'EYES_SMALL',
  TURN_LEFT: 'HEAD_TURNED',
  TURN_RIGHT: 'HEAD_TURNED',
  CHIN_UP: 'HEAD_TURNED',
  CHIN_DOWN: 'HEAD_TURNED',
  HEAD_TILTED: 'HEAD_TURNED',
  TOO_DARK: 'FACE_DARK',
  TOO_BRIGHT: 'FACE_BRIGHT',
  LIGHT_FROM_LEFT: 'LIGHT_ONE_SIDED',
  LIGHT_FROM_RIGHT: 'LIGHT_ONE_SIDED',
  HARSH_SHADOW: 'HARSH_SHADOW',
  BACKLIGHT: 'BACKLIGHT',
  HANDS_BEFORE_FACE: 'HANDS_BEFORE_FACE',
  HANDS_CUT: 'HANDS_CUT',
  HANDS_UNSEEN: 'HANDS_UNSEEN',
};

/** Numbers that are the same in every run (Mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function anyFrame(next: () => number): FrameChange {
  const between = (least: number, most: number) => least + next() * (most - least);
  const sometimes = <T>(value: T, otherwise: T): T => (next() < 0.3 ? value : otherwise);
  return {
    centre: sometimes(between(0.2, 0.8), 0.5),
    ...(next() < 0.3 ? { faceHeight: between(0.04, 0.6) } : {}),
    ...(next() < 0.3 ? { eyeLine: between(0.1, 0.6) } : {}),
    yaw: sometimes(between(-50, 50), 0),
    pitch: sometimes(between(-50, 50), 0),
    roll: sometimes(between(-50, 50), 0),
    nobody: next() < 0.03,
    ...(next() < 0.1 ? { second: { height: between(0.1, 0.9), score: between(0.3, 1) } } : {}),
    light: {
      faceMean: sometimes(between(0.1, 0.9), 0.5),
      overShare: sometimes(between(0, 0.05), 0.001),
      underShare: sometimes(between(0, 0.2), 0.01),
      evenness: sometimes(between(0, 1), 0.7),
      cheekDifference: sometimes(between(-0.4, 0.4), 0.01),
      shadowEdge: sometimes(between(0, 0.9), 0.15),
      backgroundStops: sometimes(between(-1, 3), -0.3),
    },
  };
}

/** Left out: what another trouble explains. Of what is more than that the stage names the cause first, being one line. */
const said = (troubles: readonly Trouble[]): Trouble[] =>
  troubles.filter(({ code, amount }) => {
    const { explainedBy, explainedUpTo } = adviceKind(code);
    const isExplained = explainedBy.some((cause) => troubles.some((other) => other.code === cause));
    return !isExplained || amount > explainedUpTo;
  });

/** Findings that are told instead. While recording the stage leaves some of them out: nobody can mend them then. */
const causesOf = (code: AdviceCode): FindingCode[] =>
  Object.entries(FINDING_OF).flatMap(([known, finding]) =>
    adviceKind(code).explainedBy.some((cause) => cause === known) ? [finding] : [],
  );

function compare(shot: Shot, change: FrameChange) {
  const report = judgeTake(takeOf(shot, { seconds: 20, frame: () => change }), {
    shot,
    origin: 'imported',
    edit: NO_EDIT,
    now: new Date(0),
  });
  const checked = new Map(report.findings.map(({ code, severity }) => [code, severity]));
  const troubles = (mode: 'framing' | 'recording') =>
    said(judgeFrame(frameOf(shot, change), { shot, mode, bestSharpness: null })).flatMap(
      ({ code, severity }) => {
        const finding = FINDING_OF[code];
        return finding === undefined ? [] : [{ finding, severity, causes: causesOf(code) }];
      },
    );
  return { checked, framing: troubles('framing'), recording: troubles('recording') };
}

test('all that the stage says of somebody who records stands in the report, as severe', () => {
  const next = numbers(7);
  const differ: string[] = [];
  let compared = 0;
  for (let take = 0; take < 150; take += 1) {
    const shot = ShotSchema.options[take % 3] ?? 'waist-up';
    const { checked, recording } = compare(shot, anyFrame(next));
    for (const { finding, severity, causes } of recording) {
      if (causes.some((cause) => checked.has(cause))) continue;
      compared += 1;
      const found = checked.get(finding);
      if (found !== severity)
        differ.push(`${take} ${shot}: ${finding} ${severity} there, ${found ?? 'nothing'} here`);
    }
  }
  expect(compared).toBeGreaterThan(100);
  expect(differ).toEqual([]);
});

test('what the report says of a whole take, the stage has said before it began', () => {
  const next = numbers(11);
  const differ: string[] = [];
  let compared = 0;
  for (let take = 0; take < 150; take += 1) {
    const shot = ShotSchema.options[take % 3] ?? 'waist-up';
    const { checked, framing } = compare(shot, anyFrame(next));
    for (const [code, severity] of checked) {
      if (!Object.values(FINDING_OF).some((known) => known === code)) continue;
      compared += 1;
      const stage = framing.find(({ finding }) => finding === code);
      if (stage?.severity !== severity)
        differ.push(`${take} ${shot}: ${code} ${severity}, ${stage?.severity ?? 'nothing'}`);
    }
  }
  expect(compared).toBeGreaterThan(150);
  expect(differ).toEqual([]);
});
