import { useEffect, useRef, useState } from 'react';
import type { TakeDetail } from '../../../../shared/contract.ts';
import type { Review } from '../../../../shared/domain/review.ts';
import { takenRange } from '../../../../shared/quality/edit.ts';
import type { Observations, TimeRange } from '../../../../shared/quality/observations.ts';
import { words } from '../../../../shared/words/app.ts';
import { useCall } from '../../../app/queries.ts';
import { routes } from '../../../app/routes.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { DecisionMark } from '../decide/DecisionMark.tsx';
import { isAcceptable } from '../decide/isAcceptable.ts';
import { ReportView } from '../findings/FindingsPanel.tsx';
import { marksOf } from '../marks.ts';
import { isPlayable, NoPlayer } from '../NoPlayer.tsx';
import type { PlayerControls } from '../player/controls.ts';
import { ReviewPlayer } from '../player/ReviewPlayer.tsx';
import { useFrames } from '../player/useFrames.ts';
import { chosenRange } from '../trim/trim.ts';
import { useObservations } from '../useObservations.ts';
import { wholePartOf } from '../wholePartOf.ts';

/** What a master would hold; of a take that is not checked yet, what was chosen. */
function keptOf({ trim, mends }: Review, observations: Observations | null, total: number): TimeRange {
  return observations === null ? chosenRange(trim, total) : takenRange(observations, { trim, mends });
}

/** One of the two: its name, its player, what the check says unless that stands elsewhere, and accepting it. */
export function Side({
  detail,
  player,
  side,
  hasFindings,
}: {
  readonly detail: TakeDetail;
  readonly player: PlayerControls;
  readonly side: string;
  /** False where both takes' figures stand in their place. */
  readonly hasFindings: boolean;
}) {
  const { take, report } = detail;
  const text = words.review.compare;
  const decide = useCall('decideTake');
  const [selected, setSelected] = useState<string | null>(null);
  const total = take.media?.durationSeconds ?? 0;
  const marks = marksOf(report?.findings ?? []);
  const observations = useObservations(take.id, detail).data?.observations ?? null;
  const frames = useFrames(take, observations, total);
  const startSeconds = take.media?.video?.startSeconds ?? 0;
  useEffect(() => {
    player.setDuration(total);
    player.setFrames(frames);
    player.setStart(startSeconds);
  }, [player, total, frames, startSeconds]);
  const kept = take.review.trim === null ? null : keptOf(take.review, observations, total);
  // It opens where what is kept begins.
  const opensAt = useRef(kept?.startSeconds ?? 0);
  useEffect(() => {
    if (opensAt.current > 0) player.seek(opensAt.current);
  }, [player]);
  return (
    <section className="side-of" aria-label={`${side}: ${take.name}`}>
      <header>
        <h2 className="cut" title={take.name}>
          {take.name}
        </h2>
        <DecisionMark take={take} />
        <ButtonLink kind="bare" size="small" href={routes.take(take.id)} label={text.openLabel(take.name)}>
          {text.open}
        </ButtonLink>
        {isAcceptable(take, report?.verdict ?? null) && (
          <Button
            size="small"
            icon="done"
            label={text.acceptLabel(take.name)}
            disabled={decide.isPending}
            onClick={() => decide.mutate({ takeId: take.id, kind: 'accepted', note: '' })}
          >
            {text.accept}
          </Button>
        )}
      </header>
      {isPlayable(detail) ? (
        <ReviewPlayer
          detail={detail}
          controls={player}
          durationSeconds={total}
          marks={marks}
          selected={selected}
          kept={kept}
          hasTimeline={false}
        />
      ) : (
        <NoPlayer detail={detail} />
      )}
      {hasFindings && (
        <section className="scroll" aria-label={`${words.take.check.title}: ${side}`}>
          {report === null ? (
            <p className="quiet">{text.noReport}</p>
          ) : (
            <ReportView
              detail={detail}
              report={report}
              keptSeconds={
                take.review.trim === null ? null : report.range.endSeconds - report.range.startSeconds
              }
              hasWholePart={wholePartOf(report, observations, take.review) !== null}
              selected={selected}
              onPlace={(key) => {
                setSelected(key);
                const mark = marks.find((other) => other.key === key);
                if (mark) player.playPart(mark.place);
              }}
              onMoment={(key, seconds) => {
                setSelected(key);
                player.pause();
                player.seek(seconds, true);
              }}
            />
          )}
        </section>
      )}
    </section>
  );
}
