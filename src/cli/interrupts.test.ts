import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { fixedClock } from "../kit/clock.ts";
import { interruptible } from "./interrupts.ts";

/** As much of a process as is asked for. */
class Host extends EventEmitter {
  readonly exits: (number | undefined)[] = [];
  readonly said: string[] = [];
  readonly stdout = new EventEmitter();
  readonly stderr: EventEmitter & { write(text: string): void } = Object.assign(new EventEmitter(), {
    write: (text: string) => void this.said.push(text),
  });
  readonly env = {};
  exit(code?: number): void {
    this.exits.push(code);
  }
}

test("[JOB-2] one Ctrl-C asks for a graceful end, also when npm and the terminal both deliver it; the next one ends now", () => {
  const host = new Host();
  const clock = fixedClock(0);
  const { stop } = interruptible(host as unknown as NodeJS.Process, clock);
  expect(stop.aborted).toBe(false);
  host.emit("SIGINT");
  host.emit("SIGINT");
  clock.advance(50);
  host.emit("SIGTERM");
  expect([stop.aborted, host.exits, host.said.length]).toEqual([true, [], 1]);
  clock.advance(1_000);
  host.emit("SIGINT");
  expect(host.exits).toEqual([130]);
});

test("[HSE-8] a reader that left stops the work and is no failure", () => {
  const host = new Host();
  const { stop } = interruptible(host as unknown as NodeJS.Process, fixedClock(0));
  host.stdout.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
  expect([stop.aborted, host.said]).toEqual([true, []]);
});
