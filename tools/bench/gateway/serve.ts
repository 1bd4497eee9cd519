/** The gateway in a process of its own, over a durable SQLite store, as it runs in earnest: `serve.ts FOLDER UPSTREAM`. */
import { join } from "node:path";
import { listenGateway } from "../../../src/adapters/gateway/listen.ts";
import { openSqlite } from "../../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../../src/kit/clock.ts";
import { systemRandom } from "../../../src/kit/random.ts";
import { microDollarsOf, type MicroDollars } from "../../../src/model/money.ts";
import { idOf } from "../../../src/model/ids.ts";
import { instantOf } from "../../../src/model/time.ts";
import { mintToken } from "../../../src/store/tokens/mint-token.ts";
import { openMeter } from "../../../src/world/meter.ts";
import { openAttempt } from "../../../test/contracts/money-fixture.ts";

const [folder = "", upstream = ""] = process.argv.slice(2);
const MUCH = 1_000_000_000_000;
const NO_LIMITS = {
  taskSessions: null,
  ideaTokens: null,
  ideaMicroDollars: null,
  dayTokens: null,
  dayMicroDollars: null,
  monthTokens: null,
  monthMicroDollars: null,
};

const surroundings = { clock: systemClock, random: systemRandom };
const opened = await openSqlite({ ...surroundings, path: join(folder, "store.db") });
if (!opened.ok) throw new Error(opened.failure.message);
const store = opened.value;
/** Twenty-five attempts with eight requests each are two hundred streams. */
const ATTEMPTS = 25;
const expiresAt = instantOf(systemClock.now() + 3_600_000);
const tokens = await store.write({ actor: "bench" }, async (tx) => {
  const caps = { tokens: MUCH, microDollars: MUCH, responses: MUCH };
  const minted: string[] = [];
  for (let number = 1; number <= ATTEMPTS; number += 1) {
    const attemptId = idOf.attempt(`bench-${number}`);
    await openAttempt(tx, attemptId, { number, caps, limits: NO_LIMITS });
    minted.push(await mintToken(tx, { use: "gateway", attemptId, fence: 1, expiresAt }));
  }
  return minted;
});
const price = (dollars: number): MicroDollars => microDollarsOf(dollars * 1_000_000);
const bench = { model: "priced", from: "2026-01-01", input: price(1), cached_input: price(0.1), output: price(10) };
const settings = { prices: [bench], "gateway.output_tokens": 8000 };
const gateway = await listenGateway({
  meter: openMeter({ store, settings, clock: systemClock }),
  upstream: { url: new URL(upstream), headers: [], key: () => "sk-bench" },
  idleMs: 300_000,
  trouble: (error) => console.error(error),
});
if (!gateway.ok) throw new Error(gateway.failure.message);
console.log(JSON.stringify({ url: gateway.value.url, tokens }));
