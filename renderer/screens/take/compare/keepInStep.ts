import type { PlayerControls } from '../player/controls.ts';

/** Standing, they are brought together when they are further apart. Seconds. */
const APART = 0.15;
/** Playing, they drift by a frame or two, which nobody sees; one that was held up is brought along. Seconds. */
const APART_PLAYING = 0.5;
/** One that was brought along needs time to arrive, and is not sent on before. Milliseconds. */
const TIME_TO_ARRIVE_MS = 4000;

/**
 * What is done to one player is done to the other, keeping the distance there is between them. One that is over waits at
 * its end until the other is sent back, which plays on meanwhile.
 * @returns the function that ends it
 */
export function keepInStep(left: PlayerControls, right: PlayerControls): () => void {
  const distance = right.get().seconds - left.get().seconds;
  /** What is done to one because of the other is not done back. */
  let acting = false;
  let broughtAt = Number.NEGATIVE_INFINITY;

  const bringTogether = () => {
    const [one, other] = [left.get(), right.get()];
    if (one.playing !== other.playing || one.ended || other.ended) return;
    // Its partner is before its own beginning.
    if (one.seconds === 0 || other.seconds === 0) return;
    const wanted = one.seconds + distance;
    if (Math.abs(other.seconds - wanted) <= (one.playing ? APART_PLAYING : APART)) return;
    const now = performance.now();
    if (one.playing && now - broughtAt < TIME_TO_ARRIVE_MS) return;
    broughtAt = now;
    right.seek(wanted);
  };

  const follow = (from: PlayerControls, to: PlayerControls, offset: number) => {
    let before = from.get();
    return from.follow(() => {
      const now = from.get();
      const [jumped, turned] = [now.jumps !== before.jumps, now.playing !== before.playing];
      before = now;
      if (acting) return;
      acting = true;
      if (to.get().speed !== now.speed) to.setSpeed(now.speed);
      if (jumped) to.seek(now.seconds + offset, now.precise);
      const { playing, ended, status } = to.get();
      if (now.playing && (jumped || turned) && !playing && !ended && status === 'ready') to.play();
      if (turned && !now.playing && !now.ended) to.pause();
      bringTogether();
      acting = false;
    });
  };
  const stops = [follow(left, right, distance), follow(right, left, -distance)];
  return () => {
    for (const stop of stops) stop();
  };
}
