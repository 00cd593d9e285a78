/** Sentences of the recorder: why it could not begin, or broke off. */
export const recorderWords = {
  noEncoder:
    'This computer cannot record video in Twin Studio: nothing here can encode it. You can record with another program and import the file.',
  noPicture:
    'The camera gives no picture just now. Close other programs that use it, or plug it in again, and try once more.',
  encoderBroke:
    'The recording broke off, because the video could not be encoded any more. What was stored until then is kept.',
  diskSilent:
    'The recording broke off, because the disk stopped answering. What was stored until then is kept.',
} as const;
