/** What setup left in the home of an attempt: its tools may use it, the agent is told nothing by it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeCodexHome } from "../../src/adapters/codex/codex-home.ts";
import { runs, says } from "../fakes/model-server/turns.ts";
import { openAttempt } from "./codex-attempt.ts";

const PLANTED = "planted-words-4471";
const SKILL = `---\nname: planted\ndescription: ${PLANTED}\n---\n${PLANTED}\n`;

test("[RUN-1][RUN-3] instructions, rules, skills and settings in the prepared home do not reach the agent", async () => {
  await using attempt = await openAttempt(
    [runs("call_home", "echo home=$HOME; cat ~/.cache/tool"), says("ok", { saw: ["from setup"] })],
    {
      home: {
        ".codex/AGENTS.md": PLANTED,
        ".codex/AGENTS.override.md": PLANTED,
        ".codex/config.toml": `developer_instructions = "${PLANTED}"\n`,
        ".codex/rules/default.rules": 'prefix_rule(pattern=["cat"], decision="forbidden")\n',
        ".codex/skills/planted/SKILL.md": SKILL,
        ".agents/skills/planted/SKILL.md": SKILL,
        ".agents/AGENTS.md": PLANTED,
        ".cache/tool": "from setup\n",
      },
    },
  );
  expect((await attempt.session.turn("Go.")).kind).toBe("completed");
  const told = attempt.model.requests.map(({ text }) => text);
  expect(told.filter((text) => text.includes(PLANTED))).toEqual([]);
  expect(told.at(-1)).toContain(`home=${join(attempt.folder, "home")}`);
});

function emptyRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "codex-home-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const name of ["state", "person", "home"]) mkdirSync(join(root, name));
  return root;
}

function makeIn(root: string, state: string): ReturnType<typeof makeCodexHome> {
  const options = { home: join(root, "home"), state: join(root, state), cwd: root, modelIdleMs: 1 };
  return makeCodexHome(options, { url: "http://127.0.0.1:1/v1", features: [], attempt: "a" });
}

test("[RUN-1][RUN-3] nothing is written through a link, nor taken over from who was there first", async () => {
  const root = emptyRoot();
  expect(await makeIn(root, "state")).toMatchObject({ ok: true });
  expect(await makeIn(root, "state")).toMatchObject({ ok: false, failure: { code: "WORKSPACE_NOT_READY" } });
  symlinkSync(join(root, "person"), join(root, "link"));
  expect(await makeIn(root, "link")).toMatchObject({ ok: false, failure: { code: "WORKSPACE_NOT_READY" } });
  mkdirSync(join(root, "other"));
  symlinkSync(join(root, "person"), join(root, "other/codex"));
  expect(await makeIn(root, "other")).toMatchObject({ ok: false, failure: { code: "WORKSPACE_NOT_READY" } });
  expect(readdirSync(join(root, "person"))).toEqual([]);
});
