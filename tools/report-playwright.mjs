// @ts-check
/** A Playwright reporter that writes what `npm test` counts and tells at its end to `TEST_REPORT_FILE`. */
import { writeFileSync } from 'node:fs';

/** @import {FullConfig, Reporter, Suite, TestError} from '@playwright/test/reporter' */
/** @import {Report} from './report-vitest.mjs' */

/** @implements {Reporter} */
export default class CountingReporter {
  /** @type {Suite | undefined} */
  #suite;
  /** @type {TestError[]} */
  #errorsOutsideTests = [];

  /**
   * @param {FullConfig} _config
   * @param {Suite} suite
   */
  onBegin(_config, suite) {
    this.#suite = suite;
  }

  /** @param {TestError} error */
  onError(error) {
    this.#errorsOutsideTests.push(error);
  }

  onEnd() {
    /** @type {Report} */
    const report = { passed: 0, failed: [], skipped: [] };
    for (const error of this.#errorsOutsideTests) {
      report.failed.push({ name: 'outside of any test', why: whyOf([error]) });
    }
    for (const test of this.#suite?.allTests() ?? []) {
      const outcome = test.outcome();
      const name = test.titlePath().filter(Boolean).join(' › ');
      if (outcome === 'expected') report.passed += 1;
      // A test that passes only sometimes is a defect of its own.
      else if (outcome === 'unexpected' || outcome === 'flaky') {
        const why = whyOf(test.results.flatMap(({ errors }) => errors));
        report.failed.push({ name, why: why || test.results.map(({ status }) => status).join(', ') });
      } else {
        const annotation = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
        const didNotRun = test.results.length === 0 ? 'did not run' : 'no reason given';
        report.skipped.push({ name, reason: annotation?.description ?? didNotRun });
      }
    }
    const file = process.env.TEST_REPORT_FILE;
    if (file) writeFileSync(file, JSON.stringify(report));
  }
}

/** @param {TestError[]} errors */
function whyOf(errors) {
  return errors
    .map(({ message, value, snippet }) =>
      [message ?? value ?? 'no message', snippet].filter(Boolean).join('\n'),
    )
    .join('\n');
}
