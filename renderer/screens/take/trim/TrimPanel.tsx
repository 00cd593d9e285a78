import { useState } from 'react';
import { say, words } from '../../../../shared/words/app.ts';
import { Button } from '../../../ui/Button.tsx';
import { Tick } from '../../../ui/Choice.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Popover } from '../../../ui/Popover.tsx';
import type { PlayerControls } from '../player/controls.ts';
import { type CutPoints, type Edge, parseTime } from './trim.ts';
import type { TrimState } from './useTrim.ts';

/** How much is kept, and behind it the exact times. Undo and redo stand beside it. */
export function TrimPanel({
  trim,
  points,
  player,
}: {
  readonly trim: TrimState;
  readonly points: CutPoints;
  readonly player: PlayerControls;
}) {
  const text = words.review.trim;
  const { kept, controls } = trim;
  const total = say.wholeLength(points.durationSeconds);
  return (
    <>
      <Popover
        icon="cut"
        label={text.title}
        title={
          trim.trim === null
            ? text.keepsAll
            : text.keeps(say.wholeLength(kept.endSeconds - kept.startSeconds), total)
        }
        kind="above"
      >
        <h3>{text.title}</h3>
        <p className="small muted">{text.body}</p>
        <div className="times">
          <TimeField edge="start" trim={trim} player={player} />
          <TimeField edge="end" trim={trim} player={player} />
        </div>
        {points.isEncoded(trim.trim) ? (
          <p className="small quiet">{text.encoded}</p>
        ) : (
          <div>
            <Tick checked={trim.exact} onChange={controls.setExact}>
              {text.exact}
            </Tick>
            <p className="small quiet">{keyFrameText(points)}</p>
          </div>
        )}
        <Button icon="repeat" disabled={trim.trim === null} onClick={controls.keepAll}>
          {text.keepAll}
        </Button>
      </Popover>
      <Button
        kind="bare"
        size="small"
        icon="undo"
        label={text.undo}
        disabled={!trim.canUndo}
        onClick={controls.undo}
      />
      <Button
        kind="bare"
        size="small"
        icon="redo"
        label={text.redo}
        disabled={!trim.canRedo}
        onClick={controls.redo}
      />
    </>
  );
}

function keyFrameText({ keyFrames, durationSeconds }: CutPoints): string {
  const text = words.review.trim;
  if (keyFrames.length === 0) return text.unknownKeyFrames;
  return text.exactWhy(`${(durationSeconds / keyFrames.length).toFixed(1).replace(/\.0$/, '')} s`);
}

/** An edge as a time that can be typed. */
function TimeField({
  edge,
  trim,
  player,
}: {
  readonly edge: Edge;
  readonly trim: TrimState;
  readonly player: PlayerControls;
}) {
  const text = words.review.trim;
  const [draft, setDraft] = useState<string | null>(null);
  const { startSeconds, endSeconds } = trim.kept;
  const shown = say.preciseLength(edge === 'start' ? startSeconds : endSeconds);
  const typed = draft === null ? null : parseTime(draft);
  const finish = () => {
    if (draft !== null && typed !== null && draft !== shown) trim.controls.move(edge, typed);
    if (draft === null || typed !== null) setDraft(null);
  };
  return (
    <Field
      label={edge === 'start' ? text.startField : text.endField}
      inputMode="decimal"
      value={draft ?? shown}
      wrong={draft !== null && typed === null ? text.notTime : undefined}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape' && draft !== null) {
          event.preventDefault();
          event.stopPropagation();
          setDraft(null);
        }
      }}
      after={
        <Button
          kind="bare"
          size="small"
          label={edge === 'start' ? text.startHere : text.endHere}
          onClick={() => {
            setDraft(null);
            trim.controls.move(edge, player.at());
          }}
        >
          {text.here}
        </Button>
      }
    />
  );
}
