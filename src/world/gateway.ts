import { join } from "node:path";
import { listenGateway, type RunningGateway } from "../adapters/gateway/listen.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import type { Clock } from "../kit/clock.ts";
import { fail, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { Store } from "../store/store.ts";
import { openMeter } from "./meter.ts";

export interface GatewaySurroundings {
  readonly store: Store;
  readonly clock: Clock;
  /** Told when the ledger could not be asked or told. */
  readonly trouble: (error: unknown) => void;
}

const NO_KEY: Failure = {
  code: "auth_missing",
  message: "There is no key for the model provider.",
  cause:
    "Agents reach a model through our gateway alone, and the gateway needs a key of its own; a ChatGPT login is none.",
  hint: "Do this: export CODEX_LOOP_UPSTREAM_KEY=… (or OPENAI_API_KEY), and CODEX_LOOP_UPSTREAM_URL for another provider.",
  retry: "never",
};

/** Opens the model gateway of this process on loopback. The key stays in this process: agents get tokens of their own. */
export async function openGateway(
  { settings, secrets }: LoadedConfig,
  { store, clock, trouble }: GatewaySurroundings,
): Promise<Result<RunningGateway, Failure>> {
  const key = secrets["gateway.upstream_key"];
  if (key === null) return fail(NO_KEY);
  const place = { folder: join(settings.home, "run") };
  const options = {
    meter: openMeter({ store, settings, clock }),
    upstream: {
      url: new URL(settings["gateway.upstream_url"]),
      headers: settings["gateway.upstream_headers"],
      key: () => key.reveal(),
    },
    idleMs: settings["gateway.idle_seconds"] * 1000,
    trouble,
  };
  return listenGateway(options, place);
}
