/** Who is seen and how: present, alone, framed for the shot, turned to the lens, with hands that move. */
import type { Turn } from '../domain/review.ts';
import { atLeast, atMost, between, percent, trimmed, under } from '../words/figures.ts';
import { checkWords } from '../words/findings.ts';
import { adviceKind } from './advice.ts';
import { type Course, type Moment, middleOf, troubleIn } from './course.ts';
import { courseFigure } from './courseFigure.ts';
import { crownOf } from './framing.ts';
import { FRAMING, LIMITS } from './limits.ts';
import { type Judgement, measured, notMeasured } from './measures.ts';
import type { Face, FrameSample, Hand } from './observation.ts';
import type { Part } from './part.ts';
import { placesOf } from './places.ts';

/**
 * Who is seen, where in the frame and how: the limits of framing and hands are those of the part's shot.
 * Only that nobody was looked for where no moment was looked at.
 */
export function measuresOfPerson(part: Part, course: Course): Judgement[] {
  if (course.moments.length === 0)
    return [notMeasured('FACE_PRESENT', checkWords.notMeasured, PRESENT_LIMIT)];
  const { uprightTurn } = part.observations;
  if (uprightTurn !== null) return [judgeLying(uprightTurn)];
  return [
    judgePresence(course),
    judgeSecond(course),
    ...judgeFraming(part, course),
    judgeDrift(course),
    judgePose(course),
    ...(FRAMING[part.shot].hands ? [judgeHands(course), judgeGestures(course)] : []),
    judgeText(course),
  ];
}

const PRESENT_LIMIT = atLeast(percent(1 - LIMITS.faceAbsent.value));

/** Nothing else can be told of a face that is not upright. */
function judgeLying(turn: Turn): Judgement {
  const text = checkWords.lying;
  return measured('FACE_PRESENT', { value: null, text, limit: PRESENT_LIMIT }).found('fail', 'LIES_ON_SIDE', {
    measured: checkWords.turning[turn],
    limit: checkWords.upright,
  });
}

function judgePresence({ moments }: Course): Judgement {
  const absent = moments.filter(({ picture }) => picture.frame.faces.length === 0);
  const share = absent.length / moments.length;
  const present = measured('FACE_PRESENT', {
    value: 1 - share,
    text: percent(1 - share),
    limit: PRESENT_LIMIT,
  });
  if (share <= LIMITS.faceAbsent.value) return present.pass();
  return present.found('fail', 'FACE_ABSENT', {
    measured: percent(share),
    limit: atMost(percent(LIMITS.faceAbsent.value)),
    ...placesOf(absent.map(({ place }) => place)),
  });
}

function judgeSecond(course: Course): Judgement {
  const others = course.moments.filter(({ amounts }) => (amounts.SECOND_PERSON ?? 0) > 1);
  const share = others.length / course.moments.length;
  const alone = measured('SECOND_PERSON', {
    value: share,
    text: share === 0 ? checkWords.alone : checkWords.accompanied(percent(share)),
    limit: checkWords.alone,
  });
  const trouble = course.troubleOf('SECOND_PERSON');
  if (trouble === null) return alone.pass();
  const { places, worst } = trouble;
  return alone.found(trouble.severity, 'SECOND_PERSON', {
    places,
    worstAtSeconds: worst.picture.frame.atSeconds,
  });
}

const faceOf = ({ faces: [face] }: FrameSample): Face | null => face ?? null;
const ofFace =
  (figure: (face: Face, frame: FrameSample) => number) =>
  ({ picture }: Moment): number | null => {
    const face = faceOf(picture.frame);
    return face === null ? null : figure(face, picture.frame);
  };

