#!/usr/bin/env node
import { buildProgram } from './commandLine/program.ts';

// A notice of the S3 library to its developers about Node versions; nobody who runs this can act on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// A reader that has seen enough closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await buildProgram()(process.argv.slice(2));
