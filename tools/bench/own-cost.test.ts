import { expect, test } from "vitest";
import { childCost } from "./child-cost.ts";
import { ownCost } from "./own-cost.ts";

const BUSY_SECONDS = 0.05;

function work(): string {
  const start = process.cpuUsage().user;
  while (process.cpuUsage().user - start < BUSY_SECONDS * 1_000_000);
  return "done";
}

test("[SPD-1] work costs this process what it worked, and nothing before or after", async () => {
  work();
  const busy = await ownCost(work);
  const idle = await ownCost(() => null);
  expect(busy.value).toBe("done");
  expect(busy.cpuSeconds).toBeGreaterThanOrEqual(BUSY_SECONDS);
  expect(idle.cpuSeconds).toBeLessThan(BUSY_SECONDS);
});

const HOLDING = `
  const { peakMegabytes } = await import(process.argv[1]);
  const before = peakMegabytes();
  let held = Buffer.alloc(100 * 1024 * 1024, 1);
  const during = peakMegabytes();
  held = null;
  gc();
  console.log(JSON.stringify([before, during, peakMegabytes()]));`;

test("[SPD-1] the most memory a program ever held grows with what it holds, and stays when that is let go", async () => {
  const words = [process.execPath, "--expose-gc", "--input-type=module", "-e", HOLDING];
  const module = new URL("own-cost.ts", import.meta.url).href;
  const { stdout } = await childCost([...words, module], { env: { PATH: process.env["PATH"] } });
  const [before = 0, during = 0, after = 0] = JSON.parse(stdout) as readonly number[];
  expect(before).toBeGreaterThan(10);
  expect(during - before).toBeGreaterThan(90);
  expect(after).toBeGreaterThanOrEqual(during);
});
