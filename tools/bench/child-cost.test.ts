import { expect, test } from "vitest";
import { childCost } from "./child-cost.ts";

const env = { PATH: process.env["PATH"] };
const BUSY_SECONDS = 0.2;
/** Work until the kernel has counted so much of it, whoever else uses the machine. */
const CALCULATING = `while (process.cpuUsage().user < ${BUSY_SECONDS * 1_000_000}) for (let n = 0; n < 10_000; n += 1) Math.hypot(n, n);`;
const ASKING_THE_KERNEL = `
  const { openSync, readSync } = require("node:fs");
  const [zeros, buffer] = [openSync("/dev/zero"), Buffer.alloc(1_000_000)];
  while (process.cpuUsage().system < ${BUSY_SECONDS * 1_000_000}) readSync(zeros, buffer);`;
const node = (program: string): readonly string[] => [process.execPath, "-e", program];

test("[SPD-1] a child costs what it worked, in its own code and in the kernel, and an idle one less", async () => {
  const calculating = await childCost(node(CALCULATING), { env });
  const asking = await childCost(node(ASKING_THE_KERNEL), { env });
  const idle = await childCost(node("0"), { env });
  expect(calculating.cpuSeconds).toBeGreaterThanOrEqual(BUSY_SECONDS);
  expect(asking.cpuSeconds).toBeGreaterThanOrEqual(BUSY_SECONDS);
  expect(idle.cpuSeconds).toBeGreaterThan(0);
  expect(idle.cpuSeconds).toBeLessThan(BUSY_SECONDS);
});

test("[SPD-1] what a child's own children work is counted", async () => {
  const parent = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(CALCULATING)}])`;
  const { cpuSeconds } = await childCost(node(parent), { env });
  expect(cpuSeconds).toBeGreaterThanOrEqual(BUSY_SECONDS);
});

test("[SPD-1] a child's answer is its stdout alone, and it sees the variables it was given", async () => {
  const program = `console.error("aside"); console.log(process.env.WORD, process.argv[1])`;
  const run = await childCost([...node(program), "two words; $(date)"], { env: { ...env, WORD: "told" } });
  expect(run.stdout).toBe("told two words; $(date)\n");
});

test("[SPD-1] a child that fails gives no figure but its last words", async () => {
  const failing = childCost(node(`console.error("no such thing"); process.exit(3)`), { env });
  await expect(failing).rejects.toThrow(/ended with 3: no such thing/u);
});