function judgeFraming({ shot }: Part, course: Course): Judgement[] {
  const { faceHeight, eyeLine, eyeDistance } = FRAMING[shot];
  return [
    courseFigure(course, {
      code: 'FACE_POSITION',
      figure: ofFace(({ box }) => box.x + box.width / 2 - 0.5),
      text: (value) => checkWords.aside(percent(Math.abs(value)), value),
      limit: checkWords.fromMiddle(percent(LIMITS.faceOffset.value)),
      troubles: [{ finding: 'FACE_OFF_CENTRE', codes: ['MOVE_LEFT', 'MOVE_RIGHT'] }],
    }),
    courseFigure(course, {
      code: 'FACE_SIZE',
      figure: ofFace(({ box }) => box.height),
      text: (value) => checkWords.ofHeight(percent(value)),
      limit: checkWords.ofHeight(between(percent(faceHeight.least), percent(faceHeight.most))),
      troubles: [
        { finding: 'FACE_SMALL', codes: ['TOO_FAR'] },
        { finding: 'FACE_LARGE', codes: ['TOO_CLOSE'] },
      ],
    }),
    ...(eyeLine === null
      ? []
      : [
          courseFigure(course, {
            code: 'EYE_LINE',
            figure: ofFace(({ eyes }) => (eyes.left.y + eyes.right.y) / 2),
            text: (value) => checkWords.fromTop(percent(value)),
            limit: checkWords.fromTop(between(percent(eyeLine.least), percent(eyeLine.most))),
            troubles: [
              { finding: 'EYES_LOW', codes: ['MOVE_UP'] },
              { finding: 'EYES_HIGH', codes: ['MOVE_DOWN'] },
            ],
          }),
        ]),
    courseFigure(course, {
      code: 'HEADROOM',
      figure: ofFace(({ box }) => crownOf(box)),
      text: (value) => (value < 0 ? checkWords.headCut : percent(value)),
      limit: atLeast(percent(LIMITS.headroom.value)),
      troubles: [{ finding: 'HEAD_CUT', codes: ['HEAD_CUT'] }],
    }),
    ...(eyeDistance === null
      ? []
      : [
          courseFigure(course, {
            code: 'EYE_DISTANCE',
            figure: ofFace(eyeDistanceOf),
            text: checkWords.pixels,
            limit: atLeast(checkWords.pixels(eyeDistance)),
            troubles: [{ finding: 'EYES_SMALL', codes: ['EYES_SMALL'] }],
          }),
        ]),
  ];
}

function eyeDistanceOf({ eyes }: Face, { width, height }: FrameSample): number {
  return Math.hypot((eyes.right.x - eyes.left.x) * width, (eyes.right.y - eyes.left.y) * height);
}

function judgePose(course: Course): Judgement {
  return courseFigure(course, {
    code: 'HEAD_POSE',
    figure: ofFace(({ pose }) => Math.max(Math.abs(pose.yaw), Math.abs(pose.pitch), Math.abs(pose.roll))),
    text: (value) => `${trimmed(value, 0)}°`,
    limit: atMost(`${LIMITS.headPoseRecording.value}°`),
    troubles: [
      {
        finding: 'HEAD_TURNED',
        codes: ['TURN_LEFT', 'TURN_RIGHT', 'CHIN_UP', 'CHIN_DOWN', 'HEAD_TILTED'],
      },
    ],
  });
}

/** Beginning and end of a take, as shares of its moments, and how many moments they need at least. */
const END_SHARE = 0.1;
const END_MOMENTS = 4;

function judgeDrift({ moments }: Course): Judgement {
  const limit = under(percent(LIMITS.drift.value));
  const seen = moments.filter(({ picture }) => faceOf(picture.frame) !== null);
  const count = Math.max(END_MOMENTS, Math.round(seen.length * END_SHARE));
  if (seen.length < 2 * count) return notMeasured('FRAMING_DRIFT', checkWords.tooShortToTell, limit);
  const [start, end] = [seen.slice(0, count), seen.slice(-count)].map(placeOfFace);
  if (start === undefined || end === undefined)
    return notMeasured('FRAMING_DRIFT', checkWords.notSeen, limit);
  const moved = Math.max(Math.abs(end.x - start.x), Math.abs(end.y - start.y));
  const grown = Math.abs(end.height / start.height - 1);
  const facts = { worstAtSeconds: seen.at(-1)?.picture.frame.atSeconds ?? null };
  const byPlace = measured('FRAMING_DRIFT', { value: moved, text: percent(moved), limit });
  if (moved <= LIMITS.drift.value && grown <= LIMITS.sizeDrift.value) return byPlace.pass();
  if (grown / LIMITS.sizeDrift.value <= moved / LIMITS.drift.value)
    return byPlace.found('warn', 'FRAMING_DRIFT', facts);
  const sizeLimit = under(percent(LIMITS.sizeDrift.value));
  const text = checkWords.grown(percent(grown), end.height > start.height);
  const bySize = measured('FRAMING_DRIFT', { value: grown, text, limit: checkWords.sizeLimit(sizeLimit) });
  return bySize.found('warn', 'FRAMING_DRIFT', { ...facts, limit: sizeLimit });
}

