import { useEffect, useRef } from 'react';
import type { TakeDetail } from '../../../../shared/contract.ts';
import type { PlayerControls } from './controls.ts';

/**
 * Tells a player what it plays, and lets it open where what is kept begins.
 * @param frames when the take's frames are shown, seconds
 * @param opensAt where it is when it opens, seconds; what comes later is for the person to go to
 */
export function useTakeInPlayer(
  player: PlayerControls,
  take: TakeDetail['take'],
  {
    frames,
    durationSeconds,
    opensAt,
  }: {
    readonly frames: readonly number[];
    readonly durationSeconds: number;
    readonly opensAt: number;
  },
): void {
  const startSeconds = take.media?.video?.startSeconds ?? 0;
  useEffect(() => {
    player.setFrames(frames);
    player.setDuration(durationSeconds);
    player.setStart(startSeconds);
  }, [player, frames, durationSeconds, startSeconds]);
  const opening = useRef(opensAt);
  useEffect(() => {
    if (opening.current > 0) player.seek(opening.current);
  }, [player]);
}
