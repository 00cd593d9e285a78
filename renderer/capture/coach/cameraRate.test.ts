import { describe, expect, it } from 'vitest';
import { createCameraRate } from './cameraRate.ts';

const US = 1_000_000;

describe('rate of the camera', () => {
  it('says nothing before two seconds', () => {
    const rate = createCameraRate();
    for (let frame = 0; frame < 60; frame += 1) rate.saw((frame * US) / 30);
    expect(rate.framesPerSecond()).toBeNull();
    rate.saw(2 * US);
    expect(rate.framesPerSecond()).toBeCloseTo(30, 5);
  });

  it('is that of the last two seconds', () => {
    const rate = createCameraRate();
    for (let frame = 0; frame < 90; frame += 1) rate.saw((frame * US) / 30);
    for (let frame = 0; frame < 40; frame += 1) rate.saw(3 * US + (frame * US) / 15);
    expect(rate.framesPerSecond()).toBeCloseTo(15, 5);
  });

  it('does not blame the camera for frames that nobody watched for, or that were lost on the way', () => {
    const rate = createCameraRate();
    for (let frame = 0; frame < 120; frame += 1) {
      // Every sixth frame is looked at, and two pass unseen; another is lost now and then.
      if (frame % 6 === 4 || frame % 6 === 5 || frame % 18 === 1) continue;
      rate.saw((frame * US) / 30);
      if (frame % 6 === 3) rate.lookedAway();
    }
    expect(rate.framesPerSecond()).toBeCloseTo(30, 5);
  });

  it('counts every pause of a camera that pauses often', () => {
    const rate = createCameraRate();
    let at = 0;
    for (let frame = 0; frame < 90; frame += 1) {
      rate.saw(at);
      at += frame % 3 === 2 ? US / 15 : US / 30;
    }
    expect(rate.framesPerSecond()).toBeCloseTo(22.5, 0);
  });

  it('wants to watch when every frame is looked at', () => {
    const rate = createCameraRate();
    rate.saw(0);
    expect(rate.wantsToWatch()).toBe(false);
    rate.lookedAway();
    rate.saw(US / 5);
    expect(rate.wantsToWatch()).toBe(true);
    rate.saw((2 * US) / 5);
    expect(rate.wantsToWatch()).toBe(false);
  });

  it('begins anew when the camera counts from nought', () => {
    const rate = createCameraRate();
    for (let frame = 0; frame < 90; frame += 1) rate.saw((frame * US) / 30);
    rate.saw(0);
    expect(rate.framesPerSecond()).toBeNull();
  });
});
