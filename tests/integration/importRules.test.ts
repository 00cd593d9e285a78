/** Proves each import rule: a small tree that breaks every one of them, beside files that break none. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');

/** Files that keep the rules; a finding in one of them is a rule that forbids too much. */
const innocent = {
  'shared/limits.ts': "import { z } from 'zod'; export const Limit = z.number();",
  'shared/report.ts': "import { Limit } from './limits.ts'; export const Report = Limit;",
  'shared/report.test.ts': "import { test } from 'vitest'; import './report.ts'; test('', () => {});",
  'electron/main.ts': "import { app } from 'electron'; import './studio/record.ts'; app.quit();",
  'electron/preload.ts': "import { contextBridge } from 'electron'; export default contextBridge;",
  'electron/desktop/window.ts': "import Store from 'electron-store'; export default Store;",
  'electron/studio/record.ts':
    "import '../media/probe.ts'; import '../vision/face.ts'; import '../hosts/s3.ts';",
  'electron/media/probe.ts':
    "import 'node:path'; import { Report } from '../../shared/report.ts'; export default Report;",
  'electron/media/process.ts': "import { spawn } from 'node:child_process'; export default spawn;",
  'electron/vision/face.ts': 'export const face = 1;',
  'electron/hosts/s3.ts': "import { Limit } from '../../shared/limits.ts'; export default Limit;",
  'renderer/main.tsx': "import 'react'; import './screens/stage.tsx';",
  'renderer/screens/stage.tsx': "import '../capture/recorder.ts'; import '../ui/button.tsx';",
  'renderer/capture/recorder.ts': "import '../../shared/report.ts';",
  'renderer/ui/button.tsx': "import 'react'; export const button = 1;",
  'tests/helper.ts':
    "import '../electron/media/probe.ts'; import { app } from 'electron'; export default app;",
};

/** Each file breaks exactly the rule it is listed with. */
const violations: Record<string, Record<string, string>> = {
  'shared-is-pure': {
    'shared/readsFiles.ts': "import { readFile } from 'node:fs/promises'; export default readFile;",
    'shared/usesPackage.ts': "import { Command } from 'commander'; export default Command;",
    'shared/usesEngine.ts': "import { face } from '../electron/vision/face.ts'; export default face;",
    'shared/usesWindow.ts': "import { button } from '../renderer/ui/button.tsx'; export default button;",
  },
  'renderer-not-to-electron': {
    'renderer/screens/reachesIn.ts':
      "import type face from '../../electron/hosts/s3.ts'; export type Face = typeof face;",
  },
  'electron-not-to-renderer': {
    'electron/studio/reachesOut.ts':
      "import { button } from '../../renderer/ui/button.tsx'; export default button;",
  },
  'renderer-not-to-node': {
    'renderer/screens/readsFiles.ts': "import { join } from 'node:path'; export default join;",
  },
  'electron-api-at-the-edge': {
    'electron/studio/knowsElectron.ts': "import { app } from 'electron'; export default app;",
    'electron/library/knowsStore.ts': "import Store from 'electron-store'; export default Store;",
    'electron/cli.ts': "import type { App } from 'electron'; export type Application = App;",
  },
  'services-stand-alone': {
    'electron/media/knowsVision.ts': "import { face } from '../vision/face.ts'; export default face;",
    'electron/vision/knowsMedia.ts': "import '../media/probe.ts';",
    'electron/hosts/knowsStudio.ts': "import '../studio/record.ts';",
    'electron/trainers/knowsHosts.ts': "import '../hosts/s3.ts';",
    'electron/trainers/knowsLibrary.ts': "import '../library/takes.ts';",
    'electron/hosts/knowsPipeline.ts': "import '../pipeline/stages.ts';",
  },
  'programs-start-in-media': {
    'electron/studio/transcodes.ts': "import { spawn } from 'node:child_process'; export default spawn;",
    'electron/media/transcodes.ts': "import { spawn } from 'node:child_process'; export default spawn;",
  },
  'capture-without-react': {
    'renderer/capture/draws.ts': "import { useState } from 'react'; export default useState;",
    'renderer/capture/usesScreen.ts': "import '../screens/stage.tsx';",
  },
  'ui-without-takes': {
    'renderer/ui/takeCard.ts': "import '../capture/recorder.ts';",
    'renderer/ui/takeList.ts':
      "import type { Take } from '../../shared/domain/take.ts'; export type Row = Take;",
  },
  'no-cycles': {
    'electron/studio/hen.ts': "import { egg } from './egg.ts'; export const hen = () => egg;",
    'electron/studio/egg.ts': "import { hen } from './hen.ts'; export const egg = () => hen;",
  },
  'product-not-to-tests': {
    'electron/studio/usesHelper.ts': "import '../../tests/helper.ts';",
    'electron/studio/usesTool.ts': "import '../../tools/build.mjs';",
    'renderer/screens/usesTest.ts': "import '../../shared/report.test.ts';",
  },
  'product-not-to-dev-packages': {
    'electron/studio/usesDevPackage.ts':
      "import { chromium } from 'playwright-core'; export default chromium;",
  },
  resolvable: { 'electron/studio/lost.ts': "import './nowhere.ts';" },
};

