import type { Result } from '../../../shared/contract.ts';
import type { StageSettings } from '../../../shared/settings.ts';
import type { StageEngine } from './parts.ts';

/** Changes are made one after the other, so that none is made to settings of before another. */
let turn: Promise<unknown> = Promise.resolve();

/** Changes what the stage remembers, and answers whether it is kept. What is not is forgotten with the program. */
export function rememberStage(
  engine: Pick<StageEngine, 'getSettings' | 'saveSettings'>,
  change: (stage: StageSettings) => StageSettings,
): Promise<Result<unknown>> {
  const made = turn.then(async () => {
    const answer = await engine.getSettings({});
    return answer.kind === 'ok'
      ? engine.saveSettings({ stage: change(answer.value.settings.stage) })
      : answer;
  });
  // One that fails does not hold up those behind it.
  turn = made.catch(() => undefined);
  return made;
}
