/** What an attempt cannot do from inside its walls. Each probe is made outside too, where it has to succeed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { bubblewrap } from "../../src/adapters/bubblewrap/bubblewrap.ts";
import { startProgram } from "../../src/adapters/process/start-program.ts";
import { CODEX_BIN } from "./codex-attempt.ts";
import { BWRAP, inside, outside, runLine, walledMachine, type WalledMachine } from "./walled-machine.ts";

test.each([
  ["the store", (at: WalledMachine) => `cat ${at.store}`],
  ["the Codex login", (at: WalledMachine) => `cat ${at.person}/.codex/auth.json`],
  ["a person's key", (at: WalledMachine) => `cat ${at.person}/.ssh/key`],
  ["a sibling's attempt", (at: WalledMachine) => `cat ${at.sibling}`],
  ["the store by a link", () => `ln -s "$STORE" link; cat link; rm -f link`],
  ["the store through the root of any process", () => `for root in /proc/[0-9]*/root; do cat "$root$STORE"; done`],
  ["a key behind an unmounted wall", () => `umount -l "$PERSON"; cat "$PERSON/.ssh/key"`],
  ["a key from a namespace of its own", () => `unshare -Urm sh -c 'umount -l "$PERSON"; cat "$PERSON/.ssh/key"'`],
])("[RUN-4] %s cannot be read", async (_, lineOf) => {
  await using machine = await walledMachine();
  const walled = await runLine(inside(machine.walls), machine, `echo began; ${lineOf(machine)}`);
  expect(walled.out).toMatch(/^began\n/);
  expect(walled.out).not.toContain("PRIVATE");
  const free = await runLine(outside, machine, lineOf(machine));
  expect(free.out).toContain("PRIVATE");
});

test("[RUN-4] the home of the account that runs it is empty", async () => {
  await using machine = await walledMachine();
  const line = `ls -A ${userInfo().homedir}`;
  expect((await runLine(outside, machine, line)).out).not.toBe("");
  expect(await runLine(inside(machine.walls), machine, line)).toMatchObject({ out: "", exit: { code: 0 } });
});

test("[RUN-4] a service's socket is not there", async () => {
  await using machine = await walledMachine();
  const line = `test -S ${machine.socket} && echo seen`;
  expect((await runLine(outside, machine, line)).out).toBe("seen\n");
  expect((await runLine(inside(machine.walls), machine, line)).out).toBe("");
  const hidden = { ...machine.walls, hidden: [machine.socket, machine.store] };
  expect((await runLine(inside(hidden), machine, line)).out).toBe("");
});

test("[RUN-4] the environment of other processes, the parent's among them, cannot be read", async () => {
  await using machine = await walledMachine();
  const other = spawn("sleep", ["300"], { env: { ...process.env, ELSEWHERE_SECRET: "PRIVATE" } });
  await once(other, "spawn");
  const all = `cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -c ELSEWHERE_SECRET=PRIVATE`;
  const parents = `tr '\\0' '\\n' < /proc/$PPID/environ | grep -c ^BWRAP=`;
  try {
    expect((await runLine(outside, machine, all)).out).toBe("1\n");
    expect((await runLine(inside(machine.walls), machine, all)).out).toBe("0\n");
    expect((await runLine(outside, machine, parents)).out).toBe("1\n");
    expect((await runLine(inside(machine.walls), machine, parents)).out).toBe("0\n");
  } finally {
    other.kill("SIGKILL");
  }
});

test("[RUN-4] the environment inside is the one that was given, and where it stands", async () => {
  await using machine = await walledMachine();
  const { out } = await runLine(inside(machine.walls), machine, "env");
  const given = Object.entries({ ...machine.env, PWD: machine.tree }).map(([name, value]) => `${name}=${value}`);
  expect(out.trim().split("\n").toSorted()).toEqual(given.toSorted());
});

test("[RUN-4] nothing outside of its folders can be written", async () => {
  await using machine = await walledMachine();
  const files = [machine.elsewhere, machine.person, dirname(machine.store), dirname(machine.tree)].map((at) =>
    join(at, "new"),
  );
  const line = files.map((file) => `echo x > ${file}`).join("; ");
  await runLine(inside(machine.walls), machine, `${line}; echo x > new; echo x > "$HOME/new"`);
  expect(files.filter((file) => existsSync(file))).toEqual([]);
  expect([machine.tree, machine.home].filter((at) => existsSync(join(at, "new")))).toEqual([
    machine.tree,
    machine.home,
  ]);
  await runLine(outside, machine, line);
  expect(files.filter((file) => existsSync(file))).toEqual(files);
});

test("[RUN-4] what is shown inside of a writable folder cannot be written", async () => {
  await using machine = await walledMachine();
  writeFileSync(join(machine.tree, "config"), "ours\n");
  const walls = { ...machine.walls, shown: [join(machine.tree, "config")] };
  const line = "echo theirs > config; rm -f config; mv config other";
  await runLine(inside(walls), machine, line);
  expect(readFileSync(join(machine.tree, "config"), "utf8")).toBe("ours\n");
  await runLine(outside, machine, line);
  expect(existsSync(join(machine.tree, "config"))).toBe(false);
});

test("[RUN-4] a folder that an attempt has turned into a link is not let through", async () => {
  await using machine = await walledMachine();
  rmSync(machine.home, { recursive: true });
  symlinkSync(machine.person, machine.home);
  const started = await inside(machine.walls)({ command: ["/bin/true"], cwd: machine.tree, env: {} });
  expect(started).toMatchObject({
    ok: false,
    failure: { code: "gate_says_no", cause: expect.stringContaining("link") },
  });
});

test("[RUN-4] without network no server of this machine can be reached", async () => {
  await using machine = await walledMachine();
  const server = createServer((socket) => void socket.end("hello"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const line = `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; cat <&3'`;
  try {
    expect((await runLine(inside(machine.walls), machine, line)).out).toBe("hello");
    expect((await runLine(inside({ ...machine.walls, network: false }), machine, line)).out).toBe("");
  } finally {
    server.close();
  }
});

