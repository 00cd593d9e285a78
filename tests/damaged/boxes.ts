/** Finds the boxes of an mp4, to make its headers lie. */

const PARENTS: ReadonlySet<string> = new Set([
  ...['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts', 'moof', 'traf', 'mvex', 'dinf'],
]);

export interface Box {
  readonly type: string;
  /** Where its content begins, after size and type. */
  readonly content: number;
  readonly end: number;
}

/** All boxes, parents before their children. */
export function boxesOf(bytes: Buffer, from = 0, to = bytes.length): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const length = size === 0 ? to - at : size === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : size;
    if (length < 8 || at + length > to) break;
    const box = { type, content: at + (size === 1 ? 16 : 8), end: at + length };
    found.push(box);
    if (PARENTS.has(type)) found.push(...boxesOf(bytes, box.content, box.end));
    at += length;
  }
  return found;
}

/** Changes the content of every box of a type. @throws Error where there is none: the lie would be told to nobody */
export function lie(bytes: Buffer, type: string, change: (content: Buffer) => void): Buffer {
  const changed = Buffer.from(bytes);
  const boxes = boxesOf(changed).filter((box) => box.type === type);
  if (boxes.length === 0) throw new Error(`There is no box ${type}.`);
  for (const { content, end } of boxes) change(changed.subarray(content, end));
  return changed;
}
