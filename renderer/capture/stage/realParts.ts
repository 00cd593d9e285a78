import { openEyes } from '../coach/coachEyes.ts';
import { browserDevices } from '../devices/mediaDevices.ts';
import { prepareRecorder } from '../recorder/recorder.ts';
import { openMeter } from '../sound/soundMeter.ts';
import type { StageEngine, StageParts } from './parts.ts';
import { listenForPorts } from './recordingPorts.ts';

/** The stage's parts on this computer's own devices. `engine`: the window's bridge to the main process. */
export function realParts(engine: StageEngine): StageParts {
  return {
    engine,
    devices: browserDevices(),
    listenForPorts: () => listenForPorts(window),
    onPageGone(listener) {
      window.addEventListener('pagehide', listener);
      return () => window.removeEventListener('pagehide', listener);
    },
    openEyes,
    openMeter,
    prepareRecorder,
  };
}
