/**
 * The model gateway beside a direct call to the same scripted provider, in turns: time to the first byte of one request
 * after the other, and many streams at once. Gateway, provider and asker are processes of their own; the gateway writes
 * every reservation and settlement durably. `node tools/bench/gateway.ts [--rounds N]`
 */
import http from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { benchOptions, type BenchOptions } from "./bench-options.ts";
import type { Figure, Row } from "./figure.ts";
import { figuresTable } from "./figures-table.ts";
import { askModel, type Question, type Timed } from "./gateway/ask-model.ts";
import { startContestant, type Contestant } from "./gateway/contestant.ts";
import { inTurns, least } from "./in-turns.ts";

/** What the gateway may add to the first byte of 95 of 100 requests. */
export const MOST_ADDED_MS = 5;
const STREAMS = 200;
/** Two seconds of an answer, fifty events a second. */
const STREAM: Question = { events: 100, paceMs: 20 };
const SHORT: Question = { events: 1, paceMs: 0 };
const DIRECT = "direct call";
/** An agent works between two answers, if only to run a command; nobody asks again within the same millisecond. */
const PAUSE_MS = 10;

export interface GatewayBench extends Pick<BenchOptions, "rounds"> {
  /** Requests of a round, one after the other. */
  readonly requests?: number;
}

export async function gatewayRows({ rounds, requests = 400 }: GatewayBench): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "codex-loop-bench-"));
  try {
    await using provider = await startContestant("provider.ts");
    await using gateway = await startContestant("serve.ts", [folder, provider.url]);
    // The first requests fill the caches of compiled code on both ways.
    await inTurns(1, { direct: () => oneByOne(provider, 50), ours: () => oneByOne(gateway, 50) });
    const single = await inTurns(rounds, {
      direct: () => oneByOne(provider, requests),
      ours: () => oneByOne(gateway, requests),
    });
    const many = await inTurns(rounds, { direct: () => atOnce(provider), ours: () => atOnce(gateway) });
    return [
      firstByteRow(least(single.ours, firstByte), least(single.direct, firstByte)),
      {
        what: `${STREAMS} streams at once of two seconds each, until the last one ended`,
        unit: "ms",
        ours: least(many.ours, lastEnd),
        beside: { name: DIRECT, value: least(many.direct, lastEnd) },
        limit: null,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function firstByteRow(ours: number, direct: number): Figure {
  return {
    what: "first byte through the model gateway, 95 of 100 requests",
    unit: "ms",
    ours,
    beside: { name: DIRECT, value: direct },
    limit: { is: "at most", value: direct + MOST_ADDED_MS },
  };
}

async function oneByOne(contestant: Contestant, requests: number): Promise<readonly Timed[]> {
  const agent = new http.Agent({ keepAlive: true });
  const times: Timed[] = [];
  for (let number = 0; number < requests; number += 1) {
    times.push(await askModel(contestant, agent, SHORT));
    await after(PAUSE_MS);
  }
  agent.destroy();
  return times;
}

async function atOnce(contestant: Contestant): Promise<readonly Timed[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: STREAMS });
  const times = await Promise.all(
    Array.from({ length: STREAMS }, (_, asker) => askModel(contestant, agent, { ...STREAM, asker })),
  );
  agent.destroy();
  const sizes = new Set(times.map(({ bytes }) => bytes));
  if (sizes.size !== 1) throw new Error(`equal streams came in ${sizes.size} sizes`);
  return times;
}

/** The 95th of 100 by nearest rank. */
export function firstByte(times: readonly Timed[]): number {
  const firsts = times.map(({ first }) => first).toSorted((left, right) => left - right);
  return firsts[Math.ceil(firsts.length * 0.95) - 1] ?? Number.NaN;
}

function lastEnd(times: readonly Timed[]): number {
  return Math.max(...times.map(({ whole }) => whole));
}

if (import.meta.main) console.log(figuresTable(await gatewayRows(benchOptions(process.argv.slice(2)))));
