import type { Take } from '../../../../shared/domain/take.ts';
import { ask, bridge } from '../../../app/bridge.ts';
import { noticeError } from '../../../app/notices.ts';
import { goTo, routes } from '../../../app/routes.ts';
import { rememberStage } from '../../../capture/stage/rememberStage.ts';

/** The stage finds a device by its label where its id is another one. */
const named = <T extends { readonly label: string } | null>(before: T, label: string | undefined) =>
  label === undefined || before?.label === label ? before : { id: label.slice(0, 300), label };

/** Goes to the stage with the shot of a take, and with its camera and microphone where it was recorded here. */
export async function retake({ shot, recording }: Pick<Take, 'shot' | 'recording'>): Promise<void> {
  try {
    await ask('saveSettings', { shot });
    await rememberStage(bridge(), (stage) => ({
      ...stage,
      camera: named(stage.camera, recording?.setup.camera.label),
      microphone: named(stage.microphone, recording?.setup.microphone?.label),
    }));
  } catch (error) {
    noticeError(error);
  }
  goTo(routes.stage);
}
