import { findProgram } from "../adapters/process/find-program.ts";
import { environment } from "../config/environment.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import type { Clock } from "../kit/clock.ts";
import { judgeDispatch } from "../loop/dispatch/judge-dispatch.ts";
import type { ExplainWorld } from "../loop/explain.ts";
import { redactor } from "../policy/redact/redact-text.ts";
import type { Store } from "../store/store.ts";
import { openRepository } from "./repository.ts";
import { rulesOfRepository } from "./rules-of-repository.ts";
import { openSandbox } from "./sandbox.ts";
import { surroundingsOf } from "./surroundings.ts";

/** What `explain` looks at: the same as dispatch, and it writes nothing. */
export function explainWorld(
  config: LoadedConfig,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): ExplainWorld {
  const { settings } = config;
  const repository = openRepository();
  const rules = rulesOfRepository(repository);
  const codexBinary = findProgram(settings["codex.bin"], environment()["PATH"] ?? "");
  // Nothing is kept, so nothing goes through it.
  const judging = { ...rules, store, clock, redact: redactor({ salt: "", known: [] }) };
  return {
    store,
    clock,
    settings,
    repository,
    profileAt: rules.profileAt,
    protectedAt: rules.protectedAt,
    surroundings: surroundingsOf(config, { sandbox: openSandbox({ codexBinary }), clock }),
    judge: (question) => judgeDispatch(judging, question, { keep: false }),
  };
}
