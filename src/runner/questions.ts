import type { Answer, Ask } from "../model/ask.ts";
import type { SimulatedUsage } from "../ports/host.ts";
import { endingOf } from "./ending.ts";
import type { Run } from "./run.ts";
import { unlessAborted } from "./course.ts";

/** Puts the agent's question to the host. While a person thinks, no time of the attempt passes. */
export async function askHost(run: Run, ask: Ask): Promise<Answer> {
  run.log.tell("asked", {
    key: ask.key,
    action: ask.action,
    subject: ask.subject,
    reason: ask.reason,
    callId: ask.callId,
  });
  const answered = await unlessAborted(run.caps.waiting(run.world.host.ask(ask)), run.course.signal);
  if (answered === null) return { kind: "void" };
  if (!answered.ok) {
    run.course.abandon(answered.failure, endingOf("HOST_LOST", "The host did not take a question."));
    return { kind: "void" };
  }
  const { value: answer } = answered;
  run.log.tell("answered", { key: ask.key, callId: ask.callId, ...answer });
  return answer;
}

/** Books what a script pretends to have used; false when a cap refuses it. */
export async function spend(run: Run, usage: SimulatedUsage): Promise<boolean> {
  const booked = await unlessAborted(run.world.host.spend(usage), run.course.signal);
  if (booked === null) return false;
  run.log.tell(booked.ok && booked.value ? "spent" : "refused", { input: usage.input, output: usage.output });
  return booked.ok && booked.value;
}
