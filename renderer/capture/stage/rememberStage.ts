import type { StageSettings } from '../../../shared/settings.ts';
import type { StageEngine } from './parts.ts';

/** Changes are made one after the other, so that none is made to settings of before another. */
let turn: Promise<void> = Promise.resolve();

/** Changes what the stage remembers. Where that cannot be kept it is forgotten with the program, which is no trouble. */
export function rememberStage(
  engine: Pick<StageEngine, 'getSettings' | 'saveSettings'>,
  change: (stage: StageSettings) => StageSettings,
): Promise<void> {
  turn = turn.then(async () => {
    const answer = await engine.getSettings({});
    if (answer.kind === 'ok') await engine.saveSettings({ stage: change(answer.value.settings.stage) });
  });
  return turn;
}
