/** What an attempt runs reaches nothing of this machine's network; each probe is made outside too, where it succeeds. */
import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { bubblewrap } from "../../src/adapters/bubblewrap/bubblewrap.ts";
import { listenGateway } from "../../src/adapters/gateway/listen.ts";
import { startProgram } from "../../src/adapters/process/start-program.ts";
import { foldersOf, makePlace, wallsOf } from "../../src/runner/folders.ts";
import { openModelServer } from "../fakes/model-server/model-server.ts";
import { asksToRun, runs, says } from "../fakes/model-server/turns.ts";
import { recordedMeter, TOKEN } from "../fakes/recorded-meter.ts";
import { CODEX_BIN, openAttempt } from "./codex-attempt.ts";
import { ideaBench } from "./idea-bench.ts";
import { DOORKEEPER, inside, outside, runLine, walledMachine } from "./walled-machine.ts";

/** A server of this machine that says a word to whoever connects, and remembers how many did. */
interface Listener {
  readonly port: number;
  readonly abstract: string;
  readonly callers: () => number;
}

const WORD = "reached-the-machine";

async function listener(): Promise<Listener> {
  let callers = 0;
  const greet = (): Server =>
    createServer((socket) => {
      callers += 1;
      socket.on("error", () => {});
      socket.end(`HTTP/1.0 200 OK\r\n\r\n${WORD}\n`);
    });
  const abstract = `codex-loop-test-${process.pid}-${Math.trunc(performance.now())}`;
  const servers = [greet().listen(0, "127.0.0.1"), greet().listen(`\0${abstract}`)] as const;
  await Promise.all(servers.map((server) => once(server, "listening")));
  onTestFinished(() => servers.forEach((server) => void server.close()));
  return { port: (servers[0].address() as AddressInfo).port, abstract, callers: () => callers };
}

/** Knocks at the port and at the abstract socket; prints what it hears, and at the end that it looked. */
function knocks({ port, abstract }: Pick<Listener, "port" | "abstract">): string {
  const script = [
    'const net = require("node:net");',
    `for (const at of [{ host: "127.0.0.1", port: ${port} }, { path: "\\0${abstract}" }])`,
    '  net.connect(at).on("data", (data) => console.log(String(data))).on("error", (error) => console.log(error.code));',
    'process.on("exit", () => console.log("knocked"));',
  ];
  return `${DOORKEEPER[0]} -e '${script.join("\n")}'`;
}

