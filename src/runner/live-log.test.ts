import { expect, test } from "vitest";
import { fixedClock } from "../kit/clock.ts";
import { fail, ok } from "../kit/result.ts";
import type { Host, RunLine } from "../ports/host.ts";
import { LiveLog } from "./live-log.ts";

/** A host whose answer to `tell` waits until it is let go. */
class SlowHost {
  readonly lines: RunLine[] = [];
  readonly #gate = Promise.withResolvers<void>();
  deaf = false;

  letGo(): void {
    this.#gate.resolve();
  }

  get host(): Host {
    const tell: Host["tell"] = async (told) => {
      await this.#gate.promise;
      this.lines.push(...told);
      return this.deaf ? fail("stale") : ok(undefined);
    };
    return { tell } as Host;
  }
}

test("[RUN-9] lines are told in order, and telling waits for nobody", async () => {
  const slow = new SlowHost();
  const log = new LiveLog(slow.host, fixedClock(0));
  for (let n = 0; n < 250; n += 1) log.tell("said", { text: String(n) });
  expect(slow.lines).toEqual([]);
  slow.letGo();
  await log.flush();
  expect(slow.lines.map((line) => Number(line["text"]))).toEqual(Array.from({ length: 250 }, (_, n) => n));
  expect(slow.lines[0]).toEqual({ at: "1970-01-01T00:00:00.000Z", event: "said", text: "0" });
});

test("[RUN-9] what a slow host cannot take is counted and not kept", async () => {
  const slow = new SlowHost();
  const log = new LiveLog(slow.host, fixedClock(0));
  for (let n = 0; n < 5_000; n += 1) log.tell("said", { text: "x" });
  slow.letGo();
  await log.flush();
  const dropped = slow.lines.filter((line) => line.event === "dropped").map((line) => Number(line["lines"]));
  expect(slow.lines.length).toBeLessThan(2_200);
  expect(slow.lines.length - dropped.length + dropped.reduce((sum, count) => sum + count, 0)).toBe(5_000);
});

test("[RUN-8] a host that will not hear of it is told nothing more", async () => {
  const slow = new SlowHost();
  slow.deaf = true;
  const log = new LiveLog(slow.host, fixedClock(0));
  log.tell("said", { text: "one" });
  slow.letGo();
  await log.flush();
  log.tell("said", { text: "two" });
  await log.flush();
  expect(slow.lines.map((line) => line["text"])).toEqual(["one"]);
});
