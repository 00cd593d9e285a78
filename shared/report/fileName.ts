/** Names that Windows keeps for devices, with any ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
/** What one system or another does not take in a name. */
const FORBIDDEN = /[<>:"/\\|?*]/g;
/** Characters without a shape of their own: they turn the order of letters round, so that an ending can be faked. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Systems take 255 bytes with all that is added to a name. */
const MOST_BYTES = 180;

/**
 * A name for people as part of a file's name that every system takes; without an ending.
 * @returns at most 180 bytes of UTF-8; empty when nothing is left of it
 */
export function safeFileName(name: string): string {
  const plain = name.normalize('NFC').replace(UNSEEN, '').replace(FORBIDDEN, ' ').replace(/\s+/g, ' ');
  // By whole characters: half a letter is none. Windows takes no dot and no space at the end.
  const short = shortened(plain.trim()).replace(/^[\s.]+|[\s.]+$/g, '');
  return DEVICES.test(short.split('.')[0]?.trim() ?? '') ? `_${short}` : short;
}

function shortened(name: string): string {
  let size = 0;
  let kept = '';
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (size > MOST_BYTES) break;
    kept += character;
  }
  return kept;
}
