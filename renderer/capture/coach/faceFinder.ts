/** Loads what finds faces and hands in a picture of the stage. */
import { Human, type Tensor } from '@vladmandic/human';
import { createFaceFinder, finderConfiguration } from '../../../shared/quality/faceFinder.ts';
import type { FaceFinder } from '../../../shared/quality/seeing.ts';

/**
 * `vision`: address of the folder with models and WebAssembly, with a slash at its end.
 * @throws {Error} when the browser cannot run them, or a file of theirs is missing
 */
export async function loadFaceFinder(vision: string): Promise<FaceFinder> {
  return createFaceFinder<Tensor>(new Human(finderConfiguration(vision)));
}
