/**
 * Small pictures of a take, taken from its video by a player that nobody sees: one after the other, only those that are
 * looked at, and only while the person's own player stands still. Kept for the last takes that were open.
 */

/** Height of a picture that is kept: twice what the timeline shows, for dense screens. Pixels. */
const KEPT_HEIGHT = 88;
const TAKES_KEPT = 3;
/** A place at which the video does not arrive within this time stays empty. Milliseconds. */
const LONGEST_SEEK_MS = 10_000;

type Pictures = Map<number, HTMLCanvasElement>;
const kept = new Map<string, Pictures>();

/** Times are told apart to the hundredth of a second. */
const nameOf = (seconds: number): number => Math.round(seconds * 100);

function picturesOf(take: string): Pictures {
  const pictures = kept.get(take) ?? new Map();
  kept.delete(take);
  kept.set(take, pictures);
  for (const old of [...kept.keys()].slice(0, -TAKES_KEPT)) kept.delete(old);
  return pictures;
}

export interface Strip {
  /** Width of a picture over its height; 16 to 9 until known. */
  aspect(): number;
  /** The picture of a moment, or of the nearest one that is there within so many seconds. */
  at(seconds: number, within: number): HTMLCanvasElement | null;
  /** What is looked at now, most wanted first; what was asked for before is forgotten. */
  want(times: readonly number[]): void;
  /** Holds back while something else needs the decoder. */
  hold(held: boolean): void;
  close(): void;
}

/**
 * @param take name under which pictures are kept
 * @param source address of the video
 * @param startSeconds how long after the file its first picture comes, where the take begins
 * @param onPicture one more is there
 */
export function openStrip(take: string, source: string, startSeconds: number, onPicture: () => void): Strip {
  const pictures = picturesOf(take);
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  let wanted: number[] = [];
  let held = false;
  let closed = false;
  let working = false;
  let aspect = 16 / 9;
  /** Where the take begins on the video's clock, which need not begin at 0. */
  let begin = startSeconds;

  const once = (name: string, withinMs: number | null) =>
    new Promise<boolean>((resolve) => {
      const stop = new AbortController();
      const settle = (arrived: boolean) => {
        stop.abort();
        clearTimeout(late);
        resolve(arrived);
      };
      const late = withinMs === null ? undefined : setTimeout(() => settle(false), withinMs);
      video.addEventListener(name, () => settle(true), { signal: stop.signal });
      video.addEventListener('error', () => settle(false), { signal: stop.signal });
    });

  const load = async (): Promise<boolean> => {
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return true;
    if (video.src === '') video.src = source;
    // However long a large file on a slow disk takes.
    const loaded = await once('loadeddata', null);
    begin = video.currentTime + startSeconds;
    return loaded;
  };
  const takePicture = async (seconds: number): Promise<void> => {
    const clock = begin + seconds;
    if (Math.abs(video.currentTime - clock) > 0.001) {
      video.currentTime = clock;
      if (!(await once('seeked', LONGEST_SEEK_MS))) return;
    }
    if (closed || video.videoHeight === 0) return;
    aspect = video.videoWidth / video.videoHeight;
    const picture = document.createElement('canvas');
    picture.height = KEPT_HEIGHT;
    picture.width = Math.max(1, Math.round(KEPT_HEIGHT * aspect));
    picture.getContext('2d')?.drawImage(video, 0, 0, picture.width, picture.height);
    pictures.set(nameOf(seconds), picture);
    onPicture();
  };
  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    try {
      while (!closed && !held && wanted.length > 0 && (await load())) {
        const seconds = wanted.shift();
        if (seconds !== undefined && !pictures.has(nameOf(seconds))) await takePicture(seconds);
      }
    } finally {
      working = false;
    }
  };

  return {
    aspect: () => aspect,
    at(seconds, within) {
      const exact = pictures.get(nameOf(seconds));
      if (exact) return exact;
      let best: HTMLCanvasElement | null = null;
      let distance = within * 100;
      for (const [name, picture] of pictures) {
        const away = Math.abs(name - seconds * 100);
        if (away <= distance) {
          distance = away;
          best = picture;
        }
      }
      return best;
    },
    want(times) {
      wanted = times.filter((seconds) => !pictures.has(nameOf(seconds)));
      void work();
    },
    hold(now) {
      held = now;
      if (!held) void work();
    },
    close() {
      closed = true;
      wanted = [];
      // Without a source the element gives its decoder back.
      video.removeAttribute('src');
      video.load();
    },
  };
}

/** Pictures that show a whole take at the coarsest. */
const FEWEST = 16;

export interface Tile {
  readonly seconds: number;
  readonly lengthSeconds: number;
}

/**
 * The pictures side by side that show a part of a take, each about as wide as it is in truth. However far somebody zooms
 * in, the coarser ones are among the finer ones, so that few have to be taken.
 */
export function tilesOf(
  view: { readonly from: number; readonly to: number },
  total: number,
  pixels: number,
  tileWidth: number,
): Tile[] {
  const secondsPerTile = ((view.to - view.from) / pixels) * tileWidth;
  const doublings = Math.max(0, Math.round(Math.log2(total / FEWEST / secondsPerTile)));
  const lengthSeconds = total / (FEWEST * 2 ** doublings);
  const first = Math.max(0, Math.floor(view.from / lengthSeconds));
  const last = Math.min(FEWEST * 2 ** doublings, Math.ceil(view.to / lengthSeconds));
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => ({
    seconds: (first + index) * lengthSeconds,
    lengthSeconds,
  }));
}

/** Every fourth first, so that the whole is seen soon and gets finer. */
export function coarseFirst(tiles: readonly Tile[]): number[] {
  const rank = (index: number) => (index % 4 === 0 ? 0 : index % 2 === 0 ? 1 : 2);
  return tiles
    .map(({ seconds }, index) => ({ seconds, rank: rank(index) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ seconds }) => seconds);
}
