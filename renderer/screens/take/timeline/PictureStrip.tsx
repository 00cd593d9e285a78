import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { mediaUrl } from '../../../../shared/contract.ts';
import type { Turn } from '../../../../shared/domain/review.ts';
import { turnedSize } from '../../../../shared/quality/reframe.ts';
import type { PlayerControls } from '../player/controls.ts';
import { coarseFirst, openStrip, type Strip, tilesOf } from './strip.ts';
import { sharpContext } from './TrackCanvas.tsx';
import { shareOf, type View } from './view.ts';

/** Pictures are asked for once the view has stood still for as long. Milliseconds. */
const SETTLED_MS = 120;

/** The take's pictures side by side. They come one by one while the player stands still. */
export const PictureStrip = memo(function PictureStrip({
  takeId,
  version,
  playable,
  startSeconds,
  turn,
  controls,
  view,
  total,
  width,
  height,
}: {
  readonly takeId: string;
  /** Changes when another file is played under the same address. */
  readonly version: string;
  readonly playable: boolean;
  /** How long after the file its first picture comes. */
  readonly startSeconds: number;
  /** Clockwise, degrees: the strip shows what the player shows. */
  readonly turn: Turn;
  readonly controls: PlayerControls;
  readonly view: View;
  readonly total: number;
  readonly width: number;
  readonly height: number;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  const [strip, setStrip] = useState<Strip | null>(null);
  const [taken, setTaken] = useState(0);
  useEffect(() => {
    if (!playable) return;
    const opened = openStrip(`${takeId} ${version}`, mediaUrl.player(takeId), startSeconds, () =>
      setTaken((before) => before + 1),
    );
    setStrip(opened);
    const hold = () => {
      const { playing, status } = controls.get();
      // A second decoder would keep the first picture of the take itself waiting.
      opened.hold(playing || status === 'loading');
    };
    hold();
    const stop = controls.follow(hold);
    return () => {
      stop();
      opened.close();
      setStrip(null);
    };
  }, [takeId, version, playable, startSeconds, controls]);

  const stored = taken >= 0 && strip ? strip.aspect() : 16 / 9;
  const shown = turnedSize({ width: stored, height: 1 }, turn);
  const aspect = shown.width / shown.height;
  const tiles = useMemo(
    () => (width > 0 ? tilesOf(view, total, width, height * aspect) : []),
    [view, total, width, height, aspect],
  );
  useEffect(() => {
    if (!strip) return;
    const later = setTimeout(() => strip.want(coarseFirst(tiles)), SETTLED_MS);
    return () => clearTimeout(later);
  }, [strip, tiles]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `taken` says that there is one more to draw
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas && sharpContext(canvas, width, height);
    if (!context) return;
    canvas.dataset.full = String(tiles.every(({ seconds }) => strip?.at(seconds, 0)));
    for (const { seconds, lengthSeconds } of tiles) {
      const left = shareOf(view, seconds) * width;
      const right = shareOf(view, seconds + lengthSeconds) * width;
      const picture = strip?.at(seconds, lengthSeconds * 4);
      if (picture) cover(context, picture, turn, left, right - left, height);
    }
  }, [strip, tiles, taken, turn, view, width, height]);
  return <canvas ref={ref} className="pictures" style={{ width, height }} />;
});

/** Draws the middle of a picture, turned, so that it fills a tile, with a hair between two tiles. */
function cover(
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  turn: Turn,
  left: number,
  width: number,
  height: number,
): void {
  const turned = turnedSize(picture, turn);
  const scale = Math.max((width - 1) / turned.width, height / turned.height);
  context.save();
  context.beginPath();
  context.rect(left, 0, width - 1, height);
  context.clip();
  context.translate(left + (width - 1) / 2, height / 2);
  context.rotate((turn * Math.PI) / 180);
  context.scale(scale, scale);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
  context.restore();
}
