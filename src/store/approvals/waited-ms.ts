import type { Approval } from "../../model/approval.ts";
import { msOf, type Instant } from "../../model/time.ts";

/** How long an attempt waited for people until `now`, milliseconds; questions that were open together count once. */
export function waitedMs(approvals: readonly Pick<Approval, "askedAt" | "decidedAt">[], now: Instant): number {
  let waited = 0;
  let until = 0;
  const spans = approvals.map(({ askedAt, decidedAt }) => ({ from: msOf(askedAt), to: msOf(decidedAt ?? now) }));
  for (const { from, to } of spans.toSorted((left, right) => left.from - right.from)) {
    waited += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return waited;
}
