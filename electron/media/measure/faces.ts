/** The worker that looks at a take's frames: started, asked and ended. */
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Turn } from '../../../shared/domain/review.ts';
import { Cancelled, StudioError } from '../../../shared/errors.ts';
import type { PictureSample } from '../../../shared/quality/observations.ts';
import type { FrameToLookAt, FromFaces, Landmarks, OverallLook, ToFaces } from './facesMessages.ts';
import type { FullFrame } from './framesReader.ts';

export interface Looking {
  /** Looks at a frame, after those before it. Its bytes have to stay as they are until that is done. */
  look(frame: FrameToLookAt): Promise<PictureSample>;
  /** Landmarks of the largest face. */
  find(pixels: Omit<FullFrame, 'atSeconds'>): Promise<Landmarks>;
  sumUp(): Promise<OverallLook>;
  /** Forgets what was seen: frames come from the beginning once more. */
  again(): void;
  /** Ends the worker. What is asked afterwards, or was not answered yet, is Cancelled. */
  close(): Promise<void>;
}

/** The worker's own code, and models and WebAssembly as they are beside the window. */
const CODE = 'faces.worker.cjs';
const FILES = [
  ...['blazeface', 'facemesh', 'handtrack', 'handlandmark-lite'].flatMap((name) => [
    `${name}.json`,
    `${name}.bin`,
  ]),
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm.wasm',
];

/**
 * Starts a worker that turns each picture clockwise before it looks for faces; `places` are addresses of folders that may have its files, the first that has them counts. Its files are read here and handed over, for a worker cannot read inside the packaged app's archive.
 * What it is asked is answered in order.
 * @throws StudioError FACES_FAILED when a file is missing; later every question rejects with it when the worker fails
 */
export async function openLooking(turn: Turn, places: readonly string[] = __VISION__): Promise<Looking> {
  const { code, files } = await readFiles(places);
  const worker = new Worker(code, { eval: true, name: 'faces', env: {}, stdout: true, stderr: true });
  // What the model library says is not for the terminal.
  worker.stdout.resume();
  worker.stderr.resume();
  const waiting = new Map<number, Waiting>();
  let failure: Error | null = null;
  let count = 0;

  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  const ask = <Answer extends FromFaces>(
    message: (id: number) => ToFaces,
    isAnswer: (answer: FromFaces) => answer is Answer,
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (failure !== null) {
        reject(failure);
        return;
      }
      count += 1;
      waiting.set(count, {
        resolve: (answer) => (isAnswer(answer) ? resolve(answer) : reject(new Error('A wrong answer.'))),
        reject,
      });
      worker.postMessage(message(count));
    });

  worker.on('message', (message: FromFaces) => {
    if (message.kind === 'failed') {
      fail(lookingFailed(message.reason));
      return;
    }
    waiting.get(message.id)?.resolve(message);
    waiting.delete(message.id);
  });
  worker.on('error', (error) => fail(lookingFailed(error)));
  worker.on('exit', () => fail(lookingFailed('The worker ended.')));
  worker.postMessage({ kind: 'begin', files, turn } satisfies ToFaces);

  return {
    async look(frame) {
      return (await ask((id) => ({ kind: 'look', id, frame }), isKind('seen'))).sample;
    },
    async find(pixels) {
      return (await ask((id) => ({ kind: 'find', id, pixels }), isKind('found'))).landmarks;
    },
    async sumUp() {
      return (await ask((id) => ({ kind: 'sum-up', id }), isKind('summed-up'))).look;
    },
    again() {
      worker.postMessage({ kind: 'again' } satisfies ToFaces);
    },
    async close() {
      fail(new Cancelled());
      await worker.terminate();
    },
  };
}

interface Waiting {
  resolve(answer: FromFaces): void;
  reject(error: Error): void;
}

const isKind =
  <Kind extends FromFaces['kind']>(kind: Kind) =>
  (message: FromFaces): message is Extract<FromFaces, { kind: Kind }> =>
    message.kind === kind;

function lookingFailed(cause: unknown): StudioError {
  return new StudioError('FACES_FAILED', {}, { cause });
}

async function readFiles(
  places: readonly string[],
): Promise<{ code: string; files: Map<string, Uint8Array> }> {
  const failures: unknown[] = [];
  for (const address of places) {
    const folder = new URL(address, import.meta.url);
    try {
      const code = await readFile(new URL(CODE, folder), 'utf8');
      const files = new Map<string, Uint8Array>();
      for (const name of FILES) files.set(name, await readFile(new URL(name, folder)));
      return { code, files };
    } catch (error) {
      failures.push(error);
    }
  }
  throw lookingFailed(new AggregateError(failures, 'no folder has the models'));
}
