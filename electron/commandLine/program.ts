import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { version } from '../../package.json' with { type: 'json' };
import { type Shot, ShotSchema } from '../../shared/domain/report.ts';
import {
  type HostKind,
  HostKindSchema,
  type TrainerKind,
  TrainerKindSchema,
} from '../../shared/domain/twin.ts';
import { EXIT, type ExitCode, StudioError } from '../../shared/errors.ts';
import type { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { PROGRAM } from '../../shared/words/program.ts';
import { checkCommand } from './checkCommand.ts';
import { DEMO_ENVIRONMENT, demoCommand } from './demoCommand.ts';
import { doctorCommand } from './doctorCommand.ts';
import { statusCommand, twinsCommand } from './listCommands.ts';
import { createOutput } from './output.ts';
import { prepareCommand } from './prepareCommand.ts';
import type { PrepareOptions } from './prepareWish.ts';
import { type RunWish, runWholeJourney } from './runCommand.ts';
import { asErrorData, type CommonOptions, inCommand, runCommand, type Session } from './session.ts';
import { watchCommand } from './watchCommand.ts';

interface RunOptions extends CommonOptions {
  readonly name: string;
  readonly twin?: string;
  readonly consentUrl?: string;
  readonly consentConfirmed?: boolean;
  readonly consentBy?: string;
  readonly host?: HostKind;
  readonly trainer?: TrainerKind;
  readonly maxUsd?: string;
  readonly wait: boolean;
  readonly yes?: boolean;
  readonly shot?: Shot;
  readonly reference?: boolean;
}

/** The whole command line: takes arguments, does the work, gives the exit code. */
export function buildProgram(): (argv: readonly string[]) => Promise<ExitCode> {
  let exit: ExitCode = EXIT.OK;
  let misused: string | undefined;
  const program = new Command(PROGRAM)
    .description(cliWords.about)
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showHelpAfterError(false);

  const add = (name: string, about: string) => {
    return program
      .command(name)
      .description(about)
      .exitOverride((error) => {
        misused = name;
        throw error;
      })
      .addOption(new Option('--library <dir>', cliWords.options.library))
      .addOption(new Option('--json', cliWords.options.json));
  };
  const shot = new Option('--shot <shot>', cliWords.options.shot).choices(ShotSchema.options);

  add('check', cliWords.commands.check)
    .argument('<files...>', cliWords.arguments.subjects)
    .addOption(shot)
    .option('--html <page>', cliWords.options.html)
    .action(async (files: string[], options: CommonOptions & { shot?: Shot; html?: string }) => {
      const wish = { shot: options.shot ?? null, html: options.html ?? null };
      exit = await runCommand(options, (session) => checkCommand(session, files, wish), { command: 'check' });
    });
  add('prepare', cliWords.commands.prepare)
    .argument('<file>', cliWords.arguments.subject)
    .requiredOption('--out <master>', cliWords.options.out)
    .option('--from <time>', cliWords.options.from)
    .option('--to <time>', cliWords.options.to)
    .option('--exact', cliWords.options.exact)
    .option('--mend <list>', cliWords.options.mend, addedUp)
    .action(async (file: string, options: CommonOptions & PrepareOptions) => {
      exit = await runCommand(options, (session) => prepareCommand(session, file, options), {
        command: 'prepare',
      });
    });
  add('run', cliWords.commands.run)
    .argument('<file>', cliWords.arguments.file)
    .requiredOption('--name <name>', cliWords.options.name)
    .option('--twin <group-id>', cliWords.options.twin)
    .option('--consent-url <url>', cliWords.options.consentUrl)
    .option('--consent-confirmed', cliWords.options.consentConfirmed)
    .option('--consent-by <person>', cliWords.options.consentBy)
    .addOption(new Option('--host <host>', cliWords.options.host).choices(HostKindSchema.options))
    .addOption(new Option('--trainer <trainer>', cliWords.options.trainer).choices(TrainerKindSchema.options))
    .option('--max-usd <amount>', cliWords.options.maxUsd)
    .option('--no-wait', cliWords.options.noWait)
    .option('--yes', cliWords.options.yes)
    .addOption(shot)
    .option('--reference', cliWords.options.reference)
    .action(async (file: string, options: RunOptions) => {
      const journey = (session: Session) =>
        runWholeJourney(session, wishFrom(file, options, session.settings.get()));
      exit = await runCommand(options, journey, { command: 'run' });
    });
  add('watch', cliWords.commands.watch)
    .argument('[orders...]', cliWords.arguments.orders)
    .action(async (orders: string[], options: CommonOptions) => {
      exit = await runCommand(options, (session) => watchCommand(session, orders), { mustExist: true });
    });
  add('status', cliWords.commands.status).action(async (options: CommonOptions) => {
    exit = await runCommand(options, statusCommand, { mustExist: true });
  });
  add('twins', cliWords.commands.twins).action(async (options: CommonOptions) => {
    exit = await runCommand(options, twinsCommand, { mustExist: true });
  });
  add('doctor', cliWords.commands.doctor).action(async (options: CommonOptions) => {
    exit = await runCommand(options, doctorCommand);
  });
  add('demo', cliWords.commands.demo)
    .argument('<file>', cliWords.arguments.demoFile)
    .action(async (file: string, options: CommonOptions) => {
      exit = await runCommand(options, (session) => demoCommand(session, file), {
        libraryDir: process.env.TWIN_STUDIO_LIBRARY || join(homedir(), 'Twin Studio Demo'),
        environment: DEMO_ENVIRONMENT,
      });
    });

  return async (argv) => {
    try {
      if (argv.length === 0) {
        process.stderr.write(program.helpInformation());
        throw new StudioError('USAGE', { reason: cliWords.usage.needsCommand });
      }
      await program.parseAsync([...argv], { from: 'user' });
      return exit;
    } catch (error) {
      return usageExit(error, argv.includes('--json'), misused);
    }
  };
}

/** An option that is given again adds to what it was given before, as with commas between. */
const addedUp = (list: string, before: string | undefined): string =>
  before === undefined ? list : `${before},${list}`;

/** Help is no error; everything else that the parser throws is wrong usage. */
function usageExit(error: unknown, json: boolean, command: string | undefined): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.OK;
  const usage =
    error instanceof CommanderError ? new StudioError('USAGE', { reason: reasonOf(error) }) : error;
  if (!(usage instanceof StudioError)) throw error;
  createOutput(json).result({ status: 'failed' }, asErrorData(inCommand(usage, command)));
  return EXIT.USAGE;
}

