/** The published shape of a report: `docs/report.schema.json`. After a change: `npx vitest run -u reportSchema`. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { reportOf } from '../../tests/doubles/reports.ts';
import { ReportSchema } from './report.ts';

const PUBLISHED = fileURLToPath(new URL('../../docs/report.schema.json', import.meta.url));

test('the published schema is the one that reports are made by', async () => {
  const schema = {
    title: 'Report of a check by Twin Studio',
    ...z.toJSONSchema(ReportSchema, { io: 'input' }),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(PUBLISHED);
});

test('reports fit the published schema, and what is none does not', async () => {
  const published = z.fromJSONSchema(JSON.parse(await readFile(PUBLISHED, 'utf8')));
  const report = reportOf();
  expect(published.safeParse(JSON.parse(JSON.stringify(report))).error).toBeUndefined();
  for (const wrong of [
    { ...report, version: 1 },
    { ...report, verdict: 'perfect' },
    { ...report, findings: [{ code: 'FACE_DARK' }] },
    {},
  ])
    expect(published.safeParse(wrong).success).toBe(false);
});
