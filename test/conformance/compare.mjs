#!/usr/bin/env node
// Compares replayed recordings with what is expected of this version (expectations.json).
//
//   compare.mjs --retry REPLAY.json                             ids that fail unexpectedly, one a line
//   compare.mjs --vitest VITEST.json --exit N REPLAY.json [AGAIN.json]    the verdict; last line "N passed, N failed"
//   compare.mjs --update REPLAY.json                            takes what passes now out of expectations.json
//
// A case is named by its test's file and name, without the folders that all have in common.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    retry: { type: "boolean" },
    update: { type: "boolean" },
    vitest: { type: "string" },
    exit: { type: "string", default: "0" },
  },
});
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
const expectationsFile = new URL("expectations.json", import.meta.url);
const expectations = readJson(expectationsFile);
const { minimumPassed } = expectations;
/** Name to reason. */
const knownFailing = Object.fromEntries(
  Object.entries(expectations.knownFailing).flatMap(([reason, names]) =>
    names.map((name) => [name, reason]),
  ),
);
const nameOf = (id) => id.replace("tests/aws/services/stepfunctions/v2/", "");

const idsByName = new Map();
const outcomes = new Map();
for (const [index, file] of positionals.entries()) {
  for (const { id, outcome } of readJson(file)) {
    // Of the second look only a success matters.
    if (index === 0 || outcome === "passed") outcomes.set(nameOf(id), outcome);
    idsByName.set(nameOf(id), id);
  }
}
const ids = [...outcomes.keys()].toSorted();
const unexpected = ids.filter((id) => outcomes.get(id) === "failed" && !(id in knownFailing));

if (values.retry) {
  for (const name of unexpected) console.log(idsByName.get(name));
} else if (values.update) {
  const failing = Object.entries(expectations.knownFailing).map(([reason, names]) => [
    reason,
    names.filter((name) => outcomes.get(name) === "failed").toSorted(),
  ]);
  const passed = ids.filter((id) => outcomes.get(id) === "passed").length;
  const updated = {
    minimumPassed: Math.max(minimumPassed, passed),
    knownFailing: Object.fromEntries(failing.filter(([, names]) => names.length > 0)),
  };
  writeFileSync(expectationsFile, `${JSON.stringify(updated, undefined, 2)}\n`);
  for (const name of unexpected) console.log(`fails without being listed: ${name}`);
} else {
  const problems = [
    ...unexpected.map((id) => `fails, but is expected to pass: ${id}`),
    ...ids
      .filter((id) => outcomes.get(id) === "passed" && id in knownFailing)
      .map(
        (id) => `passes: take it out of knownFailing in test/conformance/expectations.json: ${id}`,
      ),
    ...Object.keys(knownFailing)
      .filter((id) => !outcomes.has(id))
      .map((id) => `is in knownFailing, but was not replayed: ${id}`),
  ];
  const passed = ids.filter((id) => outcomes.get(id) === "passed").length;
  if (passed < minimumPassed) {
    problems.push(`only ${passed} recordings pass; at least ${minimumPassed} must`);
  }
  const tests = readJson(values.vitest);
  if (tests.numTotalTests === 0) problems.push("no test ran");
  if (tests.numPendingTests > 0) problems.push(`${tests.numPendingTests} tests were skipped`);
  for (const suite of tests.testResults.filter(({ status }) => status === "failed")) {
    const failed = suite.assertionResults.filter(({ status }) => status === "failed");
    // A file that fails as a whole has no failed test to count.
    if (failed.length === 0) problems.push(`test file failed: ${suite.name}\n${suite.message}`);
    for (const { fullName } of failed) console.log(`failed test: ${fullName}`);
  }
  if (values.exit !== "0" && tests.numFailedTests === 0)
    problems.push(`vitest ended with ${values.exit}`);

  for (const problem of problems) console.log(problem);
  console.log(
    `recordings: ${passed} pass, ${Object.keys(knownFailing).length} known to fail; tests: ${tests.numPassedTests} pass`,
  );
  const failures = problems.length + tests.numFailedTests;
  console.log(`${passed + tests.numPassedTests} passed, ${failures} failed`);
  process.exitCode = failures === 0 ? 0 : 1;
}
