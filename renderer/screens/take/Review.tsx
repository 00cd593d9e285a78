import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TakeDetail } from '../../../shared/contract.ts';
import { type Edit, editsPicture } from '../../../shared/domain/edit.ts';
import type { Verdict } from '../../../shared/domain/report.ts';
import type { Mends, Trim } from '../../../shared/domain/review.ts';
import { editOf } from '../../../shared/quality/edit.ts';
import { copiesVideo } from '../../../shared/quality/master.ts';
import { mendedObservations } from '../../../shared/quality/mended.ts';
import type { Observations } from '../../../shared/quality/observations.ts';
import { type Timeline, timelineOf } from '../../../shared/quality/timeline.ts';
import { SaveReport } from './findings/SaveReport.tsx';
import { useReport } from './findings/useReport.ts';
import { type Mark, marksOf } from './marks.ts';
import { isPlayable, NoPlayer } from './NoPlayer.tsx';
import { createControls } from './player/controls.ts';
import { ReviewPlayer } from './player/ReviewPlayer.tsx';
import { useFrames } from './player/useFrames.ts';
import { useTakeInPlayer } from './player/useTakeInPlayer.ts';
import { SidePanel } from './SidePanel.tsx';
import { TimelinePanel } from './timeline/TimelinePanel.tsx';
import { useView } from './timeline/useView.ts';
import { TrimPanel } from './trim/TrimPanel.tsx';
import { type CutPoints, keptRange } from './trim/trim.ts';
import { useTrim } from './trim/useTrim.ts';
import { useReviewKeys } from './useReviewKeys.ts';
import { wholePartOf } from './wholePartOf.ts';

const NOTHING_MEASURED: Timeline = { durationSeconds: 0, tracks: [], waveform: null };
/** Trouble this close behind the player is the one it is at, and not the one before. Seconds. */
const AT_TROUBLE = 0.5;

/** Player and findings above, the timeline over the full width below; all three tell the same. */
export function Review({
  detail,
  observations,
  onVerdict,
}: {
  readonly detail: TakeDetail;
  /** Null until something was measured. */
  readonly observations: Observations | null;
  /** Of what is kept, whenever it changes. */
  readonly onVerdict: (verdict: Verdict | null) => void;
}) {
  const { take } = detail;
  const [player] = useState(createControls);
  const area = useRef<HTMLDivElement>(null);
  const points = useCutPoints(detail, observations);
  const total = points.durationSeconds;
  const trim = useTrim(take, points, player);
  const edit = useEdit(observations, trim.trim, take.review.mends);
  const report = useReport(detail.report, observations, take, edit);
  const findings = report?.findings;
  const marks = useMemo(() => marksOf(findings ?? []), [findings]);
  const mended = report?.mended;
  const shown = useMemo(
    () =>
      observations === null || mended === undefined ? observations : mendedObservations(observations, mended),
    [observations, mended],
  );
  const timeline = useMemo(
    () => (shown === null ? NOTHING_MEASURED : timelineOf(shown, take.shot)),
    [shown, take.shot],
  );
  const viewControls = useView(area, player, total);
  const [selected, setSelected] = useState<string | null>(null);
  const verdict = report?.verdict ?? null;
  useEffect(() => onVerdict(verdict), [onVerdict, verdict]);
  const wholePart = useMemo(
    () => wholePartOf(report, observations, take.review),
    [report, observations, take.review],
  );
  const startSeconds = take.media?.video?.startSeconds ?? 0;
  useTakeInPlayer(player, take, {
    frames: points.frames,
    durationSeconds: total,
    opensAt: trim.kept.startSeconds,
  });
  const end = trim.trim === null ? null : trim.kept.endSeconds;
  useEffect(() => player.setEnd(end), [player, end]);

  const select = useCallback(
    (mark: Mark) => {
      setSelected(mark.key);
      player.pause();
      player.seek(mark.place.startSeconds);
    },
    [player],
  );
  const playPlace = useCallback(
    (key: string) => {
      setSelected(key);
      const mark = marks.find((other) => other.key === key);
      if (mark) player.playPart(mark.place);
    },
    [marks, player],
  );
  const showMoment = useCallback(
    (key: string, seconds: number) => {
      setSelected(key);
      player.pause();
      player.seek(seconds, true);
    },
    [player],
  );
  useReviewKeys({
    player,
    cut: (edge) => trim.controls.move(edge, player.at()),
    undo: trim.controls.undo,
    redo: trim.controls.redo,
    toKept: (edge) => player.seek(edge === 'start' ? trim.kept.startSeconds : trim.kept.endSeconds),
    toTrouble: (direction) => {
      const seconds = player.at();
      const next =
        direction === 1
          ? marks.find(({ place }) => place.startSeconds > seconds + 0.05)
          : marks.findLast(({ place }) => place.startSeconds < seconds - AT_TROUBLE);
      if (next) select(next);
    },
    zoom: viewControls.zoom,
    showAll: viewControls.showAll,
    fullScreen: () => document.querySelector<HTMLElement>('[data-fullscreen]')?.click(),
  });

  const playable = isPlayable(detail);
  const version = `${take.preview.kind} ${take.source.sha256}`;
  return (
    <div className="review">
      <div className="upper">
        {playable ? (
          <ReviewPlayer
            // A preview that has just been made has the same address as what could not be played before.
            key={take.preview.kind}
            detail={detail}
            controls={player}
            durationSeconds={total}
            marks={marks}
            selected={selected}
            kept={trim.trim === null ? null : trim.kept}
            hasTimeline
          />
        ) : (
          <NoPlayer detail={detail} />
        )}
        <SidePanel
          detail={detail}
          observations={observations}
          report={report}
          selected={selected}
          onPlace={playPlace}
          onMoment={showMoment}
          wholePart={wholePart}
          onKeep={trim.controls.keep}
          player={player}
        />
      </div>
      {total > 0 && (
        <TimelinePanel
          takeId={take.id}
          version={version}
          playable={playable}
          startSeconds={startSeconds}
          turn={take.review.mends.turn}
          total={total}
          timeline={timeline}
          marks={marks}
          selected={selected}
          onSelect={select}
          controls={player}
          trim={trim}
          area={area}
          viewControls={viewControls}
          tools={
            <>
              <TrimPanel trim={trim} points={points} player={player} />
              {report !== null && <SaveReport takeId={take.id} />}
            </>
          }
        />
      )}
    </div>
  );
}

/** What a master would be made with; null until something was measured. */
function useEdit(observations: Observations | null, trim: Trim | null, mends: Mends): Edit | null {
  const chosen = JSON.stringify(mends);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `chosen` stands for `mends`, which are read anew often
  return useMemo(
    () => (observations === null ? null : editOf(observations, { trim, mends })),
    [observations, trim, chosen],
  );
}

/** Where the take can be cut, and what is kept of a trim: known from the check, else only how long it is. */
function useCutPoints(detail: TakeDetail, observations: Observations | null): CutPoints {
  const { take, report } = detail;
  const { mends } = take.review;
  const { media } = take;
  const duration = observations?.durationSeconds ?? media?.durationSeconds ?? report?.range.endSeconds ?? 0;
  const frames = useFrames(take, observations, duration);
  return useMemo(
    () => ({
      durationSeconds: duration,
      keyFrames: observations?.frameTimes.keyFrames ?? [],
      frames,
      isEncoded: (trim) =>
        observations !== null &&
        (!copiesVideo(observations.media) || editsPicture(editOf(observations, { trim, mends }))),
      keptOf: (trim) => keptRange(observations, { trim, mends }, duration),
    }),
    [observations, duration, frames, mends],
  );
}
