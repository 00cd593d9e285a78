/** How the stage and the check sample picture and sound. Apart from the schemas, so that workers need no zod. */

/** Longest side of the picture that the detector gets; everything about light is measured at full resolution. */
export const DETECTOR_LONG_SIDE = 426;
/** Length of a sound window, seconds. */
export const SOUND_WINDOW_SECONDS = 0.4;
