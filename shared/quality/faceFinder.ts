/**
 * Faces and hands by the models of `@vladmandic/human`, on one thread of WebAssembly. The library itself is given in:
 * the window and Node load it in their own ways, and configure and read it alike.
 */
import { faceFromMesh, type MeshFace } from './faceMesh.ts';
import type { RgbaImage } from './observation.ts';
import type { FaceFinder } from './seeing.ts';

/** More than a second person changes nothing; a third one may stand between the two. */
const MOST_FACES = 3;
const MOST_HANDS = 2;
/** Lower finds faces in curtains. */
const LEAST_FACE_SCORE = 0.3;
const LEAST_HAND_SCORE = 0.4;

/** `vision`: address of the folder with models and WebAssembly, with a slash at its end. */
export function finderConfiguration(vision: string) {
  return {
    backend: 'wasm',
    wasmPath: vision,
    modelBasePath: vision,
    // They are files of ours: a copy in the browser's storage would only grow old.
    cacheModels: false,
    // All at once makes the same thread wait longer for each.
    async: false,
    // Every picture counts, also one that is like the last.
    cacheSensitivity: 0,
    filter: { enabled: false, autoBrightness: false, return: false },
    gesture: { enabled: false },
    body: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
    hand: {
      enabled: false,
      rotation: false,
      maxDetected: MOST_HANDS,
      minConfidence: LEAST_HAND_SCORE,
      landmarks: true,
    },
    face: {
      enabled: true,
      detector: { maxDetected: MOST_FACES, minConfidence: LEAST_FACE_SCORE, rotation: false },
      mesh: { enabled: true },
      iris: { enabled: false },
      emotion: { enabled: false },
      description: { enabled: false },
    },
  } as const;
}

/** What is asked of the library. Its `Human` is one. */
export interface FaceLibrary<Tensor extends { dispose(): void }> {
  readonly tf: {
    env(): { set(flag: string, value: boolean): void };
    getBackend(): string;
    tensor3d(values: Float32Array, shape: [number, number, number]): Tensor;
  };
  readonly models: {
    stats(): { modelStats: readonly { readonly name: string; readonly loaded: boolean }[] };
  };
  load(): Promise<void>;
  detect(
    picture: Tensor,
    what: { face: { enabled: boolean }; hand: { enabled: boolean } },
  ): Promise<{
    readonly error: string | null;
    readonly face: readonly {
      readonly mesh: MeshFace['mesh'];
      readonly score: number;
      readonly rotation?: { readonly angle: MeshFace['angle'] } | null;
    }[];
    readonly hand: readonly {
      readonly box: readonly [number, number, number, number];
      readonly score: number;
    }[];
  }>;
}

/**
 * Loads WebAssembly and the models of the face.
 * @throws {Error} when this runtime cannot run them, or a file of theirs is missing
 */
export async function createFaceFinder<Tensor extends { dispose(): void }>(
  human: FaceLibrary<Tensor>,
): Promise<FaceFinder> {
  // A recording needs the other processors.
  human.tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await human.load();
  if (human.tf.getBackend() !== 'wasm') throw new Error('WebAssembly did not start.');
  requireModels(human);

  // The model's own memory gets a copy at once: so this is filled again for the next picture.
  let values: Float32Array = new Float32Array(0);
  const look = async (picture: RgbaImage, what: 'face' | 'hand') => {
    values = rgbOf(picture, values);
    const tensor = human.tf.tensor3d(values, [picture.height, picture.width, 3]);
    try {
      const result = await human.detect(tensor, {
        face: { enabled: what === 'face' },
        hand: { enabled: what === 'hand' },
      });
      if (result.error !== null) throw new Error(result.error);
      return result;
    } finally {
      tensor.dispose();
    }
  };

  return {
    async faces(picture, region) {
      const { face } = await look(picture, 'face');
      return face
        .flatMap(({ mesh, score, rotation }) => {
          const place = { width: picture.width, height: picture.height, region };
          const found = rotation && faceFromMesh({ mesh, score, angle: rotation.angle }, place);
          return found ? [found] : [];
        })
        .sort((one, other) => other.face.box.height - one.face.box.height);
    },
    async hands(picture, region) {
      const { hand } = await look(picture, 'hand');
      requireModels(human);
      return hand.map(({ box: [x, y, width, height], score }) => ({
        box: {
          x: region.x + (x / picture.width) * region.width,
          y: region.y + (y / picture.height) * region.height,
          width: (width / picture.width) * region.width,
          height: (height / picture.height) * region.height,
        },
        score,
      }));
    },
  };
}

/** The library writes of a file that is missing to the console, and finds nothing from then on. */
function requireModels({ models }: Pick<FaceLibrary<never>, 'models'>): void {
  const missing = models.stats().modelStats.filter(({ loaded }) => !loaded);
  if (missing.length > 0)
    throw new Error(`Models that did not load: ${missing.map(({ name }) => name).join(', ')}.`);
}

/** Into this memory where it has the picture's size, else into new one. */
function rgbOf({ data }: RgbaImage, into: Float32Array): Float32Array {
  const length = (data.length / 4) * 3;
  const rgb = into.length === length ? into : new Float32Array(length);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from] ?? 0;
    rgb[to + 1] = data[from + 1] ?? 0;
    rgb[to + 2] = data[from + 2] ?? 0;
  }
  return rgb;
}