function placeOfFace(moments: readonly Moment[]): { x: number; y: number; height: number } {
  const boxes = moments.flatMap(({ picture }) => faceOf(picture.frame)?.box ?? []);
  return {
    x: middleOf(boxes.map(({ x, width }) => x + width / 2)),
    y: middleOf(boxes.map(({ y, height }) => y + height / 2)),
    height: middleOf(boxes.map(({ height }) => height)),
  };
}

/** Moments in which hands were looked for beside a face. */
const withHands = ({ moments }: Course): { moment: Moment; hands: readonly Hand[] }[] =>
  moments.flatMap((moment) => {
    const { hands, faces } = moment.picture.frame;
    if (hands === null || faces.length === 0) return [];
    return [{ moment, hands: hands.filter(({ score }) => score >= LIMITS.handScore.value) }];
  });

function judgeHands(course: Course): Judgement {
  const limit = atLeast(percent(LIMITS.handsSeen.value));
  const looks = withHands(course);
  if (looks.length === 0) return notMeasured('HANDS', checkWords.handsNotLooked, limit);
  const share = looks.filter(({ hands }) => hands.length > 0).length / looks.length;
  const seen = measured('HANDS', { value: share, text: percent(share), limit });
  const found = (['HANDS_BEFORE_FACE', 'HANDS_CUT'] as const).flatMap((code) => {
    const trouble = course.troubleOf(code);
    if (trouble === null) return [];
    const { severity, places, worst } = trouble;
    const worstAtSeconds = worst.picture.frame.atSeconds;
    return [seen.found(severity, code, { measured: '', limit: '', places, worstAtSeconds })];
  });
  // Hands may rest out of sight now and then.
  if (share < LIMITS.handsSeen.value)
    found.push(seen.found(adviceKind('HANDS_UNSEEN').severity, 'HANDS_UNSEEN'));
  const [first] = found;
  if (first === undefined) return seen.pass();
  return { measure: first.measure, findings: found.flatMap(({ findings }) => findings) };
}

function judgeGestures(course: Course): Judgement {
  const limit = atLeast(percent(LIMITS.handMovement.value));
  const seen = withHands(course).filter(({ hands }) => hands.length > 0);
  const steps = seen.slice(1).map(({ hands }, index) => movement(seen[index]?.hands ?? [], hands));
  if (steps.length < END_MOMENTS) return notMeasured('GESTURES', checkWords.handsNotSeen, limit);
  const value = middleOf(steps);
  const gestures = measured('GESTURES', { value, text: percent(value), limit });
  return value < LIMITS.handMovement.value ? gestures.found('info', 'HANDS_STILL') : gestures.pass();
}

/** How far the hand that moved most has come, in shares of the frame. */
function movement(before: readonly Hand[], now: readonly Hand[]): number {
  const centre = ({ box }: Hand) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const distances = now.map((hand) => {
    const here = centre(hand);
    return Math.min(
      ...before.map((other) => {
        const there = centre(other);
        return Math.hypot(here.x - there.x, here.y - there.y);
      }),
    );
  });
  return Math.max(...distances);
}

function judgeText({ moments }: Course): Judgement {
  const limit = under(percent(LIMITS.textArea.value));
  const shares = moments.flatMap(({ picture }) => picture.textShare ?? []);
  if (shares.length === 0) return notMeasured('TEXT', checkWords.notTold, limit);
  const value = middleOf(shares);
  const text = measured('TEXT', { value, text: percent(value), limit });
  const trouble = troubleIn(
    moments,
    ({ picture }) => (picture.textShare === null ? null : picture.textShare / LIMITS.textArea.value),
    { widening: Number.POSITIVE_INFINITY, severity: 'warn' },
  );
  if (trouble === null) return text.pass();
  return text.found('warn', 'TEXT_SEEN', {
    places: trouble.places,
    worstAtSeconds: trouble.worst.picture.frame.atSeconds,
  });
}
