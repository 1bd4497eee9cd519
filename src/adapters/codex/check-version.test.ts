import { expect, test } from "vitest";
import { judgeVersion, PROVEN_VERSION } from "./check-version.ts";

test.each(["codex-cli 0.169.0", "codex-cli 0.169.4\n", "WARNING: x\ncodex-cli 0.169.0"])(
  "[RUN-1] %j is proven",
  (said) => {
    expect(judgeVersion("codex", said).ok).toBe(true);
  },
);

test.each([
  "codex-cli 0.170.0",
  "codex-cli 1.169.0",
  "codex-cli 0.1690.0",
  "codex-cli 0.169.0-alpha.1",
  "codex 0.169.0",
  "",
])("[RUN-1] %j is not", (said) => {
  const judged = judgeVersion("/x/codex", said);
  expect(judged).toMatchObject({ ok: false, failure: { code: "AGENT_WRONG_VERSION" } });
  expect(!judged.ok && judged.failure.detail).toContain(`Do this: npm install -g @openai/codex@${PROVEN_VERSION}`);
});
