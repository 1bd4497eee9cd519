import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { idOf } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import { listGuards } from "../../src/store/guards/list-guards.ts";
import { newHolds } from "../../src/store/guards/new-holds.ts";
import { noteEndedBy } from "../../src/store/guards/note-ended-by.ts";
import { noteGuardFired } from "../../src/store/guards/note-guard-fired.ts";
import { mintToken } from "../../src/store/tokens/mint-token.ts";
import { refuseToken, type TokenRefused } from "../../src/store/tokens/refuse-token.ts";
import { putWork } from "./agent-run-rows.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };

storeSuite("guards", (open) => {
  test("[OPS-2] each firing is counted; one who knocks on and on is told of once a minute", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const fire = (subject: string) => store.write(STAMP, (tx) => noteGuardFired(tx, "token/forged", subject));
    await fire("a");
    clock.advance(1000);
    await fire("a");
    await fire("b");
    clock.advance(61_000);
    await fire("b");
    expect(await store.read(listGuards)).toEqual([
      { name: "token/forged", times: 4, lastAt: instantOf(SUITE_START + 62_000), subject: "b" },
    ]);
    const events = await loggedEvents(store);
    expect(events.map(({ payload }) => payload["subject"])).toEqual(["a", "b", "b"]);
  });

  test("[OPS-2] a refused token is counted by what is wrong with it, and never kept", async () => {
    await using store = await open();
    await putWork(store, "1");
    const attemptId = idOf.attempt("a-1");
    const expiresAt = instantOf(SUITE_START + 1000);
    const token = await store.write(STAMP, (tx) => mintToken(tx, { use: "gateway", attemptId, fence: 1, expiresAt }));
    const refuse = (wish: Partial<TokenRefused>) =>
      store.write(STAMP, (tx) => refuseToken(tx, { token, use: "gateway", ...wish }));
    expect(await refuse({ token: "clg_made_up" })).toBe("forged");
    expect(await refuse({ use: "host" })).toBe("foreign");
    expect(await refuse({ attemptId: idOf.attempt("a-2") })).toBe("foreign");
    expect(await refuse({ attemptId })).toBe("expired");
    const noted = await store.read(listGuards);
    expect(noted.map(({ name, times, subject }) => [name, times, subject])).toEqual([
      ["token/expired", 1, "a-1"],
      ["token/foreign", 2, "a-1"],
      ["token/forged", 1, expect.stringMatching(/^[0-9a-f]{16}$/)],
    ]);
  });

  test("[OPS-2] what holds a task back counts once for each hold, however often it is asked", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const blocked = async (since: number): Promise<readonly string[]> => {
      const at = instantOf(since);
      const reasons = [
        { reason: "paused" as const, since: at, liftedBy: "codex-loop resume", guard: "pause" as const },
        { reason: "not_before" as const, since: at, liftedBy: "time" },
        { reason: "cap_reached" as const, since: null, liftedBy: "midnight", guard: "cap/day/usd" as const },
      ];
      const holds = await store.read((reader) => newHolds(reader, reasons, instantOf(clock.now())));
      for (const guard of holds) await store.write(STAMP, (tx) => noteGuardFired(tx, guard, "t"));
      return holds;
    };
    clock.advance(1000);
    expect(await blocked(SUITE_START)).toEqual(["pause", "cap/day/usd"]);
    clock.advance(1000);
    expect(await blocked(SUITE_START)).toEqual([]);
    expect(await blocked(SUITE_START + 1500)).toEqual(["pause"]);
    clock.advance(86_400_000);
    expect(await blocked(SUITE_START + 1500)).toEqual(["cap/day/usd"]);
    expect(await store.read(listGuards)).toMatchObject([
      { name: "cap/day/usd", times: 2 },
      { name: "pause", times: 2, subject: "t" },
    ]);
  });

  test("[OPS-2] a cap that only the runner sees is noted with the end of its attempt", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => noteEndedBy(tx, { id: idOf.attempt("a"), failureCode: "CAP_MINUTES" }));
    await store.write(STAMP, (tx) => noteEndedBy(tx, { id: idOf.attempt("a"), failureCode: "AGENT_FAILED" }));
    await store.write(STAMP, (tx) => noteEndedBy(tx, { id: idOf.attempt("a"), failureCode: null }));
    expect(await store.read(listGuards)).toMatchObject([{ name: "cap/attempt/minutes", times: 1, subject: "a" }]);
  });
});
