/**
 * The first video with sound that a window loads waits a quarter of a second until the system has told where sound is to
 * come out; see docs/decisions/0006-recording.md. On the stage nobody waits for that yet, so silence is loaded there, and
 * never played.
 */

const SAMPLES = 480;
const SAMPLE_RATE = 48_000;

/** Ends when sound could come out, or never will. */
export async function wakeLoudspeaker(): Promise<void> {
  const address = URL.createObjectURL(silence());
  const sound = new Audio();
  sound.preload = 'auto';
  try {
    await new Promise<void>((resolve) => {
      sound.addEventListener('loadeddata', () => resolve(), { once: true });
      // Then the take's own video says what is the matter.
      sound.addEventListener('error', () => resolve(), { once: true });
      sound.src = address;
    });
  } finally {
    sound.removeAttribute('src');
    sound.load();
    URL.revokeObjectURL(address);
  }
}

/** A hundredth of a second as a WAV file: 16-bit mono. */
function silence(): Blob {
  const dataBytes = SAMPLES * 2;
  const header = new DataView(new ArrayBuffer(44));
  const text = (at: number, name: string) => {
    for (const [index, letter] of [...name].entries()) header.setUint8(at + index, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  header.setUint32(4, header.byteLength - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, SAMPLE_RATE, true);
  header.setUint32(28, SAMPLE_RATE * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, 'data');
  header.setUint32(40, dataBytes, true);
  return new Blob([header, new Uint8Array(dataBytes)], { type: 'audio/wav' });
}
