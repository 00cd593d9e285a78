// @ts-check
/** A Playwright reporter that writes what `npm test` counts, with the reason of each skip, to `TEST_REPORT_FILE`. */
import { writeFileSync } from 'node:fs';

/** @import {FullConfig, Reporter, Suite} from '@playwright/test/reporter' */
/** @import {Report} from './report-vitest.mjs' */

/** @implements {Reporter} */
export default class CountingReporter {
  /** @type {Suite | undefined} */
  #suite;
  #errorsOutsideTests = 0;

  /**
   * @param {FullConfig} _config
   * @param {Suite} suite
   */
  onBegin(_config, suite) {
    this.#suite = suite;
  }

  onError() {
    this.#errorsOutsideTests += 1;
  }

  onEnd() {
    /** @type {Report} */
    const report = { passed: 0, failed: this.#errorsOutsideTests, skipped: [] };
    for (const test of this.#suite?.allTests() ?? []) {
      const outcome = test.outcome();
      if (outcome === 'expected') report.passed += 1;
      // A test that passes only sometimes is a defect of its own.
      else if (outcome === 'unexpected' || outcome === 'flaky') report.failed += 1;
      else {
        const annotation = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
        const didNotRun = test.results.length === 0 ? 'did not run' : 'no reason given';
        const name = test.titlePath().filter(Boolean).join(' › ');
        report.skipped.push({ name, reason: annotation?.description ?? didNotRun });
      }
    }
    const file = process.env.TEST_REPORT_FILE;
    if (file) writeFileSync(file, JSON.stringify(report));
  }
}
