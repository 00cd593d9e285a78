/** A recording as the recorder in the window makes it, without a window: encoded by ffmpeg, muxed as there. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { locateTools } from '../../../electron/media/locate.ts';

const run = promisify(execFile);

/**
 * The head and one fragment a second, as they are sent.
 * @param silent seconds in which no sound came at all
 */
export async function recordedFragments(
  folder: string,
  seconds: number,
  silent: { readonly from: number; readonly to: number } = { from: 0, to: 0 },
): Promise<readonly Buffer[]> {
  const { ffmpeg } = await locateTools();
  const encoded = join(folder, `encoded-${seconds}.mp4`);
  const picture = `testsrc2=size=320x180:rate=30:duration=${seconds},noise=alls=20:allf=t`;
  const sound = `sine=frequency=440:sample_rate=48000:duration=${seconds}`;
  const codecs =
    '-c:v libx264 -preset ultrafast -tune zerolatency -g 30 -b:v 500k -pix_fmt yuv420p -c:a aac -b:a 64k';
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound];
  await run(ffmpeg, ['-v', 'error', '-y', ...inputs, ...codecs.split(' '), encoded]);
  const isHeard = (second: number) => second < silent.from || second >= silent.to;
  return muxed(await readFile(encoded), isHeard);
}

async function muxed(encoded: Buffer, isHeard: (second: number) => boolean): Promise<readonly Buffer[]> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(encoded) });
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  if (video?.codec == null || audio?.codec == null) throw new Error('The test’s own file cannot be read.');
  const [videoSource, audioSource] = [
    new EncodedVideoPacketSource(video.codec),
    new EncodedAudioPacketSource(audio.codec),
  ];
  const target = new BufferTarget();
  const output = new Output({
    format: new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 0.9 }),
    target,
  });
  output.addVideoTrack(videoSource, { frameRate: 30 });
  output.addAudioTrack(audioSource);
  await output.start();
  const sound = new EncodedPacketSink(audio).packets();
  const [videoConfig, audioConfig] = [await video.getDecoderConfig(), await audio.getDecoderConfig()];
  const videoMeta = videoConfig === null ? {} : { decoderConfig: videoConfig };
  const audioMeta = audioConfig === null ? {} : { decoderConfig: audioConfig };
  let heard = await sound.next();
  for await (const packet of new EncodedPacketSink(video).packets()) {
    while (!heard.done && heard.value.timestamp <= packet.timestamp) {
      if (isHeard(heard.value.timestamp)) await audioSource.add(heard.value, audioMeta);
      heard = await sound.next();
    }
    await videoSource.add(packet, videoMeta);
  }
  await output.finalize();
  return inFragments(Buffer.from(target.buffer ?? new ArrayBuffer(0)));
}

/** Splits a fragmented file before each `moof`; what stands behind the last fragment is left out, as it is there. */
function inFragments(file: Buffer): readonly Buffer[] {
  const fragments: Buffer[] = [];
  let start = 0;
  for (let at = 0; at < file.length; at += file.readUInt32BE(at)) {
    const type = file.toString('latin1', at + 4, at + 8);
    if (type !== 'moof' && type !== 'mfra') continue;
    fragments.push(file.subarray(start, at));
    start = at;
  }
  return fragments;
}
