import { bridge } from '../../app/bridge.ts';
import { createStageSession } from '../../capture/createStageSession.ts';
import type { StageSession } from '../../capture/session.ts';
import { realParts } from '../../capture/stage/realParts.ts';

/** The stage on this computer's own devices. Tests of the screen put one of fixtures in place of this file. */
export const openSession = (): StageSession => createStageSession(realParts(bridge()));
