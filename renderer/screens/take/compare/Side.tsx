import { useState } from 'react';
import type { TakeDetail } from '../../../../shared/contract.ts';
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
import { useTakeInPlayer } from '../player/useTakeInPlayer.ts';
import { keptRange } from '../trim/trim.ts';
import { useObservations } from '../useObservations.ts';
import { wholePartOf } from '../wholePartOf.ts';

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
  const kept = take.review.trim === null ? null : keptRange(observations, take.review, total);
  useTakeInPlayer(player, take, { frames, durationSeconds: total, opensAt: kept?.startSeconds ?? 0 });
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
