/** The gateway in a process of its own, over a durable SQLite store, as it runs in earnest: `serve.ts FOLDER UPSTREAM`. */
import { join } from "node:path";
import { listenGateway } from "../../../src/adapters/gateway/listen.ts";
import { openSqlite } from "../../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../../src/kit/clock.ts";
import { systemRandom } from "../../../src/kit/random.ts";
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
const attemptId = idOf.attempt("bench");
const token = await store.write({ actor: "bench" }, async (tx) => {
  const caps = { tokens: MUCH, microDollars: MUCH, responses: MUCH };
  await openAttempt(tx, attemptId, { caps, limits: NO_LIMITS });
  const expiresAt = instantOf(systemClock.now() + 3_600_000);
  return mintToken(tx, { use: "gateway", attemptId, fence: 1, expiresAt });
});
const settings = { prices: [], "gateway.output_tokens": 8000 };
const gateway = await listenGateway({
  meter: openMeter({ store, settings, clock: systemClock }),
  upstream: { url: new URL(upstream), headers: [], key: () => "sk-bench" },
  idleMs: 300_000,
  trouble: (error) => console.error(error),
});
if (!gateway.ok) throw new Error(gateway.failure.message);
console.log(JSON.stringify({ url: gateway.value.url, token }));
