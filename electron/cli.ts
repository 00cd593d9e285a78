#!/usr/bin/env node
import { buildProgram } from './commandLine/program.ts';

// A notice of the S3 library to its developers about Node versions; nobody who runs this can act on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// A reader that has seen enough closes the pipe, a terminal may be gone. Ending here would cut off a paid
// request: `createOutput` hears of it with each line, and the session stops. The help is just not read on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// A library under the settings raises every signal once more, to clean up: one Ctrl+C would count as two.
// It cleans up at the process's end as well, and every command answers signals itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);

process.exitCode = await buildProgram()(process.argv.slice(2));
