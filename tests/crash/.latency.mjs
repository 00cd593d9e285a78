import { runnerImport } from 'vite';
import { mkdtemp, rm } from 'node:fs/promises';
const { module } = await runnerImport('/work/main/tests/crash/.latency.ts', { configFile: false, logLevel: 'error' });
const f = await mkdtemp('/tmp/lead/lat-');
await module.go(f).finally(() => rm(f, { recursive: true, force: true }));
process.exit(0);
