import { useEffect, useRef } from 'react';
import type { AdviceCode } from '../../../shared/quality/advice.ts';
import { framingTarget, HEADS_TALL } from '../../../shared/quality/framing.ts';
import type { Box, Face } from '../../../shared/quality/observation.ts';
import { words } from '../../../shared/words/app.ts';
import { ArrowMark } from './ArrowMark.tsx';
import { useSession, useStage } from './stageState.tsx';

/** Height of the overlay's own coordinates; its width follows the camera's picture. */
const HEIGHT = 900;
/** What televisions used to cut off, and what hands and hair should keep away from. */
const SAFE = 0.05;

/** Advice about where the person is, and how they look into the lens. */
const PLACE: ReadonlySet<AdviceCode> = new Set<AdviceCode>([
  'SECOND_PERSON',
  'MOVE_LEFT',
  'MOVE_RIGHT',
  'MOVE_UP',
  'MOVE_DOWN',
  'TOO_FAR',
  'TOO_CLOSE',
  'HEAD_CUT',
  'EYES_SMALL',
  'TURN_LEFT',
  'TURN_RIGHT',
  'CHIN_UP',
  'CHIN_DOWN',
  'HEAD_TILTED',
]);

/** The marks for the feet leave the middle to the coach's line. */
const FEET_APART = 320;

/**
 * Where the person should be, and where they are. Drawn in the mirrored picture: x runs from the right edge of what
 * the camera sees.
 */
export function Guides({ ready }: { readonly ready: boolean }) {
  const shot = useStage((state) => state.shot);
  const frameWidth = useStage(({ camera }) => (camera.kind === 'live' ? camera.width : 16));
  const frameHeight = useStage(({ camera }) => (camera.kind === 'live' ? camera.height : 9));
  // Beside what has nothing to do with it, the face's own frame would look like something to mend.
  const isAboutPlace = useStage(({ coach }) => coach.advice === null || PLACE.has(coach.advice.code));
  const width = Math.round((HEIGHT * frameWidth) / frameHeight);
  const target = framingTarget(shot, frameWidth, frameHeight);
  const head = boxIn(target.head, width);
  const eyes = target.eyeLine * HEIGHT;
  const edge = SAFE * HEIGHT;
  const reach = Math.max(30, head.width * 0.28);
  return (
    <svg
      className="guides"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      data-ready={ready ? '' : undefined}
      aria-hidden="true"
      focusable="false"
    >
      <path
        className="safe"
        d={corners({ x: edge, y: edge, width: width - 2 * edge, height: HEIGHT - 2 * edge }, 36, 0)}
      />
      <g className="target">
        <path className="halo" d={corners(head, reach, Math.min(24, reach * 0.7))} />
        <path d={corners(head, reach, Math.min(24, reach * 0.7))} />
      </g>
      {ready || <Lines head={head} eyes={eyes} edge={edge} width={width} feet={shot === 'full-body'} />}
      {ready ? (
        <g className="well" transform={`translate(${head.x + head.width} ${head.y})`}>
          <circle r="19" />
          <path d="M-8 0l6 6 10-12" />
        </g>
      ) : (
        isAboutPlace && <You width={width} />
      )}
    </svg>
  );
}

/** Where the eyes go, how much room is above the head, and where the feet go. */
function Lines({
  head,
  eyes,
  edge,
  width,
  feet,
}: {
  readonly head: Box;
  readonly eyes: number;
  readonly edge: number;
  readonly width: number;
  readonly feet: boolean;
}) {
  const text = words.stage.picture;
  const middle = width / 2;
  const right = head.x + head.width;
  const crown = head.y - 10;
  const hasHeadroom = crown - edge > 30;
  const ground = Math.min(head.y + HEADS_TALL * head.height, HEIGHT - edge);
  return (
    <>
      <g className="lines">
        <path d={`M${head.x - 96} ${eyes}H${head.x - 18}M${right + 18} ${eyes}H${right + 96}`} />
        {hasHeadroom && (
          <path d={`M${middle} ${edge}V${crown}M${middle - 14} ${edge}h28M${middle - 14} ${crown}h28`} />
        )}
        {feet && <path d={`M${middle - FEET_APART} ${ground}h-96M${middle + FEET_APART} ${ground}h96`} />}
      </g>
      <text x={head.x - 108} y={eyes + 8} textAnchor="end">
        {text.eyes}
      </text>
      {hasHeadroom && (
        <text x={middle + 28} y={(edge + crown) / 2 + 8}>
          {text.headroom}
        </text>
      )}
      {feet && (
        <text x={middle + FEET_APART + 110} y={ground + 8}>
          {text.feet}
        </text>
      )}
    </>
  );
}

/** The face as it is seen at the moment. Moved without React, as often as the coach looks. */
function You({ width }: { readonly width: number }) {
  const session = useSession();
  const arrow = useStage(({ coach }) => coach.advice?.arrow ?? null);
  const all = useRef<SVGGElement>(null);
  const frame = useRef<SVGGElement>(null);
  const label = useRef<SVGTextElement>(null);
  const pointer = useRef<SVGGElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another arrow is another element to place
  useEffect(() => {
    let drawn: Face | null = null;
    const draw = () => {
      const face = session.get().coach.frame?.faces[0] ?? null;
      if (face === drawn) return;
      drawn = face;
      all.current?.toggleAttribute('hidden', face === null);
      if (!face) return;
      const box = boxIn(mirrored(face.box), width);
      for (const rect of frame.current?.children ?? []) {
        for (const [name, value] of Object.entries(box)) rect.setAttribute(name, value.toFixed(1));
      }
      const onRight = box.x + box.width / 2 > width / 2;
      label.current?.setAttribute('x', String(onRight ? box.x + box.width + 14 : box.x - 14));
      label.current?.setAttribute('y', String(box.y + 26));
      label.current?.setAttribute('text-anchor', onRight ? 'start' : 'end');
      pointer.current?.setAttribute('transform', `translate(${box.x + box.width / 2} ${placeBelow(box)})`);
    };
    draw();
    return session.follow(draw);
  }, [session, width, arrow]);
  return (
    <g className="you" ref={all}>
      <g ref={frame}>
        <rect className="halo" rx="22" />
        <rect rx="22" />
      </g>
      <text ref={label}>{words.stage.picture.you}</text>
      {arrow !== null && (
        <g ref={pointer}>
          <ArrowMark arrow={arrow} />
        </g>
      )}
    </g>
  );
}

/** The arrow stands below the face, or above it where there is no room. */
const placeBelow = (box: Box): number =>
  box.y + box.height + 66 < HEIGHT - 200 ? box.y + box.height + 66 : Math.max(70, box.y - 66);

const mirrored = (box: Box): Box => ({ ...box, x: 1 - box.x - box.width });

const boxIn = (box: Box, width: number): Box => ({
  x: box.x * width,
  y: box.y * HEIGHT,
  width: box.width * width,
  height: box.height * HEIGHT,
});

/** Four corners of a box, each arm `reach` long, rounded by `round`. */
function corners({ x, y, width, height }: Box, reach: number, round: number): string {
  const right = x + width;
  const bottom = y + height;
  const arm = reach - round;
  return [
    `M${x} ${y + reach}v${-arm}q0 ${-round} ${round} ${-round}h${arm}`,
    `M${right - reach} ${y}h${arm}q${round} 0 ${round} ${round}v${arm}`,
    `M${right} ${bottom - reach}v${arm}q0 ${round} ${-round} ${round}h${-arm}`,
    `M${x + reach} ${bottom}h${-arm}q${-round} 0 ${-round} ${-round}v${-arm}`,
  ].join('');
}
