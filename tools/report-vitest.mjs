// @ts-check
/** A vitest reporter that writes what `npm test` counts and tells at its end to `TEST_REPORT_FILE`. */
import { writeFileSync } from 'node:fs';

/** @import {SerializedError, TestCase, TestModule, TestSuite} from 'vitest/node' */
/** @import {Reporter} from 'vitest/reporters' */

/**
 * @typedef {object} Report
 * @property {number} passed
 * @property {{name: string, why: string}[]} failed with what went wrong, as the runner said it
 * @property {{name: string, reason: string}[]} skipped
 */

/** @implements {Reporter} */
export default class CountingReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {Report} */
    const report = { passed: 0, failed: [], skipped: [] };
    for (const error of unhandledErrors) {
      report.failed.push({ name: 'outside of any test', why: whyOf([error]) });
    }
    for (const module of modules) {
      // A file that does not load, or a group whose preparation fails, has no failed test to count.
      for (const part of [module, ...module.children.allSuites()]) {
        const errors = part.errors();
        if (errors.length > 0) report.failed.push({ name: nameOf(part), why: whyOf(errors) });
      }
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') report.passed += 1;
        else if (result.state === 'failed') {
          report.failed.push({ name: nameOf(test), why: whyOf(result.errors) });
        } else {
          const note = result.state === 'skipped' ? result.note : undefined;
          const reason = note ?? (couldRun(test) ? reasonInName(test.fullName) : 'did not run');
          report.skipped.push({ name: nameOf(test), reason });
        }
      }
    }
    const file = process.env.TEST_REPORT_FILE;
    if (file) writeFileSync(file, JSON.stringify(report));
  }
}

/** @param {TestCase | TestSuite | TestModule} part */
function nameOf(part) {
  return part.type === 'module' ? part.relativeModuleId : `${part.module.relativeModuleId}: ${part.fullName}`;
}

/** @param {readonly SerializedError[]} errors */
function whyOf(errors) {
  return errors
    .map(({ message, diff, stack }) => {
      const place = stack?.split('\n').find((line) => /^\s+at .*\.test\./.test(line));
      return [message, diff, place?.trim()].filter(Boolean).join('\n');
    })
    .join('\n');
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
