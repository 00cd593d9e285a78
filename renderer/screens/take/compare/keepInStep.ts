import type { PlayerControls } from '../player/controls.ts';

/** Standing, they are brought together when they are further apart. Seconds. */
const APART = 0.15;
/** Playing, they drift by a frame or two, which nobody sees; one that was held up is brought along. Seconds. */
const APART_PLAYING = 0.5;
/** One that cannot keep up is brought along no more often than this: each time its picture stands. Milliseconds. */
const BETWEEN_MS = 4000;
/** Arriving that took longer says nothing about the next time: the disk slept, or the take was only being opened. Milliseconds. */
const MOST_TOOK_MS = 2000;

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
  /** When the right one was sent somewhere last; null before that. */
  let sentAt: number | null = null;
  /** What it took to arrive there. Milliseconds. */
  let took = 0;

  const bringTogether = () => {
    const [one, other] = [left.get(), right.get()];
    if (one.playing !== other.playing || one.ended || other.ended) return;
    if (one.arriving || other.arriving) return;
    // Its partner is before its own beginning.
    if (one.seconds === 0 || other.seconds === 0) return;
    const wanted = one.seconds + distance;
    if (Math.abs(other.seconds - wanted) <= (one.playing ? APART_PLAYING : APART)) return;
    if (!one.playing) {
      right.seek(wanted);
      return;
    }
    const now = performance.now();
    if (now - broughtAt < BETWEEN_MS) return;
    broughtAt = now;
    // Where the left one will be when the right one arrives.
    right.seek(wanted + (took / 1000) * one.speed);
  };

  const follow = (from: PlayerControls, to: PlayerControls, offset: number) => {
    let before = from.get();
    return from.follow(() => {
      const now = from.get();
      const [jumped, turned] = [now.jumps !== before.jumps, now.playing !== before.playing];
      before = now;
      if (acting) return;
      acting = true;
      try {
        if (to.get().speed !== now.speed) to.setSpeed(now.speed);
        if (jumped) to.seek(now.seconds + offset, now.precise);
        const { playing, ended, status } = to.get();
        if (now.playing && (jumped || turned) && !playing && !ended && status === 'ready') to.play();
        if (turned && !now.playing && !now.ended) to.pause();
        bringTogether();
      } finally {
        acting = false;
      }
    });
  };
  let last = right.get();
  const measureArriving = () => {
    const now = right.get();
    if (now.jumps !== last.jumps) sentAt = performance.now();
    else if (last.arriving && !now.arriving && sentAt !== null)
      took = Math.min(MOST_TOOK_MS, performance.now() - sentAt);
    last = now;
  };
  const stops = [
    right.follow(measureArriving),
    follow(left, right, distance),
    follow(right, left, -distance),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
