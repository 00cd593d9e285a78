import { rm } from 'node:fs/promises';

/** Removes a folder of a test. What belonged to a program that has ended may still be writing its last into it. */
export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
