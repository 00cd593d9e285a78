import { stat, readdir, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { composeFakeCamera } from '../footage/fakeCamera.ts';
import { fakeMicrophone } from '../footage/fakeMicrophone.ts';
import { newestTools } from '../footage/tools.ts';
import { record } from './running.ts';
export async function go(folder: string) {
  const tools = await newestTools();
  const camera = await composeFakeCamera(tools.ffmpeg);
  const microphone = join(folder, 'm.wav');
  await writeFile(microphone, fakeMicrophone());
  const r = await record({ folder, camera: camera.file, microphone, say: console.error });
  const dir = join(folder, 'library', 'recordings');
  let size = 0; const end = Date.now() + 12000;
  while (Date.now() < end) {
    const [id = ''] = (await readdir(dir)).filter((n) => n.startsWith('rc_'));
    const s = (await stat(join(dir, id, 'source.mp4')).catch(() => null))?.size ?? 0;
    if (s !== size) { console.log(((Date.now() - r.begunAt) / 1000).toFixed(2), s - size); size = s; }
    await new Promise((k) => setTimeout(k, 10));
  }
  await r.open.close();
}
