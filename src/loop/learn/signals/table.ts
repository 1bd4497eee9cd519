import { abandonedToolFlow } from "./abandoned-tool-flow.ts";
import { backtracking } from "./backtracking.ts";
import { budget } from "./budget.ts";
import { cleanPlan } from "./clean-plan.ts";
import { compaction } from "./compaction.ts";
import { contextChurn } from "./context-churn.ts";
import { crashed } from "./crashed.ts";
import { denialExec } from "./denial-exec.ts";
import { denialPatch } from "./denial-patch.ts";
import { diffOscillation } from "./diff-oscillation.ts";
import { errorEvent } from "./error-event.ts";
import { escalationTone } from "./escalation-tone.ts";
import { execFailure } from "./exec-failure.ts";
import { fastCompletion } from "./fast-completion.ts";
import { fileChurn } from "./file-churn.ts";
import { firstAttemptSuccess } from "./first-attempt-success.ts";
import { interrupted } from "./interrupted.ts";
import { modelError } from "./model-error.ts";
import { patchFailure } from "./patch-failure.ts";
import { planUpdateChurn } from "./plan-update-churn.ts";
import { platformConfusion } from "./platform-confusion.ts";
import { policyRejection } from "./policy-rejection.ts";
import { positiveFeedback } from "./positive-feedback.ts";
import { rapidApprovals } from "./rapid-approvals.ts";
import { repeatedCompaction } from "./repeated-compaction.ts";
import { repeatedDenial } from "./repeated-denial.ts";
import { repeatedRephrasing } from "./repeated-rephrasing.ts";
import { revertInMessage } from "./revert-in-message.ts";
import { rollback } from "./rollback.ts";
import type { SignalRule } from "./rule.ts";
import { sandboxDenied } from "./sandbox-denied.ts";
import { streamError } from "./stream-error.ts";
import type { TextJudge } from "./text-judge.ts";
import { timeout } from "./timeout.ts";
import { toolFailure } from "./tool-failure.ts";
import { truncationWarning } from "./truncation-warning.ts";
import { undo } from "./undo.ts";
import { wordJudge } from "./word-judge.ts";
import { zeroDenial } from "./zero-denial.ts";

/** Every rule, in the order of the reference page: calls, turns, the stream, the context, the work, people, delight. */
export function signalRules(judge: TextJudge): readonly SignalRule[] {
  return [
    execFailure,
    sandboxDenied,
    patchFailure,
    toolFailure,
    denialExec,
    denialPatch,
    policyRejection,
    repeatedDenial,
    interrupted,
    crashed,
    modelError,
    budget,
    streamError,
    errorEvent,
    timeout,
    truncationWarning,
    compaction,
    repeatedCompaction,
    contextChurn,
    rollback,
    undo,
    fileChurn,
    diffOscillation,
    backtracking,
    planUpdateChurn,
    abandonedToolFlow,
    platformConfusion,
    revertInMessage,
    repeatedRephrasing(judge),
    escalationTone(judge),
    fastCompletion,
    firstAttemptSuccess,
    zeroDenial,
    rapidApprovals,
    cleanPlan,
    positiveFeedback(judge),
  ];
}

/** The rules with the local judge of words. */
export const SIGNAL_TABLE: readonly SignalRule[] = signalRules(wordJudge);
