import { setTimeout as wait } from "node:timers/promises";
import { hashParts } from "../../kit/hash.ts";
import { canonicalJson } from "../../kit/json.ts";
import { ok, type Result } from "../../kit/result.ts";
import type { Approval } from "../../model/approval.ts";
import type { Answer, Ask } from "../../model/ask.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { CommandDecision } from "../../model/policy.ts";
import { ROLE_RULES } from "../../model/role-card.ts";
import { instantOf, msOf } from "../../model/time.ts";
import type { Caller, DeskTrouble } from "../../ports/desk.ts";
import { askApproval } from "../../store/approvals/ask-approval.ts";
import { denyApproval, grantApproval } from "../../store/approvals/decide-approval.ts";
import { expireApprovals } from "../../store/approvals/expire-approvals.ts";
import { getApproval } from "../../store/approvals/get-approval.ts";
import { noteGuardFired } from "../../store/guards/note-guard-fired.ts";
import type { Tx } from "../../store/store.ts";
import { admit } from "./admit.ts";
import type { DeskWorld } from "./run-world.ts";

/** What the rules say to an ask before any person is asked. */
type Ruling = CommandDecision;

/** Milliseconds: how long one call is held, and how often the store is looked at meanwhile. */
const HOLD_MS = 10_000;
const LOOK_MS = 200;

/**
 * Policy first, then people. Every ask and every answer is a row, also those that policy gives: what a person was asked
 * and what not can be told exactly afterwards.
 */
export async function answerAsk(
  world: DeskWorld,
  caller: Caller,
  ask: Ask,
): Promise<Result<Answer | "pending", DeskTrouble>> {
  const admitted = await admit(world, caller, "ask");
  if (!admitted.ok) return admitted;
  const attempt = admitted.value;
  const ruling = await rulingOf(world, attempt, ask);
  const stamp = { actor: "desk", simulated: attempt.simulated };
  const approval = await world.store.write(stamp, (tx) => put(tx, world, { attempt, ask, ruling }));
  return ok(await answered(world, approval));
}

async function rulingOf({ judgeCommand }: DeskWorld, { order, role }: Attempt, ask: Ask): Promise<Ruling> {
  if (!ROLE_RULES[role].mayAsk.includes(ask.action))
    return { decision: "deny", rule: `role/${role}`, reason: `A ${role} may not ask for that.` };
  if (ask.action !== "command") return { decision: "need", rule: null, reason: "Only a person decides this." };
  return await judgeCommand(order, ask.command ?? ask.subject);
}

/** Asked and, where policy knows the answer, answered, in one transaction: nobody can see the question open. */
async function put(
  tx: Tx,
  world: DeskWorld,
  { attempt, ask, ruling }: { readonly attempt: Attempt; readonly ask: Ask; readonly ruling: Ruling },
): Promise<Approval> {
  const approval = await askApproval(tx, {
    ideaId: attempt.ideaId,
    taskId: attempt.taskId,
    attemptId: attempt.id,
    action: ask.action,
    subject: world.redact(subjectOf(ask)),
    reason: world.redact(ask.reason),
    contentHash: contentHashOf(ask),
    head: null,
    rule: ruling.rule,
    callId: ask.callId,
    expiresAt: instantOf(msOf(tx.now) + world.settings["approvals.minutes"] * 60_000),
  });
  if (approval.state !== "asked" || ruling.decision === "need") return approval;
  if (ruling.denies !== undefined) await noteGuardFired(tx, `rule/${ruling.denies}`, approval.id);
  const reason = world.redact(ruling.reason);
  const decide = ruling.decision === "pass" ? grantApproval : denyApproval;
  const decided = await decide(tx, approval.id, { by: "policy", reason });
  return decided.ok ? decided.value : approval;
}

function subjectOf({ subject, questions }: Ask): string {
  const asked = (questions ?? []).map(({ text, options }) =>
    [text, ...options.map((option) => `- ${option}`)].join("\n"),
  );
  return [subject, ...asked].join("\n");
}

/** A changed command, folder, patch or question is another question. */
function contentHashOf({ action, subject, command, cwd, paths, questions }: Ask): string {
  return hashParts("ask", action, subject, canonicalJson({ command, cwd, paths, questions }));
}

/** Waits for a decision for a while; the runner puts the same ask again. */
async function answered(world: DeskWorld, asked: Approval): Promise<Answer | "pending"> {
  const begun = world.clock.elapsed();
  for (let approval: Approval | null = asked; ;) {
    if (approval === null) return { kind: "void" };
    if (approval.state !== "asked") return answerOf(approval);
    if (msOf(approval.expiresAt) <= world.clock.now()) await world.store.write({ actor: "desk" }, expireApprovals);
    else if (world.clock.elapsed() - begun >= HOLD_MS) return "pending";
    else await wait(LOOK_MS);
    approval = await world.store.read((reader) => getApproval(reader, asked.id));
  }
}

function answerOf({ state, decidedBy, decidedReason, answer }: Approval): Answer {
  const by = decidedBy ?? "person";
  switch (state) {
    case "granted":
      return answer === null ? { kind: "granted", by } : { kind: "granted", by, answers: answer };
    case "denied":
      return { kind: "denied", by, reason: decidedReason ?? "No reason was given." };
    case "expired":
      return { kind: "expired" };
    case "asked":
    case "void":
      return { kind: "void" };
  }
}
