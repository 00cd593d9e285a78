import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { runWholeJourney } from './runCommand.ts';
import type { CommandEnd, Session } from './session.ts';

/** Training that is long enough to be seen and short enough to wait for. */
export const DEMO_ENVIRONMENT = {
  TWIN_STUDIO_PRACTICE_TRAINING_SECONDS: process.env.TWIN_STUDIO_PRACTICE_TRAINING_SECONDS ?? '3',
  TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS: process.env.TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS ?? '3',
} as const;

/** The whole journey of a video of a person with the practice host and trainer, whatever the settings say. */
export function demoCommand(session: Session, file: string): Promise<CommandEnd> {
  session.output.talk(cliWords.demo.start);
  return runWholeJourney(session, {
    file,
    name: cliWords.demo.name,
    twinGroupId: null,
    consent: { by: cliWords.demo.name, how: { kind: 'confirmed-by-flag' } },
    host: 'practice',
    trainer: 'practice',
    maxUsd: 0,
    wait: true,
    priceConfirmed: true,
    shot: DEFAULT_SETTINGS.shot,
    reference: false,
  });
}