/** What is named in a finding, where it is not each file that takes part. */
const namedInstead: Record<string, RegExp[]> = {
  'no-cycles': [/^electron\/studio\/(hen|egg)[.]ts$/],
};

/** Only there to be imported. */
const bystanders = {
  'shared/domain/take.ts': 'export type Take = 1;',
  'electron/library/takes.ts': 'export const takes = 1;',
  'electron/pipeline/stages.ts': 'export const stages = 1;',
  'tools/build.mjs': 'export const build = 1;',
};

const Findings = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const Rules = z.object({ forbidden: z.array(z.object({ name: z.string() })) });

let tree: string;
let found: { rule: string; file: string }[];

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'import-rules-'));
  for (const files of [innocent, bystanders, ...Object.values(violations)]) {
    for (const [name, code] of Object.entries(files)) {
      await mkdir(dirname(join(tree, name)), { recursive: true });
      await writeFile(join(tree, name), code);
    }
  }
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  await symlink(join(root, 'package.json'), join(tree, 'package.json'));
  found = await cruise(tree);
});

afterAll(() => rm(tree, { recursive: true, force: true }));

describe('import rules', () => {
  test.each(Object.entries(violations))('%s', (rule, files) => {
    const caught = found.filter((finding) => finding.rule === rule).map((finding) => finding.file);
    for (const named of namedInstead[rule] ?? Object.keys(files)) {
      expect(caught).toContainEqual(named instanceof RegExp ? expect.stringMatching(named) : named);
    }
  });

  test('leave files alone that keep them', () => {
    const wronged = found.filter(({ file }) => file in innocent || file in bystanders);
    expect(wronged).toEqual([]);
  });

  test('every rule is proven here', () => {
    const { forbidden } = Rules.parse(createRequire(import.meta.url)('../../.dependency-cruiser.cjs'));
    const names = forbidden.map((rule) => rule.name);
    expect(names.sort()).toEqual(Object.keys(violations).sort());
  });
});

/** Runs dependency-cruiser as `npm run check` does, in another folder. */
async function cruise(folder: string): Promise<{ rule: string; file: string }[]> {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const args = [tool, '--config', config, '--output-type', 'json', 'electron', 'renderer', 'shared', 'tests'];
  const output = await new Promise<string>((onDone, onError) => {
    // It exits with the number of violations, so only what it printed tells whether it ran.
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 50e6 }, (error, stdout) =>
      stdout ? onDone(stdout) : onError(error),
    );
  });
  const { summary } = Findings.parse(JSON.parse(output));
  return summary.violations.map(({ from, rule }) => ({ rule: rule.name, file: from }));
}
