// The last line of CI: the numbers of every suite's report. Exit code 1 when a suite has no report, ran nothing,
// skipped something or failed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [directory, ...suites] = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
for (const suite of suites) {
  const counts = read(suite);
  print(`${suite}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  for (const key of Object.keys(totals)) {
    totals[key] += counts[key];
  }
}
print(`${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`);
process.exitCode = totals.failed + totals.skipped > 0 ? 1 : 0;

function read(suite) {
  try {
    const report = JSON.parse(readFileSync(join(directory, `${suite}.json`), 'utf8'));
    const failedFiles = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    const failed = report.numFailedTests + failedFiles.length + (report.numTotalTests === 0 ? 1 : 0);
    return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
  } catch (error) {
    print(`${suite}: no report (${error.code ?? error.message})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