/** A sleep that no other run of this file takes for its own. */
const seconds = (which: number): string => `${process.pid}000${which}`;

/** Starts what leaves its group, its session, its parents and its environment behind, and tells when it runs. */
const daemon = (word: string): string =>
  `rm -f up; (setsid env -i /bin/sh -c 'echo > up; exec sleep ${word}' </dev/null >/dev/null 2>&1 &)
  until [ -e up ]; do :; done; echo started`;

test("[RUN-5] a daemon ends with its walls and does not even have to be hunted down", async () => {
  await using machine = await walledMachine();
  expect(await runLine(inside(machine.walls), machine, daemon(seconds(1)))).toMatchObject({
    out: "started\n",
    hunted: 0,
  });
  expect(runningWith(seconds(1))).toEqual([]);
  await runLine(outside, machine, daemon(seconds(2)));
  const survivors = runningWith(seconds(2));
  for (const pid of survivors) process.kill(Number(pid), "SIGKILL");
  expect(survivors).toHaveLength(1);
});

test("[RUN-5] what runs in the walls when they are taken down is gone at once", async () => {
  await using machine = await walledMachine();
  const line = `trap '' TERM INT HUP; ${daemon(seconds(3))}; sleep ${seconds(3)}; sleep ${seconds(3)}`;
  const started = await inside(machine.walls)({
    command: ["/bin/sh", "-c", line],
    cwd: machine.tree,
    env: machine.env,
  });
  if (!started.ok) throw new Error(started.failure.message);
  await once(started.value.stdout, "data");
  const begun = performance.now();
  expect(await started.value.kill()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(runningWith(seconds(3))).toEqual([]);
});

test("[RUN-4] Codex's own sandbox can be built inside, and still forbids what it forbids", async () => {
  await using machine = await walledMachine();
  const line = "echo nested; echo x > new";
  const command = [CODEX_BIN, "sandbox", "-c", 'sandbox_mode="read-only"', "--", "sh", "-c", line] as const;
  const { out, err } = await runLine(inside(machine.walls, [dirname(dirname(CODEX_BIN))]), machine, command);
  expect(out, err).toBe("nested\n");
  expect(existsSync(join(machine.tree, "new"))).toBe(false);
});

test("[RUN-4] a wall that can be built passes the preflight; one that cannot stops every run", async () => {
  const works = bubblewrap({ bwrap: BWRAP, start: startProgram, shown: [], doorkeeper: [] });
  expect(await works.preflight()).toEqual({ ok: true, value: undefined });
  const broken = bubblewrap({ bwrap: "/bin/false", start: startProgram, shown: [], doorkeeper: [] });
  expect(await broken.preflight()).toMatchObject({ ok: false, failure: { code: "gate_says_no" } });
});

/** Pids of living processes with this word among their arguments. */
function runningWith(word: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => argumentsOf(pid).includes(word));
}

/** None for a process that has ended, also one whose parent has not asked yet. */
function argumentsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}
