import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { idOf } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import { mintToken, type TokenUse } from "../../src/store/tokens/mint-token.ts";
import { revokeTokens } from "../../src/store/tokens/revoke-tokens.ts";
import { tokenPayer } from "../../src/store/tokens/token-payer.ts";
import type { Store } from "../../src/store/store.ts";
import { putAttempt } from "./money-fixture.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const ONE = idOf.attempt("attempt-1");
const SOON = instantOf(SUITE_START + 60_000);
const NOW = instantOf(SUITE_START);

function mint(store: Store, use: TokenUse, fence: number = 1): Promise<string> {
  return store.write(STAMP, (tx) => mintToken(tx, { use, attemptId: ONE, fence, expiresAt: SOON }));
}

function good(store: Store, token: string, use: TokenUse = "gateway", now: typeof NOW = NOW): Promise<boolean> {
  return store.read(async (reader) => (await tokenPayer(reader, { token, use, now })) !== null);
}

storeSuite("tokens", (open) => {
  test("[GWY-1] a token stands for its attempt and fence, only for its use, and only its hash is kept", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => putAttempt(tx, ONE));
    const agent = await mint(store, "gateway");
    const runner = await mint(store, "host");
    expect(agent).toMatch(/^clg_[0-9a-f]{64}$/);
    expect(runner).toMatch(/^clh_[0-9a-f]{64}$/);
    const shown = { token: agent, use: "gateway", now: NOW } as const;
    expect(await store.read((reader) => tokenPayer(reader, shown))).toEqual({
      attemptId: ONE,
      fence: 1,
      model: "priced",
    });
    expect(await good(store, agent, "host")).toBe(false);
    expect(await good(store, runner, "host")).toBe(true);
    expect(await good(store, runner)).toBe(false);
    const rows = await store.read((reader) => reader.db.selectFrom("tokens").selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(agent.slice(4));
    expect(await good(store, rows[0]?.hash ?? "")).toBe(false);
  });

  test("[GWY-1] a token is good for nothing once it is unknown, expired, revoked, or its attempt has ended or changed hands", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    await store.write(STAMP, (tx) => putAttempt(tx, ONE));
    const token = await mint(store, "gateway");
    expect(await good(store, `${token}0`)).toBe(false);
    expect(await good(store, "")).toBe(false);
    expect(await good(store, token, "gateway", SOON)).toBe(false);
    await store.write(STAMP, (tx) => tx.db.updateTable("attempts").set({ fence: 2 }).execute());
    expect(await good(store, token)).toBe(false);
    const next = await mint(store, "gateway", 2);
    expect(await good(store, next)).toBe(true);
    await store.write(STAMP, (tx) => tx.db.updateTable("attempts").set({ state: "ended" }).execute());
    expect(await good(store, next)).toBe(false);
    await store.write(STAMP, (tx) => tx.db.updateTable("attempts").set({ state: "verifying" }).execute());
    expect(await good(store, next)).toBe(true);
    await store.write(STAMP, (tx) => revokeTokens(tx, ONE));
    expect(await good(store, next)).toBe(false);
  });
});
