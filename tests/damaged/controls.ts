/** Sound files beside the damaged ones: whatever their container, name or company, nothing may be said against them. */
import { appendFile, chmod, copyFile, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Expected } from './expected.ts';
import type { DamageClass, Kit } from './kit.ts';

/** Findings that only a damaged file has. */
const DAMAGE: ReadonlySet<string> = new Set([
  ...['DURATION_TOO_SHORT', 'DURATION_TOO_LONG', 'RESOLUTION_TOO_LOW', 'RESOLUTION_LOW'],
  ...['FRAME_RATE_OFF', 'FRAMES_UNEVEN', 'FRAMES_MISSING', 'FRAME_GAP', 'PICTURE_FROZEN', 'PICTURE_BLACK'],
  ...['JUMP_CUT', 'JUMP_CUT_LIKELY', 'AUDIO_MISSING', 'AUDIO_SILENT', 'CLIPPING', 'INTERLACED', 'LETTERBOX'],
]);
const sound: Expected = { codes: [], findings: [], sound: { without: DAMAGE } };

type Making = (kit: Kit, path: string) => Promise<unknown>;
const copied: Making = ({ sources }, path) => copyFile(sources.sound, path);
const remade =
  (...how: readonly string[]): Making =>
  ({ sources }, path) =>
    sources.make('-i', sources.sound, ...how, path);
const COPY = ['-map', '0', '-c', 'copy'];

const CONTROLS: readonly [string, Making][] = [
  ['plain.mp4', copied],
  ['index first.mp4', remade(...COPY, '-movflags', '+faststart')],
  [
    'fragments.mp4',
    remade(...COPY, '-movflags', 'empty_moov+default_base_moof', '-frag_duration', '1000000'),
  ],
  [
    'fragments with their own index.mp4',
    remade(...COPY, '-movflags', 'empty_moov+dash', '-frag_duration', '2000000'),
  ],
  ['camera.mov', remade(...COPY)],
  ['phone.m4v', remade(...COPY, '-f', 'mp4')],
  ['editor.mkv', remade(...COPY)],
  ['live.mkv', remade(...COPY, '-live', '1')],
  ['broadcast.ts', remade(...COPY)],
  ['camcorder.m2ts', remade(...COPY, '-f', 'mpegts', '-mpegts_m2ts_mode', '1')],
  ['uncompressed sound.mov', remade('-map', '0', '-c:v', 'copy', '-c:a', 'pcm_s16le')],
  ['lossless sound.mkv', remade('-map', '0', '-c:v', 'copy', '-c:a', 'flac')],
  ['two sounds.mp4', remade('-map', '0:v', '-map', '0:a', '-map', '0:a', '-c', 'copy')],
  ['stereo 44.1.mp4', remade('-map', '0', '-c:v', 'copy', '-c:a', 'aac', '-ac', '2', '-ar', '44100')],
  ['much said about it.mp4', remade(...COPY, '-metadata', `comment=${'word '.repeat(4000)}`)],
  [
    'chapters of its own.mkv',
    remade(...COPY, '-metadata', 'title=</title><script>', '-metadata', 'artist=\u202e'),
  ],
  [
    'junk behind.mp4',
    async (kit, path) => {
      await copied(kit, path);
      await appendFile(path, Buffer.alloc(3, 0xff));
    },
  ],
  [
    'free space behind.mp4',
    async (kit, path) => {
      await copied(kit, path);
      const free = Buffer.alloc(4096);
      free.writeUInt32BE(free.length);
      free.write('free', 4, 'latin1');
      await appendFile(path, free);
    },
  ],
  ['UPPER.MP4', copied],
  ['no ending', copied],
  ['two.endings.mov.mp4', copied],
  ['-leading dash.mp4', copied],
  ['file:colon.mp4', copied],
  ['100 %d percent %s.mp4', copied],
  ['“quotes” \'and\' "others" & $(echo).mp4', copied],
  ['日本 Zoë שלום 👩‍👩‍👧.mp4', copied],
  [`${'long '.repeat(48)}.mp4`, copied],
  [
    'only to read.mp4',
    async (kit, path) => {
      await copied(kit, path);
      await chmod(path, 0o444);
    },
  ],
  ['link.mp4', ({ sources }, path) => symlink(sources.sound, path)],
  [
    'folders/of/its own/take.mp4',
    async (kit, path) => {
      await mkdir(join(kit.folder, 'folders/of/its own'), { recursive: true });
      await copied(kit, path);
    },
  ],
];

export const SOUND: DamageClass = {
  name: 'sound',
  count: CONTROLS.length,
  async make(index, kit) {
    const [name, make] = CONTROLS[index] ?? ['plain.mp4', copied];
    const path = join(kit.folder, name);
    await make(kit, path);
    return { path, expected: sound };
  },
};
