#!/usr/bin/env node
// Plain JavaScript on purpose: this file must load on any Node so that it can say what to do on an old one.
// A checkout runs src/ with the project's own Node (a devDependency) where the machine's is older; the package runs dist/.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const FLOOR = [24, 21, 0];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "src", "main.ts");
const built = join(root, "dist", "main.js");
const entry = existsSync(source) ? source : built;
const ownNode = join(root, "node_modules", "node", "bin", "node");

function isOldNode(version) {
  const parts = version.split(".").map(Number);
  for (const [index, floor] of FLOOR.entries()) {
    if (parts[index] !== floor) return parts[index] < floor;
  }
  return false;
}

function handOver() {
  const child = spawn(ownNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  // A terminal sends Ctrl-C to the whole group, a script to this process alone; the child takes both for one.
  process.on("SIGINT", () => child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

function refuse() {
  const lines = [
    `codex-loop needs Node ${FLOOR.join(".")} or newer; this is ${process.versions.node}.`,
    "Older versions carry an SQLite that can corrupt a store shared by several processes.",
    "Do this: install Node 24 (for example `npx -p node@24 codex-loop …`), or run it from a checkout after `npm ci`.",
  ];
  if (process.argv.includes("--json")) {
    const error = { code: "node_too_old", message: lines[0], hint: lines[2], retry: "never" };
    process.stdout.write(`${JSON.stringify({ error })}\n`);
  } else {
    process.stderr.write(`${lines.join("\n")}\n`);
  }
  process.exitCode = 1;
}

// Start-up is a promise (tools/bench/start-up.ts): code is stripped and compiled once and then taken from a folder, and a
// relative import of a module is taken at its word instead of being looked for. Without either everything works, later.
function startFast() {
  module.enableCompileCache(join(root, "node_modules", ".cache", "codex-loop"));
  module.registerHooks({
    resolve(specifier, context, next) {
      const isPlain = /^\.\.?\/.*\.[jt]s$/.test(specifier) && context.conditions.includes("import");
      if (!isPlain || context.parentURL === undefined) return next(specifier, context);
      return { url: new URL(specifier, context.parentURL).href, shortCircuit: true };
    },
  });
}

// Reading recordings makes much garbage that lives for a moment. A small nursery keeps it in the processor's cache, and an
// old generation that grows in small steps keeps the process below 200 MB (tools/bench/ingest.ts). Node takes both only at
// its start, so the process starts itself anew, in place.
const LONG_WORK = ["up", "ingest", "daily", "signals"];
const MEMORY = ["--max-semi-space-size=8", "--heap-growing-percent=10"];

function restartForLongWork() {
  const wanted = process.argv.slice(2).some((word) => LONG_WORK.includes(word));
  if (!wanted || process.platform === "win32" || process.execArgv.includes(MEMORY[0])) return;
  const words = [process.execPath, ...process.execArgv, ...MEMORY, ...process.argv.slice(1)];
  process.execve?.(process.execPath, words, process.env);
}

if (!isOldNode(process.versions.node)) {
  restartForLongWork();
  startFast();
  await import(pathToFileURL(entry).href);
} else if (existsSync(ownNode)) {
  handOver();
} else {
  refuse();
}
