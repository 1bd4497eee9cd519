import type { Settings } from "../../config/options.ts";
import type { Clock } from "../../kit/clock.ts";
import type { Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { CompiledPolicy } from "../../policy/rules/compile-policy.ts";
import type { CodeHost } from "../../ports/code-host.ts";
import type { Files } from "../../ports/files.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Store } from "../../store/store.ts";

export interface IntegrateWorld {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Pick<Settings, "run_mode">;
  readonly repository: Pick<Repository, "branchHead" | "changedIn" | "fetchBundle">;
  readonly files: Pick<Files, "pathOf">;
  /** The policy that stands in a repository at a commit, the default one where there is none. */
  readonly policyAt: (folder: string, commit: string) => Promise<Result<CompiledPolicy, Failure>>;
  readonly codeHost: CodeHost;
  readonly redact: (text: string) => Redacted;
}
