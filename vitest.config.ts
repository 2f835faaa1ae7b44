import { defineConfig } from "vitest/config";

/** Unit tests with processes or threads of their own: too slow for every `npm run check`. */
const PROCESS_TESTS = [
  "src/buckets/s3-buckets.test.ts",
  "src/evaluator/attacks.test.ts",
  "src/evaluator/evaluator.test.ts",
  "src/items/parquet/parquet.test.ts",
  "src/items/s3-datasets.test.ts",
  "src/results/s3-results.test.ts",
  "src/store/sqlite/crash.test.ts",
  "src/store/sqlite/open-sqlite-store.test.ts",
  "src/tasks/function-processes.test.ts",
  "src/tasks/local-lambda.test.ts",
];

// `npm run check` runs the unit project (beside the code, seconds); `npm test` runs all.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "console/src/**/*.test.ts",
            "test/*.test.ts",
            "test/properties/*.test.ts",
          ],
          exclude: PROCESS_TESTS,
          testTimeout: 15_000,
          // The default leaves one core idle, which is half of a small machine.
          maxWorkers: "100%",
        },
      },
      {
        test: {
          name: "processes",
          include: PROCESS_TESTS,
          testTimeout: 60_000,
          maxWorkers: "100%",
        },
      },
      {
        test: {
          name: "e2e",
          // The AWS SDK's word about the age of Node.
          env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // After the unit tests: these measure time.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
