import type { CallOutcome } from "../model/outcome.ts";

/**
 * How Codex itself begins a text in which a call did not run. Everything else is what a program printed, and a program
 * may print any of the words below.
 */
const CODEX_SPEAKS =
  /^(?:[a-z_]+ failed(?: for [^:\n]*)?: |exec command |patch |`|Rejected\(|rejected|approval |user (?:rejected|cancelled|denied)|writing |This action was rejected|Command blocked |Wall time: [\d.]+ seconds\naborted|aborted |unsupported |failed to parse |apply_patch verification failed|tool call error)/;

/** First match wins: a rule's justification may quote a person's words, so rules stand before people. */
const REASONS: readonly (readonly [RegExp, CallOutcome])[] = [
  [/rejected by user approval settings/, "rejected_by_policy"],
  [/rejected: (?!rejected by user)/, "rejected_by_policy"],
  [
    /approval required by policy|approval policy is Never|AskForApproval is set|blocked by policy|due to unacceptable risk/,
    "rejected_by_policy",
  ],
  [/blocked by \w+ hook/i, "blocked_by_hook"],
  [/rejected by user|^user (?:rejected|cancelled|denied)/, "denied_by_user"],
  [/^(?:Wall time: [\d.]+ seconds\n)?aborted by user/, "aborted"],
  [/^(?:[a-z_]+ failed: )?apply_patch verification failed/, "failed"],
  [/^tool call error/, "failed"],
  [/^unsupported (?:custom )?(?:tool )?call|^failed to parse [a-z_ ]*arguments/, "tool_error"],
  [/^(?:exec_command|write_stdin|shell|shell_command|local_shell|view_image|wait) failed/, "tool_error"],
];

/** Why Codex did not run a call, or could not; `null` when the text is the output of something that ran. */
export function refusalOf(text: string): CallOutcome | null {
  if (!CODEX_SPEAKS.test(text)) return null;
  const start = text.slice(0, 2000);
  return REASONS.find(([pattern]) => pattern.test(start))?.[1] ?? null;
}
