import { ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { Redacted } from "../model/redacted.ts";
import type { Pulse } from "../server/pulse.ts";
import type { RoleHealth } from "../server/roles/role-health.ts";
import type { RunningServer } from "../server/server.ts";
import type { Context } from "./context.ts";
import type { Learner } from "./learner.ts";
import type { Opened } from "./open.ts";

export interface OpenConsole {
  readonly server: RunningServer;
  readonly token: string;
}

/** The server speaks to this machine only; whoever wants it elsewhere puts a proxy with a login before it. */
const LOOPBACK = "127.0.0.1";

/** What answers requests: where reads come from, and whom a write or a new event wakes. */
export interface ConsoleParts {
  readonly opened: Opened;
  readonly learner: Learner;
  readonly pulse: Pulse;
  readonly health: Pick<RoleHealth, "failing">;
  readonly redact: (text: string) => Redacted;
}

/** Serves the page, the API and the live feed on one address; the operator token is made when there is none. */
export async function startConsole(
  context: Context,
  { opened: { config, store }, learner, pulse, health, redact }: ConsoleParts,
): Promise<Result<OpenConsole, Failure>> {
  const { consolePage } = await import("../world/page.ts");
  const { operatorToken } = await import("../world/operator-token.ts");
  const { programVersion } = await import("../world/program.ts");
  const { openPrices } = await import("../world/prices.ts");
  const { startServer } = await import("../server/server.ts");
  const { readsOf } = await import("../server/reads.ts");
  const { writesOf } = await import("../server/writes.ts");
  const { capLimitsOf } = await import("../config/cap-limits.ts");
  const { openRunFiles } = await import("../world/run-files.ts");
  const { storeFact } = await import("../store/facts/store-fact.ts");
  const page = await consolePage((line) => context.output.note(line));
  if (!page.ok) return page;
  const { settings } = config;
  const token = await operatorToken(settings.home);
  const server = await startServer({
    host: LOOPBACK,
    port: settings.port,
    token,
    page: page.value,
    reads: readsOf({
      store,
      clock: context.clock,
      minimumN: settings.minimum_n,
      priceOf: openPrices(settings),
      runFiles: openRunFiles(settings.home),
      capLimits: capLimitsOf(settings),
      spending: { dayMicroDollars: settings["caps.day.usd"], monthMicroDollars: settings["caps.month.usd"] },
    }),
    writes: writesOf({
      store,
      redact,
      wrote: () => pulse.beat(),
      ingest: async () => {
        const done = await learner.learn(() => undefined);
        return done.ok ? ok({ files: done.value?.tally.files ?? 0 }) : done;
      },
    }),
    feed: { store, changed: (signal) => pulse.next(signal), closing: context.stop },
    facts: {
      version: programVersion(),
      failing: () => health.failing,
      sample: async () => (await store.read((reader) => storeFact(reader, "sample"))) === "1",
    },
  });
  return server.ok ? ok({ server: server.value, token }) : server;
}
