import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { callCli, spawnCli } from "../fakes/run-cli.ts";

interface Check {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
  readonly fix: string | null;
}

/** What doctor says with a Codex that answers `says`, a login, and variables. */
async function doctor(
  says: string,
  login: object | null,
  env: Record<string, string> = {},
): Promise<Map<string, Check>> {
  const folder = await mkdtemp(join(tmpdir(), "doctor-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const binary = join(folder, "codex");
  await writeFile(binary, `#!/bin/sh\n${says}\n`);
  await chmod(binary, 0o755);
  await mkdir(join(folder, "home"));
  if (login !== null) await writeFile(join(folder, "home/auth.json"), JSON.stringify(login));
  const around = {
    home: folder,
    cwd: folder,
    env: { CODEX_LOOP_CODEX_BIN: binary, CODEX_HOME: join(folder, "home"), ...env },
  };
  const { stdout } = await callCli(["doctor", "--json"], around);
  const checks = JSON.parse(stdout) as readonly Check[];
  return new Map(checks.map((check) => [check.check, check]));
}

const CHATGPT = { OPENAI_API_KEY: null, tokens: { access_token: "secret-access", refresh_token: "secret-refresh" } };

test("[RUN-1] doctor names the version of Codex, and the way to the proven one", async () => {
  expect((await doctor("echo codex-cli 0.169.0", null)).get("codex")).toMatchObject({
    ok: true,
    found: expect.stringMatching(/, 0\.169\.0$/),
  });
  expect((await doctor("echo codex-cli 0.150.0", null)).get("codex")).toMatchObject({
    ok: false,
    found: expect.stringContaining("is Codex 0.150.0, and only 0.169 is proven to work"),
    fix: expect.stringContaining("npm install -g @openai/codex@0.169.0"),
  });
  expect((await doctor("echo hello", null)).get("codex")).toMatchObject({
    ok: false,
    found: expect.stringContaining("is not the Codex CLI"),
  });
});

test("[RUN-1] a codex.bin that is missing, not executable or silent is told as what it is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "doctor-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const plain = join(folder, "plain");
  await writeFile(plain, "#!/bin/sh\n");
  const about = async (binary: string) => (await doctor("true", null, { CODEX_LOOP_CODEX_BIN: binary })).get("codex");
  expect(await about(join(folder, "none"))).toMatchObject({
    found: `codex.bin names ${join(folder, "none")}, and no program is there`,
    fix: expect.stringMatching(/^Do this: set codex\.bin \(CODEX_LOOP_CODEX_BIN\)/),
  });
  expect(await about(folder)).toMatchObject({ found: expect.stringContaining("no program is there") });
  const barred = { found: `${plain} may not be executed`, fix: `Do this: chmod +x ${plain}, or set codex.bin.` };
  expect(await about(plain)).toMatchObject(barred);
  expect((await doctor("sleep 60", null)).get("codex")).toMatchObject({
    ok: false,
    found: expect.stringMatching(/codex did not say its version within 8 s$/),
    fix: expect.stringMatching(/^Do this: set codex\.bin/),
  });
  expect(await about("no-such-codex")).toMatchObject({ found: "no-such-codex is not on PATH" });
});

test("[RUN-1] doctor says that a ChatGPT login cannot go through the gateway, and names the keys to set", async () => {
  const checks = await doctor("echo codex-cli 0.169.0", CHATGPT);
  expect(checks.get("model key")).toMatchObject({
    ok: false,
    found: expect.stringContaining("the ChatGPT login in"),
    fix: expect.stringMatching(/CODEX_LOOP_UPSTREAM_KEY or OPENAI_API_KEY/),
  });
  expect(JSON.stringify([...checks])).not.toContain("secret-");
});

test("[RUN-1] doctor finds a key that is set, and does not read the one of the person's Codex", async () => {
  const set = await doctor("echo codex-cli 0.169.0", CHATGPT, { CODEX_LOOP_UPSTREAM_KEY: "sk-not-shown" });
  expect(set.get("model key")).toMatchObject({ ok: true, fix: null });
  expect(JSON.stringify([...set])).not.toContain("sk-not-shown");
  const own = await doctor("echo codex-cli 0.169.0", { OPENAI_API_KEY: "sk-own" });
  expect(own.get("model key")).toMatchObject({
    ok: false,
    found: expect.stringContaining("is Codex's own and is not read"),
  });
});

test("[RUN-4] doctor says what is wrong where no wall can be built", async () => {
  const home = await mkdtemp(join(tmpdir(), "doctor-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const { stdout } = await spawnCli(["doctor", "--json"], { home, env: { PATH: "/nonexistent" } });
  const sandbox = (JSON.parse(stdout) as readonly Check[]).find(({ check }) => check === "sandbox");
  expect(sandbox).toMatchObject({ ok: false, fix: expect.stringMatching(/^Do this: .*bubblewrap/) });
});
