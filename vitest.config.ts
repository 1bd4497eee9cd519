import { defineConfig } from "vitest/config";

/**
 * `unit` shares one module graph per worker (no module of ours keeps mutable state, so isolation buys nothing
 * and costs a factor of ten). `world` is for tests that start servers, children or browsers: isolated, one at a time.
 */
const config: ReturnType<typeof defineConfig> = defineConfig({
  test: {
    reporters: ["default", "./test/reporter.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "web/src/**/*.test.ts",
            "tools/**/*.test.ts",
            "test/*.test.ts",
            "test/contracts/**/*.test.ts",
          ],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "world",
          include: ["test/scenarios/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The real Codex CLI, which its lane installs, against a scripted model.
        test: {
          name: "codex",
          include: ["test/codex/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/build-page.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
export default config;
