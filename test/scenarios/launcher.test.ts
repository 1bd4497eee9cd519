/**
 * `bin/codex-loop.js` on machines it was not made for. An older Node is feigned by replacing `process.versions` before
 * the file loads, so that these tests say the same on every machine.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const launcher = join(import.meta.dirname, "../../bin/codex-loop.js");
const FEIGN = `data:text/javascript,${encodeURIComponent(
  `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.1" } });`,
)}`;

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "launcher-"));
  mkdirSync(join(home, "bin"));
  cpSync(launcher, join(home, "bin/codex-loop.js"));
  writeFileSync(join(home, "package.json"), `{ "type": "module" }`);
});
afterEach(() => rmSync(home, { recursive: true }));

function place(path: string, text: string): void {
  mkdirSync(join(home, path, ".."), { recursive: true });
  writeFileSync(join(home, path), text);
}

function placeOwnNode(): void {
  mkdirSync(join(home, "node_modules/node/bin"), { recursive: true });
  symlinkSync(process.execPath, join(home, "node_modules/node/bin/node"));
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

function run(nodeArguments: readonly string[], words: readonly string[]): Ended {
  const child = spawnSync(process.execPath, [...nodeArguments, join(home, "bin/codex-loop.js"), ...words], {
    encoding: "utf8",
  });
  return { code: child.status, signal: child.signal, out: child.stdout, err: child.stderr };
}

test("[HSE-1] an older Node gets three lines: what, why, do this", () => {
  const { code, out, err } = run(["--import", FEIGN], ["report"]);
  const lines = err.trimEnd().split("\n");
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^codex-loop needs Node 24\.21\.0 or newer; this is 20\.11\.1\.$/);
  expect(lines[2]).toMatch(/^Do this: /);
});

test("[HSE-1] with --json the same is one JSON error on stdout", () => {
  const { code, out, err } = run(["--import", FEIGN], ["report", "--json"]);
  expect(code).toBe(1);
  expect(err).toBe("");
  expect(JSON.parse(out)).toEqual({
    error: {
      code: "node_too_old",
      message: expect.stringContaining("20.11.1"),
      hint: expect.any(String),
      retry: "never",
    },
  });
});

test("[HSE-1] a checkout on an older Node hands over to the project's own, with arguments and exit code", () => {
  place(
    "src/main.ts",
    `console.log(process.versions.node !== "20.11.1", process.argv.slice(2).join("|")); process.exitCode = 7;`,
  );
  placeOwnNode();
  expect(run(["--import", FEIGN], ["usage", "a b"])).toMatchObject({ code: 7, out: "true usage|a b\n" });
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "[HSE-1] what the handed-over process died of, %s, is what the caller sees",
  (signal) => {
    place("src/main.ts", `process.kill(process.pid, "${signal}"); setInterval(() => {}, 1000);`);
    placeOwnNode();
    expect(run(["--import", FEIGN], [])).toMatchObject({ code: null, signal });
  },
);

test("[JOB-2] Ctrl-C that a script sends to the launcher alone reaches the handed-over process", async () => {
  place("src/main.ts", `process.on("SIGINT", () => process.exit(9)); setInterval(() => {}, 1000); console.log("up");`);
  placeOwnNode();
  const child = spawn(process.execPath, ["--import", FEIGN, join(home, "bin/codex-loop.js")]);
  await once(child.stdout, "data");
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([9, null]);
});

test("[HSE-1] a checkout runs src/, even beside an old build; the package runs dist/", () => {
  place("dist/main.js", `console.log("dist");`);
  expect(run([], []).out).toBe("dist\n");
  place("src/main.ts", `const word: string = "src"; console.log(word);`);
  expect(run([], []).out).toBe("src\n");
});
