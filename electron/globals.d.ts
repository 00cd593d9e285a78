/**
 * True only in the bundle for the practice runtime (an old Electron, for trials and tests):
 * the app then forces practice mode, keeps no keys and says so in a banner.
 */
declare const __PRACTICE_RUNTIME__: boolean;

/**
 * Where the folder with the face models and the worker that runs them may be: addresses relative to the bundle's files,
 * or absolute ones; the first that has them counts.
 */
declare const __VISION__: readonly string[];
