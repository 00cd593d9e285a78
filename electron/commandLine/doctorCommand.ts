import { statfs } from 'node:fs/promises';
import { Cancelled, EXIT, type ExitCode, StudioError } from '../../shared/errors.ts';
import { SECRET_NAMES } from '../../shared/settings.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { locateTools } from '../media/locate.ts';
import { SECRET_VARIABLES } from '../studio/configuration.ts';
import { asErrorData, type CommandEnd, exitOf, type Session, worstExit } from './session.ts';

/** The oldest Node this runs on, as `engines` in package.json says. */
const OLDEST_NODE = [20, 19] as const;
/** Longest that a service is asked, milliseconds. */
const SERVICE_MS = 30_000;

type CheckName = keyof typeof cliWords.doctor.checks;

/** Looks whether everything is there that a run would need, and really tries host and trainer. */
export async function doctorCommand(session: Session): Promise<CommandEnd> {
  const { output, settings } = session;
  const exits: ExitCode[] = [];
  const look = async (name: CheckName, ask: () => Promise<string>) => {
    try {
      const found = await ask();
      output.event({ event: 'check', name, ok: true, found });
      output.print(`✓ ${cliWords.doctor.checks[name]}: ${found}`);
    } catch (error) {
      if (session.signal.aborted) throw new Cancelled();
      const data = asErrorData(error instanceof Cancelled ? new StudioError('HOST_UNREACHABLE') : error);
      exits.push(exitOf(data.code));
      output.event({ event: 'check', name, ok: false, error: { code: data.code, message: data.message } });
      output.print(`✗ ${cliWords.doctor.checks[name]}: ${data.message}`);
    }
  };

  await look('node', async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const [oldestMajor, oldestMinor] = OLDEST_NODE;
    if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
      throw new StudioError('NODE_TOO_OLD', { version: process.version });
    }
    return process.version;
  });
  await look('ffmpeg', async () => {
    const tools = await locateTools();
    return `${tools.ffmpegVersion} (${tools.ffmpeg})`;
  });
  await look('library', async () => {
    await session.engine();
    return session.libraryDir;
  });
  await look('space', async () => {
    const { libraryDir } = session;
    const space = await statfs(libraryDir).catch((cause: unknown) => {
      throw new StudioError('SPACE_UNKNOWN', { folder: libraryDir }, { cause });
    });
    return cliWords.doctor.space((space.bavail * space.bsize) / 1e9);
  });
  await look('keys', async () =>
    cliWords.doctor.keys(
      SECRET_NAMES.map((name) => SECRET_VARIABLES[name]).filter((name) => process.env[name]),
    ),
  );
  await look('host', async () => {
    const { context } = await session.engine();
    const host = await context.host(settings.get().host);
    await host.test(AbortSignal.timeout(SERVICE_MS));
    return cliWords.doctor.hostWorks(host.kind);
  });
  await look('trainer', async () => {
    const { context } = await session.engine();
    const trainer = await context.trainer(settings.get().trainer);
    return cliWords.doctor.trainerWorks(trainer.kind, await trainer.credits(AbortSignal.timeout(SERVICE_MS)));
  });
  const exit = worstExit(exits);
  output.print(exit === EXIT.OK ? cliWords.doctor.good : cliWords.doctor.bad);
  return { exit, fields: { status: exit === EXIT.OK ? 'good' : 'bad' } };
}
