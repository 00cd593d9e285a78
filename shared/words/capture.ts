/** Sentences of the stage that do not come from the engine. */
export const captureWords = {
  /** A device whose name the system does not tell, as before permission is given. */
  nameless: (kind: 'camera' | 'microphone', number: number): string =>
    kind === 'camera' ? `Camera ${number}` : `Microphone ${number}`,
} as const;
