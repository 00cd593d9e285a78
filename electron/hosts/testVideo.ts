/** Longer than the range the verifier asks for, so that a part is really a part. */
const SIZE_BYTES = 2048;

/** The smallest file that passes for an mp4 on the way: a file type box, then free space (ISO 14496-12). */
export function makeTestVideo(): Buffer {
  const fileType = Buffer.concat([
    uint32(24),
    Buffer.from('ftypisom', 'latin1'),
    uint32(512),
    Buffer.from('isommp42', 'latin1'),
  ]);
  const free = Buffer.alloc(SIZE_BYTES - fileType.length);
  free.writeUInt32BE(free.length, 0);
  free.write('free', 4, 'latin1');
  return Buffer.concat([fileType, free]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
