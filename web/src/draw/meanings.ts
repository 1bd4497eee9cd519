import type { SignalCategory } from "../../../src/model/signal.ts";

/** What each category means, in the words of the reference page of signals. */
const MEANINGS: Readonly<Record<SignalCategory, string>> = {
  exec_failure: "A command ran and exited with something other than 0, whatever the reason, unless the sandbox was it.",
  sandbox_denied: "A command failed in a sandboxed turn with a text that only the sandbox causes.",
  patch_failure: "A patch did not apply, whether it came as a tool call or through a shell.",
  tool_failure:
    "A tool other than shell and patch failed, was unknown, got arguments it could not read, or a code cell failed.",
  denial_exec: "A person said no to a call that was not a patch: denied, declined, cancelled or aborted when asked.",
  denial_patch: "A person said no to a patch: denied, declined, cancelled or aborted when asked.",
  policy_rejection: "A rule or a hook said no to a call; no person was asked, so it never counts as a person's denial.",
  repeated_denial: "People refused three or more times in one session, in a row or not.",
  interrupted: "A person stopped a turn before it was done.",
  crashed:
    "A turn has no recorded end and the thread's last line is more than 30 minutes old by its own time, or another turn follows.",
  model_error: "A turn failed because the model or the way to it failed, and not because a budget was used up.",
  budget: "A turn failed because a usage limit, a session budget or a rollout budget was used up.",
  stream_error: "The connection to the model broke off; retries seen only in an exec stream count once for the thread.",
  error_event: "Codex reported an error that was not about time running out.",
  timeout: "Codex reported an error whose text says that time ran out.",
  truncation_warning: "Codex warned that something the model should have seen was truncated.",
  compaction: "The context was compacted, by itself or because a person asked for it.",
  repeated_compaction: "The context was compacted twice or more in one session.",
  context_churn: "After a compaction the agent read again, word for word, three or more things it had read before it.",
  rollback: "A person took back one or more turns of the thread's history.",
  undo: "A person let Codex undo its changes to the files (versions that had the command).",
  file_churn: "The same path was both added and deleted in one session.",
  diff_oscillation: "The same lines were put into a file, taken out and put in again.",
  backtracking:
    "The agent threw work away with git (checkout of files, restore, reset --hard, stash, clean, revert) after changing files.",
  plan_update_churn: "The plan was updated five times or more in one session.",
  abandoned_tool_flow:
    "The agent failed three times or more in a row with one command family, never got it to work and finished without it.",
  platform_confusion: "Two or more commands failed because they belong to another operating system or shell.",
  revert_in_message:
    "After the opening instruction a person asked to undo, revert, cancel or remove what was done, or to go back.",
  repeated_rephrasing: "A person said the same thing three times in a row in similar words.",
  escalation_tone:
    "A person sounds upset with the agent: angry phrases, !!! or ???, or shouting in capitals, outside code and quotations.",
  fast_completion: "The session completed within three turns, ran something, and the last command or patch went well.",
  first_attempt_success:
    "The session ran at least one command, every command exited with 0, and no call failed or was refused.",
  zero_denial:
    "People were asked at least once and never said no; a session in which nobody was asked has no such signal.",
  rapid_approvals: "People were asked three times or more and said yes within 15 seconds every time.",
  clean_plan:
    "A plan was made, kept its steps while it was worked off in fewer than five updates, and the session completed.",
  positive_feedback: "A person praised or thanked the agent for what it did.",
};

/** Every category, friction first. */
export const SIGNAL_CATEGORY_WORDS: readonly string[] = Object.keys(MEANINGS);

/** One sentence; nothing for a category that this build of the page does not know. */
export function meaningOf(category: string): string | null {
  return new Map<string, string>(Object.entries(MEANINGS)).get(category) ?? null;
}
