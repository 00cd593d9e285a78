// @ts-check
/** A vitest reporter that writes what `npm test` counts, with the reason of each skip, to `TEST_REPORT_FILE`. */
import { writeFileSync } from 'node:fs';

/** @import {TestCase, TestModule, TestSuite} from 'vitest/node' */
/** @import {Reporter} from 'vitest/reporters' */

/**
 * @typedef {object} Report
 * @property {number} passed
 * @property {number} failed
 * @property {{name: string, reason: string}[]} skipped
 */

/** @implements {Reporter} */
export default class CountingReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {Report} */
    const report = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      // A file that does not load, or a group whose preparation fails, has no failed test to count.
      const suites = [...module.children.allSuites()];
      report.failed += [module, ...suites].filter((part) => part.errors().length > 0).length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') report.passed += 1;
        else if (result.state === 'failed') report.failed += 1;
        else {
          const name = `${module.relativeModuleId}: ${test.fullName}`;
          const note = result.state === 'skipped' ? result.note : undefined;
          const reason = note ?? (couldRun(test) ? reasonInName(test.fullName) : 'did not run');
          report.skipped.push({ name, reason });
        }
      }
    }
    const file = process.env.TEST_REPORT_FILE;
    if (file) writeFileSync(file, JSON.stringify(report));
  }
}

/**
 * Whether everything around a test was prepared without an error.
 * @param {TestCase | TestSuite | TestModule} part
 * @returns {boolean}
 */
function couldRun(part) {
  if (part.type !== 'test' && part.errors().length > 0) return false;
  return part.type === 'module' || couldRun(part.parent);
}

/**
 * A group that is skipped as a whole can only say why in its name: `describe.skipIf(…)('needs footage: …')`.
 * @param {string} name
 */
function reasonInName(name) {
  return /\bneeds [^)>]+/.exec(name)?.[0].trim() ?? 'no reason given';
}
