import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { observationsOf, reportOf } from '../../tests/doubles/reports.ts';
import { type ReportContent, reportPage } from './page.ts';
import { REPORT_STYLE, REPORT_STYLE_HASH } from './style.ts';

const content = (changes: Partial<ReportContent> = {}): ReportContent => ({
  takeName: 'Ana',
  fileName: 'ana.mov',
  report: reportOf(),
  observations: observationsOf(),
  moments: [],
  ...changes,
});

test('the policy lets only this very style apply', () => {
  expect(REPORT_STYLE_HASH).toBe(`sha256-${createHash('sha256').update(REPORT_STYLE).digest('base64')}`);
  const page = reportPage(content());
  expect(page).toContain(`style-src &#39;${REPORT_STYLE_HASH}&#39;`);
  expect(page).toContain(`<style>${REPORT_STYLE}</style>`);
  expect(page).not.toMatch(/ style=|<script|javascript:|\son[a-z]+=/i);
});

test('names no address but pictures that it holds itself', () => {
  const page = reportPage(
    content({ moments: [{ atMs: 1000, findings: [], jpeg: '/9j/4AAQ', width: 640, height: 360 }] }),
  );
  const addresses = [...page.matchAll(/\s(?:src|href|srcset|action|data)="([^"]*)"/g)].map(
    ([, address]) => address,
  );
  expect(addresses).toEqual(['data:,', 'data:image/jpeg;base64,/9j/4AAQ']);
  expect(page).not.toMatch(/https?:|file:|studio-media:|url\(|@import/);
});

test('the same content gives the same page', () => {
  expect(reportPage(content())).toBe(reportPage(content()));
});

test('verdicts, a part of the take, and a provisional report say so', () => {
  expect(reportPage(content())).toContain('Judged from 0:04 to 5:01 of 5:05');
  const warn = reportPage(content({ report: reportOf({ verdict: 'warn', depth: 'provisional' }) }));
  expect(warn).toContain('Good, with six weak spots');
  expect(warn).toContain('Provisional: not all is measured yet.');
  const pass = reportOf({ verdict: 'pass', findings: [], range: { startSeconds: 0, endSeconds: 305 } });
  expect(reportPage(content({ report: pass }))).not.toMatch(/Judged from|Provisional/);
});

test('a length is told to the nearest second, as everywhere', () => {
  const range = { startSeconds: 0, endSeconds: 59.97 };
  const media = { ...reportOf().media, durationSeconds: 59.97 };
  const whole = reportPage(content({ report: reportOf({ range, media }) }));
  expect(whole).toContain('<li>1:00</li>');
  expect(whole).toContain('<dd>1:00</dd>');
  const part = reportOf({ range: { startSeconds: 3.9, endSeconds: 59.97 }, media });
  expect(reportPage(content({ report: part }))).toContain('Judged from 0:04 to 1:00 of 1:00');
});

test('without observations the timeline is left out, and an odd take does not break it', () => {
  expect(reportPage(content({ observations: null }))).not.toContain('Over time');
  const none = observationsOf({ durationSeconds: 0, pictures: [], sound: null });
  expect(reportPage(content({ observations: none }))).not.toMatch(/NaN|Infinity|undefined/);
  const far = observationsOf({ durationSeconds: 1e9 });
  expect(reportPage(content({ observations: far }))).not.toMatch(/NaN|Infinity|undefined/);
});

test('ten minutes of it stay small', () => {
  expect(reportPage(content()).length).toBeLessThan(80_000);
});
