/** Sentences of the stage that do not come from the engine. */
export const captureWords = {
  /** A device whose name the system does not tell, as before permission is given. */
  nameless: (kind: 'camera' | 'microphone', number: number): string =>
    kind === 'camera' ? `Camera ${number}` : `Microphone ${number}`,
  /** Everything is stored, and only making a take of it failed. */
  keptForNextStart:
    'The recording is stored, but it could not be put into the library just now. It is put there by itself as soon as that works, or when Twin Studio is started the next time.',
  diskSilent:
    'The recording could not begin, because the disk of the library does not answer. Look whether it is connected, then try again.',
  noWayToDisk: 'The recording could not begin, because nothing took it to the disk. Try again.',
  notRecorded: 'The recording could not begin, or broke off. Try again. What was stored until then is kept.',
} as const;
