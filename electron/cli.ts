#!/usr/bin/env node
import { buildProgram } from './commandLine/program.ts';

// A reader that has seen enough closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await buildProgram()(process.argv.slice(2));
