/**
 * One clock for picture and sound. What a track stamps on its frames counts from a moment of its own: since the
 * computer started, or since the camera did, depending on the track and on the browser. When a frame arrives is known
 * on one clock for both, but arrivals are late by varying amounts; the smallest of them is the way itself.
 */

/** Of the arrivals of so long the soonest counts, seconds. */
const STRETCH_SECONDS = 0.5;
/** So many of those are looked at together: half a minute. */
const STRETCHES = 60;
/**
 * Two tracks whose ways differ by no more than this are stamped by one clock, and then their stamps are better than
 * their arrivals. Another beginning of counting would put hours or at least seconds between them.
 */
const SAME_CLOCK_SECONDS = 0.25;
/** Crystals differ by up to 100 millionths; nothing follows faster than this. */
const LARGEST_DRIFT = 0.00015;

/**
 * The way from a track's stamp to its arrival, when nothing holds it up: over the last half minute. Of every half
 * second the shortest counts, and of those the middle one, because now and then a stamp is wrong: Chromium's first
 * block of sound may be stamped 0.7 s too late.
 */
export class ShortestWay {
  readonly #shortest: number[] = [];
  #stretchEnd = Number.NEGATIVE_INFINITY;

  /**
   * @param stamped end of what was seen or heard, on the track's clock
   * @param arrived on the common clock; both seconds
   */
  add(stamped: number, arrived: number): void {
    const way = arrived - stamped;
    if (arrived >= this.#stretchEnd) {
      this.#stretchEnd = arrived + STRETCH_SECONDS;
      this.#shortest.push(way);
      if (this.#shortest.length > STRETCHES) this.#shortest.shift();
    } else {
      this.#shortest.push(Math.min(way, this.#shortest.pop() ?? way));
    }
  }

  /** Null before the first frame. */
  get seconds(): number | null {
    const sorted = [...this.#shortest].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? null;
  }
}

/** A stamp that lies further than this from its arrival, seconds, is not believed … */
export const WILD_SECONDS = 1;
/** … and when all have for so long, seconds, the camera counts from another moment now. */
const WILD_FOR_SECONDS = 0.5;

/** Puts stamps of one track on the common clock. */
export class TrackClock {
  #offset: number;
  #followedAt: number | null = null;
  #wildSince: number | null = null;

  /** @param offset common clock less stamp, seconds */
  constructor(offset: number) {
    this.#offset = offset;
  }

  at(stamp: number): number {
    return stamp + this.#offset;
  }

  /**
   * The same where a single stamp may be wild: cameras jump by hours, or start to count anew. When it arrived is then
   * the better time.
   * @param arrived on the common clock, seconds
   */
  near(stamp: number, arrived: number): number {
    const at = this.at(stamp);
    if (Math.abs(at - arrived) <= WILD_SECONDS) {
      this.#wildSince = null;
      return at;
    }
    this.#wildSince ??= arrived;
    if (arrived - this.#wildSince >= WILD_FOR_SECONDS) {
      this.#offset = arrived - stamp;
      this.#wildSince = null;
    }
    return arrived;
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
