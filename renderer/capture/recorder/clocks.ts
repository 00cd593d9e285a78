/**
 * One clock for picture and sound. What a track stamps on its frames counts from a moment of its own: since the
 * computer started, or since the camera did, depending on the track and on the browser. When a frame arrives is known
 * on one clock for both, but arrivals are late by varying amounts; the smallest of them is the way itself.
 */

/** Arrivals of this long make one minimum, seconds. */
const BUCKET_SECONDS = 5;
/** Minima that are looked at together: half a minute. */
const BUCKETS = 6;
/**
 * Two tracks whose ways differ by no more than this are stamped by one clock, and then their stamps are better than
 * their arrivals. Another beginning of counting would put hours or at least seconds between them.
 */
const SAME_CLOCK_SECONDS = 0.25;
/** Crystals differ by up to 100 millionths; nothing follows faster than this. */
const LARGEST_DRIFT = 0.00015;

/** The shortest way from a track's stamp to its arrival, over the last half minute. */
export class ShortestWay {
  readonly #minima: number[] = [];
  #bucketEnd = Number.NEGATIVE_INFINITY;

  /** @param stamped end of what the frame shows or holds, on the track's clock @param arrived on the common clock; both seconds */
  add(stamped: number, arrived: number): void {
    const way = arrived - stamped;
    if (arrived >= this.#bucketEnd) {
      this.#bucketEnd = arrived + BUCKET_SECONDS;
      this.#minima.push(way);
      if (this.#minima.length > BUCKETS) this.#minima.shift();
    } else {
      this.#minima.push(Math.min(way, this.#minima.pop() ?? way));
    }
  }

  /** Null before the first frame. */
  get seconds(): number | null {
    return this.#minima.length === 0 ? null : Math.min(...this.#minima);
  }
}

/** Puts stamps of one track on the common clock. */
export class TrackClock {
  #offset: number;
  #followedAt: number | null = null;

  /** @param offset common clock less stamp, seconds */
  constructor(offset: number) {
    this.#offset = offset;
  }

  at(stamp: number): number {
    return stamp + this.#offset;
  }

  /** Goes towards what the arrivals say now, no faster than clocks drift. */
  follow(way: ShortestWay, now: number): void {
    const wanted = way.seconds;
    const largest = this.#followedAt === null ? 0 : (now - this.#followedAt) * LARGEST_DRIFT;
    this.#followedAt = now;
    if (wanted === null) return;
    this.#offset += Math.min(largest, Math.max(-largest, wanted - this.#offset));
  }
}

/** Clocks of both tracks when a take begins. */
export interface Clocks {
  readonly picture: TrackClock;
  readonly sound: TrackClock;
  /** True when both tracks are stamped by the same clock: then neither follows its arrivals. */
  readonly shared: boolean;
}

/** @param picture,sound shortest ways so far, seconds; `sound` is null without sound */
export function alignClocks(picture: number, sound: number | null): Clocks {
  const shared = sound !== null && Math.abs(picture - sound) <= SAME_CLOCK_SECONDS;
  return {
    picture: new TrackClock(picture),
    sound: new TrackClock(shared || sound === null ? picture : sound),
    shared,
  };
}