test("[RUN-4] neither the agent's commands nor those let out of Codex's sandbox reach a server of this machine; the gateway they do", async () => {
  const root = mkdtempSync(join(homedir(), ".codex-loop-way-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const there = await listener();
  const line = knocks(there);
  // Not synchronously: it is this process that answers.
  const { stdout } = await promisify(execFile)("/bin/sh", ["-c", line]);
  expect(stdout.split(WORD)).toHaveLength(3);
  const before = there.callers();
  await using provider = await openModelServer([
    runs("call_1", line),
    asksToRun("call_2", { command: line, why: "Let me look." }),
    says("done"),
  ]);
  const upstream = { url: new URL(provider.url), headers: [], key: () => "sk-real" };
  const options = { meter: recordedMeter(), upstream, idleMs: 20_000, trouble: () => {} };
  const opened = await listenGateway(options, { folder: join(root, "run") });
  if (!opened.ok) throw new Error(opened.failure.message);
  await using gateway = opened.value;
  const { work, agent } = foldersOf(join(root, "attempt"));
  await makePlace(work);
  mkdirSync(agent);
  const shown = [dirname(dirname(CODEX_BIN)), dirname(DOORKEEPER[0]), DOORKEEPER[1]];
  const walls = bubblewrap({ bwrap: process.env["BWRAP"] ?? null, start: startProgram, shown, doorkeeper: DOORKEEPER });
  const door = { port: gateway.port, socket: gateway.socket };
  const around = wallsOf(work, { hidden: [root], network: false, door });
  const program = walls.within({ ...around, writable: [...around.writable, agent] });
  await using attempt = await openAttempt([], {
    repository: work.tree,
    options: { home: work.home, state: agent, program, gateway: { url: gateway.url, token: TOKEN } },
  });
  expect(await attempt.session.turn("Go.")).toEqual({ kind: "completed", lastMessage: "done" });
  const [shell, granted] = ["call_1", "call_2"].map((id) => outputOf(provider.requests.at(-1)?.text ?? "", id));
  expect([shell, granted].map((said) => said?.includes("knocked"))).toEqual([true, true]);
  expect(attempt.asks).toHaveLength(1);
  expect(there.callers()).toBe(before);
});

/** What the model was told that a call said. */
function outputOf(request: string, callId: string): string | undefined {
  const { input } = JSON.parse(request) as { readonly input: readonly Record<string, unknown>[] };
  const item = input.find((entry) => entry["call_id"] === callId && entry["type"] === "function_call_output");
  return item === undefined ? undefined : JSON.stringify(item["output"]);
}

test("[RUN-4] a door lets through to its socket alone, in both directions, whole, and what is slow is not sent to", async () => {
  await using machine = await walledMachine();
  const socket = join(machine.person, "door.sock");
  const echo = createServer({ allowHalfOpen: true }, (client) => client.pipe(client)).listen(socket);
  await once(echo, "listening");
  onTestFinished(() => void echo.close());
  const there = await listener();
  const walls = { ...machine.walls, network: false, door: { port: 4141, socket } };
  const script = [
    'const net = require("node:net"); const crypto = require("node:crypto");',
    "const sent = crypto.randomBytes(5_000_000); const parts = [];",
    'const way = net.connect({ host: "127.0.0.1", port: 4141, allowHalfOpen: true });',
    'way.on("data", (part) => { parts.push(part); way.pause(); setImmediate(() => way.resume()); });',
    'way.on("end", () => console.log("same", Buffer.concat(parts).equals(sent))).end(sent);',
  ].join("\n");
  const program = inside(walls);
  const whole = await runLine(program, machine, [DOORKEEPER[0], "-e", script]);
  expect(whole.out, whole.err).toBe("same true\n");
  const knocked = await runLine(program, machine, knocks(there));
  expect(knocked.out).toContain("knocked");
  expect(there.callers()).toBe(0);
  await runLine(outside, machine, knocks(there));
  expect(there.callers()).toBe(2);
});

test("[RUN-4] a program behind a door ends with its own exit code, and takes the door along", async () => {
  await using machine = await walledMachine();
  const walls = { ...machine.walls, network: false, door: { port: 4141, socket: machine.socket } };
  expect(await runLine(inside(walls), machine, "echo said; exit 7")).toMatchObject({
    out: "said\n",
    exit: { code: 7 },
    hunted: 0,
  });
  expect((await runLine(inside(walls), machine, "kill -9 $$")).exit).toEqual({ code: 137, signal: null });
});

test("[RUN-4] what an attempt may fill of this machine's memory has an end", async () => {
  await using machine = await walledMachine();
  const line = "df -B1 --output=size,target /tmp /var/tmp /dev/shm | tail -n +2; touch /dev/mine; echo x > /dev/null";
  const { out, err } = await runLine(inside(machine.walls), machine, line);
  expect(out.trim().split(/\s+/)).toEqual(["2147483648", "/tmp", "536870912", "/var/tmp", "536870912", "/dev/shm"]);
  expect(err).toMatch(/\/dev\/mine.*Read-only/);
});

const PROFILE = (setup: string): string => `setup: ${JSON.stringify(setup)}
acceptance:
  - name: tests
    run: [node, --test]
    timeout: 60
`;

test("[RUN-4] a script that the agent plants for setup reaches no server of this machine, and the failure says what to do", async () => {
  const there = await listener();
  const setup = `${DOORKEEPER[0]} -p 'require("./package.json").scripts?.postinstall ?? ":"' | sh`;
  const planted = `${knocks(there)} | grep ${WORD} || exit 9`;
  const plant = { scripts: { postinstall: planted } };
  const turn = runs(
    "plant",
    `sed -i 's/a - b/a + b/' sum.mjs; cat > package.json <<'END'\n${JSON.stringify(plant)}\nEND`,
  );
  await using bench = await ideaBench({
    turns: [turn, says("Done.")],
    profile: PROFILE(setup),
    files: { "package.json": "{}", "package-lock.json": "{}" },
  });
  const { idea } = await bench.add();
  expect(idea.attempts[0]).toMatchObject({ failure_code: "SETUP_FAILED" });
  expect(there.callers()).toBe(0);
});

test("[RUN-4] setup of the base has the network", async () => {
  const there = await listener();
  await using bench = await ideaBench({
    turns: [runs("mend", "sed -i 's/a - b/a + b/' sum.mjs"), says("Done.")],
    profile: PROFILE(knocks(there)),
  });
  const { idea } = await bench.add();
  expect(idea.state).toBe("completed");
  expect(there.callers()).toBeGreaterThan(0);
});

test("[RUN-4] the person's checkout is there neither for setup, nor for the agent, nor for acceptance", async () => {
  const files = { "package.json": "{}", "package-lock.json": "{}", ".gitignore": ".env" };
  await using bench = await ideaBench({ files, profile: null });
  const secret = "canary-of-the-checkout";
  writeFileSync(join(bench.repository, ".env"), secret);
  const line = `if cat ${bench.repository}/.env ${bench.repository}/sum.mjs 2>/dev/null; then exit 9; fi`;
  expect(() => execFileSync("/bin/sh", ["-c", line])).toThrow("9");
  bench.commit({ ".codex-loop/profile.yaml": PROFILE(line).replace("[node, --test]", JSON.stringify(line)) });
  bench.model.add(runs("look", `${line}; echo looked`), runs("mend", "sed -i 's/a - b/a + b/' sum.mjs"), says("Done."));
  const { idea } = await bench.add();
  expect(idea.state).toBe("completed");
  const said = bench.model.requests.map(({ text }) => text);
  expect(said.filter((text) => text.includes("looked"))).not.toEqual([]);
  expect(said.filter((text) => text.includes(secret))).toEqual([]);
});
