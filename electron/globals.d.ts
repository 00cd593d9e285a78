/**
 * True only in the bundle for the practice runtime (an old Electron, for trials and tests):
 * the app then forces practice mode, keeps no keys and says so in a banner.
 */
declare const __PRACTICE_RUNTIME__: boolean;