/** What the parser says, as sentences: "error: unknown option '--x'" becomes "Unknown option '--x'." */
function reasonOf({ code, message }: CommanderError): string {
  const [what = '', didYouMean = ''] = message.replace(/^error: /, '').split('\n');
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1).replace(/\.$/, '')}.`;
  const named = /'(-.+)'/.exec(what)?.[1];
  const isFile = code === 'commander.unknownOption' && named !== undefined && existsSync(named);
  const hint = isFile ? cliWords.usage.dashFile(named) : didYouMean.replace(/^\((.*)\)$/, '$1');
  return hint === '' ? sentence : `${sentence} ${hint}`;
}

function wishFrom(file: string, options: RunOptions, saved: typeof DEFAULT_SETTINGS): RunWish {
  const usage = (reason: string) => new StudioError('USAGE', { reason });
  const name = options.name.trim();
  if (name === '') throw usage(cliWords.usage.noName);
  const maxUsd = options.maxUsd === undefined ? null : Number(options.maxUsd);
  if (maxUsd !== null && !(Number.isFinite(maxUsd) && maxUsd >= 0)) {
    throw usage(cliWords.usage.notANumber('--max-usd', options.maxUsd ?? ''));
  }
  return {
    file,
    name,
    twinGroupId: options.twin ?? null,
    consent: consentFrom(options, name),
    host: options.host ?? saved.host,
    trainer: options.trainer ?? saved.trainer,
    maxUsd,
    wait: options.wait,
    priceConfirmed: options.yes === true,
    shot: options.shot ?? null,
    reference: options.reference === true,
  };
}

function consentFrom(options: RunOptions, name: string): RunWish['consent'] {
  const usage = (reason: string) => new StudioError('USAGE', { reason });
  const by = options.consentBy?.trim() || name;
  if (options.consentUrl !== undefined) {
    if (options.consentConfirmed) throw usage(cliWords.usage.oneConsent);
    if (!/^https?:\/\/\S+$/.test(options.consentUrl) || !URL.canParse(options.consentUrl)) {
      throw usage(cliWords.usage.badUrl(options.consentUrl));
    }
    return { by, how: { kind: 'url', url: options.consentUrl } };
  }
  return options.consentConfirmed ? { by, how: { kind: 'confirmed-by-flag' } } : null;
}
