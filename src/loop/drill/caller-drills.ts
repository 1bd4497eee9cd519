/** Callers that are not who they say, or too late: tokens, fences, answers. */
import { hashParts } from "../../kit/hash.ts";
import type { Attempt } from "../../model/attempt.ts";
import { instantOf } from "../../model/time.ts";
import { askApproval } from "../../store/approvals/ask-approval.ts";
import { grantApproval } from "../../store/approvals/decide-approval.ts";
import { verifyAttempt } from "../../store/attempts/verify-attempt.ts";
import { mintToken, type TokenUse } from "../../store/tokens/mint-token.ts";
import { STAMP, type Drill, type DrillWorld } from "./drill-world.ts";
import { end, newRun } from "./scratch-work.ts";

const HOUR_MS = 3_600_000;

export const forgedToken: Drill = async (world) => {
  const attempt = await newRun(world);
  return !(await world.isAdmitted({ attempt, token: `clh_${hashParts("forged", attempt.id)}` }));
};

/** Good while its attempt runs, and for nothing once that has ended. */
export const expiredToken: Drill = async (world) => {
  const attempt = await newRun(world);
  const token = await minted(world, attempt, "host");
  const before = await world.isAdmitted({ attempt, token });
  await end(world, attempt, { outcome: "failed", code: "AGENT_FAILED" });
  return before && !(await world.isAdmitted({ attempt, token }));
};

/** The agent's own token, and another attempt's: neither lets an agent report or approve. */
export const foreignToken: Drill = async (world) => {
  const attempt = await newRun(world);
  const other = await newRun(world);
  const agents = await minted(world, attempt, "gateway");
  const others = await minted(world, other, "host");
  const admitted = [agents, others].map((token) => world.isAdmitted({ attempt, token }));
  return (await Promise.all(admitted)).every((isAdmitted) => !isAdmitted);
};

function minted({ store, clock }: DrillWorld, { id, fence }: Attempt, use: TokenUse): Promise<string> {
  const expiresAt = instantOf(clock.now() + HOUR_MS);
  return store.write(STAMP, (tx) => mintToken(tx, { use, attemptId: id, fence, expiresAt }));
}

/** A runner that was thought dead writes again after its attempt has been ended. */
export const staleFence: Drill = async (world) => {
  const attempt = await newRun(world);
  await end(world, attempt, { outcome: "lost", code: "RUNNER_LOST" });
  return (await world.store.write(STAMP, (tx) => verifyAttempt(tx, attempt))) === null;
};

/** A yes that comes after the question's time. */
export const staleApproval: Drill = async (world) => {
  const { id: attemptId, ideaId, taskId } = await newRun(world);
  const text = world.redact("a drill");
  const expiresAt = instantOf(world.clock.now() + 1000);
  const question = { ideaId, taskId, attemptId, action: "command", subject: text, reason: text, expiresAt } as const;
  const rest = { contentHash: "drill", head: null, rule: null, callId: null };
  const asked = await world.store.write(STAMP, (tx) => askApproval(tx, { ...question, ...rest }));
  world.clock.advance(1000);
  const late = await world.store.write(STAMP, (tx) => grantApproval(tx, asked.id, { by: "person" }));
  return !late.ok && late.failure.code === "conflict";
};
