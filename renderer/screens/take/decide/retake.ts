import type { Report } from '../../../../shared/domain/report.ts';
import type { Take } from '../../../../shared/domain/take.ts';
import type { StageSettings } from '../../../../shared/settings.ts';
import { answerOf, bridge } from '../../../app/bridge.ts';
import { noticeError } from '../../../app/notices.ts';
import { goTo, routes } from '../../../app/routes.ts';
import { rememberStage } from '../../../capture/stage/rememberStage.ts';
import { setRetakeReasons } from '../../retakeReasons.ts';

/** The stage finds a device by its label where its id is another one. Null: the system's choice. */
const named = (before: StageSettings['camera'], label: string | undefined): StageSettings['camera'] =>
  label === undefined ? null : before?.label === label ? before : { id: label.slice(0, 300), label };

/**
 * Goes to the stage with the shot of a take, and with its camera and microphone where it was recorded here. Where the
 * stage would not know of them, it says so and stays.
 * @param report of what is kept of it: the stage says what to mend this time
 */
export async function retake(take: Take, report: Report | null): Promise<void> {
  const { shot, recording } = take;
  try {
    const kept = await rememberStage(bridge(), (stage) => ({
      ...stage,
      shot,
      ...(recording !== null && {
        camera: named(stage.camera, recording.setup.camera.label),
        microphone: named(stage.microphone, recording.setup.microphone?.label),
      }),
    }));
    answerOf(kept);
  } catch (error) {
    noticeError(error);
    return;
  }
  setRetakeReasons(take, report);
  goTo(routes.stage);
}
