import { EventEmitter, once } from "node:events";
import { expect, test } from "vitest";
import type { SlotLimits } from "../../src/adapters/gateway/attempt-slots.ts";
import { listenGateway, type RunningGateway } from "../../src/adapters/gateway/listen.ts";
import type { Meter } from "../../src/ports/meter.ts";
import type { ModelTurn } from "../fakes/model-server/model-turn.ts";
import { type ModelServer, openModelServer } from "../fakes/model-server/model-server.ts";
import { runs, says, spawnsAgent, waitsForAgent } from "../fakes/model-server/turns.ts";
import { type RecordedMeter, recordedMeter, TOKEN } from "../fakes/recorded-meter.ts";
import { openAttempt } from "./codex-attempt.ts";

const KEY = "sk-the-real-key-4401";

interface Metered extends AsyncDisposable {
  readonly provider: ModelServer;
  readonly gateway: RunningGateway;
  readonly meter: RecordedMeter;
  readonly troubles: readonly unknown[];
}

/** How many requests there is room for at once, and which of them wait until so many have come. */
interface Crowd {
  readonly slots?: SlotLimits;
  readonly holds?: (number: number, until: (number: number) => Promise<void>) => Promise<void>;
}

/** The real gateway before the scripted model, with a ledger in which so many requests fit. */
async function openMetered(turns: readonly ModelTurn[], fitting: number, crowd: Crowd = {}): Promise<Metered> {
  const { slots, holds = async () => undefined } = crowd;
  const provider = await openModelServer(turns);
  const meter = recordedMeter();
  const news = new EventEmitter();
  const come = { count: 0 };
  const until = async (number: number): Promise<void> => {
    while (come.count < number) await once(news, "asked");
  };
  const capped: Meter = {
    payer: (token) => {
      come.count += 1;
      news.emit("asked");
      return meter.payer(token);
    },
    isPriced: (model) => meter.isPriced(model),
    forbid: (payer, facts, what) => meter.forbid(payer, facts, what),
    settle: (id, settlement) => meter.settle(id, settlement),
    reserve: async (payer, facts) => {
      meter.fits = meter.facts.length < fitting;
      await holds(come.count, until);
      return meter.reserve(payer, facts);
    },
  };
  const troubles: unknown[] = [];
  const upstream = { url: new URL(provider.url), headers: [], key: () => KEY };
  const opened = await listenGateway({
    meter: capped,
    upstream,
    idleMs: 20_000,
    ...(slots === undefined ? {} : { slots }),
    trouble: (error) => troubles.push(error),
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  const gateway = opened.value;
  return {
    provider,
    gateway,
    meter,
    troubles,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

test("[GWY-3] a cap at the gateway ends the real Codex's turn with one refused request, and nothing more is billed", async () => {
  await using metered = await openMetered([runs("call_1", "echo one"), runs("call_2", "echo two")], 2);
  const { gateway, meter, provider } = metered;
  await using attempt = await openAttempt([], { options: { gateway: { url: gateway.url, token: TOKEN } } });
  const end = await attempt.session.turn("Spend.");
  expect(end).toMatchObject({ kind: "failed", failure: { code: "PROVIDER_QUOTA" } });
  expect(provider.billed).toHaveLength(2);
  expect(meter.facts).toHaveLength(3);
  expect(metered.troubles).toEqual([]);
});

test("[GWY-2] each response of the real Codex is settled once, by id, thread and kind, sub-agent and compaction included", async () => {
  const turns = [
    spawnsAgent("call_spawn", "Count."),
    waitsForAgent("call_wait"),
    says("one", { who: "sub" }),
    runs("call_1", "echo long", { usage: { input: 260_000, cached: 1000, output: 70, reasoning: 20 } }),
    says("SUMMARY", { who: "compaction" }),
    says("done"),
  ];
  await using metered = await openMetered(turns, 100);
  const { gateway, meter, provider } = metered;
  await using attempt = await openAttempt([], { options: { gateway: { url: gateway.url, token: TOKEN } } });
  expect(await attempt.session.turn("Go.")).toEqual({ kind: "completed", lastMessage: "done" });
  const settled = await Promise.all(provider.billed.map((_, at) => meter.settlement(at + 1)));
  const billed = provider.billed.map(({ responseId }) => responseId);
  expect(new Set(settled.map(({ responseId }) => responseId))).toEqual(new Set(billed));
  expect(settled.map(({ usage }) => usage?.input).filter((input) => input === 260_000)).toHaveLength(1);
  expect(settled.every(({ error, status }) => error === null && status === 200)).toBe(true);
  const kinds = meter.facts.map(({ requestKind }) => requestKind);
  expect(kinds).toHaveLength(billed.length);
  expect(kinds.filter((kind) => kind === "compaction")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "turn")).toHaveLength(5);
  expect(new Set(meter.facts.map(({ threadId }) => threadId)).size).toBe(2);
});

test("[GWY-3] the real Codex comes again with a request that found no place, and its turn goes on", async () => {
  const turns = [
    spawnsAgent("call_spawn", "Count."),
    waitsForAgent("call_wait"),
    says("one", { who: "sub" }),
    says("done"),
  ];
  // Main thread and sub-agent ask at the same time: whoever is first keeps the only place until the other has come twice.
  const crowd: Crowd = {
    slots: { inFlight: 1, waitMs: 1 },
    holds: async (number, until) => (number === 2 || number === 3 ? until(4) : undefined),
  };
  await using metered = await openMetered(turns, 100, crowd);
  const { gateway, meter, provider } = metered;
  await using attempt = await openAttempt([], { options: { gateway: { url: gateway.url, token: TOKEN } } });
  expect(await attempt.session.turn("Go.")).toEqual({ kind: "completed", lastMessage: "done" });
  expect(provider.billed).toHaveLength(4);
  expect(meter.log.filter((line) => line === "payer").length).toBeGreaterThan(4);
});

test("[GWY-1] the real key reaches the provider and the agent's token does not; a wrong token ends the turn", async () => {
  await using metered = await openMetered([says("ok")], 100);
  const { gateway, provider } = metered;
  await using attempt = await openAttempt([], { options: { gateway: { url: gateway.url, token: TOKEN } } });
  expect((await attempt.session.turn("Go.")).kind).toBe("completed");
  expect(provider.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(JSON.stringify(provider.requests[0]?.headers)).not.toContain(TOKEN);
  expect(JSON.stringify(attempt.events)).not.toContain(KEY);
  await using stranger = await openAttempt([], { options: { gateway: { url: gateway.url, token: "clg_another" } } });
  expect(await stranger.session.turn("Go.")).toMatchObject({ kind: "failed", failure: { code: "PROVIDER_AUTH" } });
  expect(provider.requests).toHaveLength(1);
});
