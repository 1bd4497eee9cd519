import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bubblewrap } from "../../src/adapters/bubblewrap/bubblewrap.ts";
import { startProgram } from "../../src/adapters/process/start-program.ts";
import type { SandboxedProgram } from "../../src/ports/sandbox.ts";
import { foldersOf, makePlace, wallsOf } from "../../src/runner/folders.ts";
import { asksToRun, hangs, patches, runs, says } from "../fakes/model-server/turns.ts";
import { CODEX_BIN, type CodexAttempt, openAttempt, type Wishes } from "./codex-attempt.ts";
import { DOORKEEPER } from "./walled-machine.ts";
import { processesOf } from "./processes-of.ts";

const SANDBOX = bubblewrap({
  bwrap: process.env["BWRAP"] ?? null,
  start: startProgram,
  shown: [dirname(dirname(CODEX_BIN)), ...DOORKEEPER],
  doorkeeper: DOORKEEPER,
});

/** An attempt inside the outer walls, with folders as the runner makes them, and a secret beside them. */
async function openBehindWalls(
  turns: Parameters<typeof openAttempt>[0],
  wishes: Wishes = {},
): Promise<CodexAttempt & { readonly secret: string }> {
  const root = await mkdtemp(join(homedir(), ".codex-loop-walls-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const secret = join(root, "store.db");
  await writeFile(secret, "secret-of-the-store");
  const { work, agent } = foldersOf(join(root, "attempt"));
  await makePlace(work);
  await mkdir(agent);
  const walls = wallsOf(work, { hidden: [root], network: true });
  const program = SANDBOX.within({ ...walls, writable: [...walls.writable, agent] });
  const attempt = await openAttempt(turns, {
    ...wishes,
    repository: work.tree,
    options: { home: work.home, state: agent, program },
  });
  return Object.assign(attempt, { secret });
}

test("[RUN-4] the real Codex works behind the outer walls, its own sandbox nested inside", async () => {
  await using attempt = await openBehindWalls([
    runs("call_1", "echo from the shell > shell.txt; echo x > /usr/nope; ls /proc | grep -c '^[0-9]'; sleep 0.3"),
    patches("call_2", ["*** Add File: patch.txt", "+from a patch"], { saw: ["Read-only file system"] }),
    says("done"),
  ]);
  expect(await attempt.session.turn("Go.")).toEqual({ kind: "completed", lastMessage: "done" });
  expect(await attempt.file("shell.txt")).toBe("from the shell\n");
  expect(await attempt.file("patch.txt")).toBe("from a patch\n");
});

test("[RUN-4] also a command that was let out of Codex's sandbox sees neither the store, nor the person's home, nor keys", async () => {
  await using attempt = await openBehindWalls([]);
  const command = `cat ${attempt.secret} /root/.bashrc /etc/shadow; ls -a ${homedir()}; cat /proc/*/environ; echo looked`;
  attempt.model.add(asksToRun("call_ask", { command, why: "Let me look." }), says("nothing", { saw: ["looked"] }));
  expect((await attempt.session.turn("Look.")).kind).toBe("completed");
  const seen = attempt.model.requests.at(-1)?.text ?? "";
  expect(attempt.asks).toHaveLength(1);
  expect(seen).not.toContain("secret-of-the-store");
  expect(seen).not.toContain("root:");
  expect(seen).not.toContain(process.env["PWD"] ?? "PWD=");
});

test("[RUN-4] an attempt behind walls that is ended in the middle leaves nothing, not even a daemon", async () => {
  await using attempt = await openBehindWalls([
    asksToRun("call_ask", { command: "setsid nohup sleep 1234 >/dev/null 2>&1 & echo started", why: "A daemon." }),
    hangs(),
  ]);
  const turn = attempt.session.turn("Go.");
  await attempt.model.request(2);
  expect(processesOf(attempt.mark).some((line) => line.includes("sleep 1234"))).toBe(true);
  await attempt.session[Symbol.asyncDispose]();
  expect(processesOf(attempt.mark)).toEqual([]);
  expect((await turn).kind).toBe("failed");
});

test("[RUN-4] where Codex's own sandbox cannot be built the session does not open, and the failure says what to do", async () => {
  const bwrap = process.env["BWRAP"] ?? "";
  const noNesting: SandboxedProgram = (spec) =>
    startProgram({
      ...spec,
      command: [bwrap, "--unshare-user", "--disable-userns", "--dev-bind", "/", "/", ...spec.command],
    });
  await expect(openAttempt([], { options: { program: noNesting } })).rejects.toThrow(
    /SANDBOX_UNAVAILABLE: Codex's own sandbox does not work here: .*Do this: allow unprivileged user namespaces/,
  );
});
