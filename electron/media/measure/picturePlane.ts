/** Luma of a picture, one byte a pixel, limited range (16 is black, 235 white), row after row. */
export interface LumaPlane {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** The picture made smaller: each pixel is the mean of four places of what it stands for. */
export function smaller({ width, height, bytes }: LumaPlane, longSide: number): LumaPlane {
  const scale = Math.min(1, longSide / Math.max(width, height));
  const to = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const columns = places(width, to.width);
  const rows = places(height, to.height);
  const out = new Uint8Array(to.width * to.height);
  let at = 0;
  for (let y = 0; y < to.height; y += 1) {
    const upper = (rows[2 * y] ?? 0) * width;
    const lower = (rows[2 * y + 1] ?? 0) * width;
    for (let x = 0; x < to.width; x += 1) {
      const left = columns[2 * x] ?? 0;
      const right = columns[2 * x + 1] ?? 0;
      out[at] =
        ((bytes[upper + left] ?? 0) +
          (bytes[upper + right] ?? 0) +
          (bytes[lower + left] ?? 0) +
          (bytes[lower + right] ?? 0) +
          2) >>
        2;
      at += 1;
    }
  }
  return { ...to, bytes: out };
}

/** Two places for each of `to` pixels. */
function places(from: number, to: number): Int32Array {
  return Int32Array.from({ length: 2 * to }, (_unused, index) =>
    Math.min(from - 1, Math.floor(((index + 0.5) * from) / (2 * to))),
  );
}
