import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { locateTools } from '../media/locate.ts';
import { makeTestPicture } from '../media/testPicture.ts';
import { runWholeJourney } from './runCommand.ts';
import type { CommandEnd, Session } from './session.ts';

/** Training that is long enough to be seen and short enough to wait for. */
export const DEMO_ENVIRONMENT = {
  TWIN_STUDIO_PRACTICE_TRAINING_SECONDS: process.env.TWIN_STUDIO_PRACTICE_TRAINING_SECONDS ?? '3',
  TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS: process.env.TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS ?? '3',
} as const;

/** The whole journey with the practice host and trainer, whatever the settings say. */
export async function demoCommand(session: Session, file: string | null): Promise<CommandEnd> {
  const { output } = session;
  output.talk(cliWords.demo.start);
  const picture = file === null ? join(tmpdir(), `twin-studio-demo-${process.pid}.mp4`) : null;
  try {
    if (picture !== null) {
      const { context } = await session.engine();
      await context.quiet.pass(session.signal);
      output.talk(cliWords.demo.testPicture);
      await makeTestPicture(picture, { tools: await locateTools(), signal: session.signal });
    }
    return await runWholeJourney(session, {
      file: file ?? picture ?? '',
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
  } finally {
    if (picture !== null) await rm(picture, { force: true });
  }
}
