/**
 * Puts in place of camera and microphone a picture and a sound that one clock of the page drives: a flash and a beep at
 * every whole second, and in each frame the clock itself, in milliseconds, as the strip of `frameNumbers.ts` has it.
 */

/** The part of the picture that flashes; the strip lies below it. */
export const FLASH_AREA = { x: 0, y: 0, width: 1920, height: 960 };
export const FLASH_SECONDS = 0.1;

/** Runs in the page before its own scripts; so it knows nothing of this file. The clock is that of WebAudio. */
export function playPageClock(): void {
  const audio = new AudioContext({ sampleRate: 48_000 });
  const canvas = document.createElement('canvas');
  canvas.width = 1920;
  canvas.height = 1080;

  const heard = audio.createMediaStreamDestination();
  const beep = audio.createGain();
  beep.gain.value = 0;
  const tone = audio.createOscillator();
  tone.frequency.value = 1000;
  tone.connect(beep).connect(heard);
  tone.start();
  let second = 1;
  const announce = (): void => {
    for (; second < audio.currentTime + 3; second += 1) {
      if (second <= audio.currentTime) continue;
      beep.gain.setValueAtTime(0.5, second);
      beep.gain.setValueAtTime(0, second + 0.05);
    }
  };
  setInterval(announce, 500);

  const picture = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (picture === null) throw new Error('There is no canvas here.');
  let drawn = 0;
  const draw = (now: number): void => {
    requestAnimationFrame(draw);
    // Every other time on a screen of 60 Hz: 30 frames a second.
    if (now - drawn < 30) return;
    drawn = now;
    const clock = audio.currentTime;
    picture.fillStyle = clock >= 1 && clock % 1 < 0.1 ? '#fff' : '#222';
    picture.fillRect(0, 0, 1920, 1080);
    // A minute of milliseconds fits into the strip's 16 bits.
    const number = Math.floor(clock * 1000) % 60_000;
    for (let bit = 0; bit < 16; bit += 1) {
      const one = ((number >> (15 - bit)) & 1) === 1;
      for (const inverse of [false, true]) {
        picture.fillStyle = one === inverse ? '#000' : '#fff';
        picture.fillRect(320 + bit * 80 + (inverse ? 40 : 0), 1040, 40, 40);
      }
    }
  };
  requestAnimationFrame(draw);

  const inputs = {
    videoinput: {
      deviceId: 'clock-picture',
      label: 'The page’s clock',
      track: () => canvas.captureStream(30),
    },
    audioinput: { deviceId: 'clock-sound', label: 'The page’s clock', track: () => heard.stream.clone() },
  };
  navigator.mediaDevices.enumerateDevices = async () =>
    Object.entries(inputs).map(([kind, { deviceId, label }]) => {
      const device = { kind: kind as MediaDeviceKind, deviceId, label, groupId: '' };
      return { ...device, toJSON: () => device };
    });
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    await audio.resume();
    const { deviceId, track: open } = inputs[constraints?.video ? 'videoinput' : 'audioinput'];
    const stream = open();
    for (const track of stream.getTracks()) {
      const settings = track.getSettings();
      track.getSettings = () => ({ ...settings, deviceId });
    }
    return stream;
  };
}
