import { expect, test } from "vitest";
import { judgeGate, unknownGate } from "./kpi-gates.ts";

const base = { n: 10, minimumN: 10, simulated: 0 };

test("[OPS-1] a gate holds at its target, and fails just beyond it", () => {
  expect(judgeGate("job_success_rate", { ...base, value: 0.8 }).verdict).toBe("pass");
  expect(judgeGate("job_success_rate", { ...base, value: 0.799 }).verdict).toBe("fail");
  expect(judgeGate("queue_wait_p95_minutes", { ...base, value: 30 }).verdict).toBe("pass");
  expect(judgeGate("queue_wait_p95_minutes", { ...base, value: 30.01 }).verdict).toBe("fail");
});

test("[OPS-1] below the minimum number there is no figure, and no figure is never a pass", () => {
  expect(judgeGate("job_success_rate", { ...base, n: 9, value: 1 })).toMatchObject({
    verdict: "insufficient_data",
    value: null,
    provenance: null,
  });
  expect(judgeGate("job_success_rate", { ...base, value: null }).verdict).toBe("unknown");
  expect(unknownGate("rollback_rate", "nobody looks", 10)).toMatchObject({
    verdict: "unknown",
    n: 0,
    minimum_n: 10,
    why: "nobody looks",
  });
});

test("[OPS-1] a figure that is only the least it can be fails beyond a bound above, and passes nothing", () => {
  expect(judgeGate("daily_spend_usd", { ...base, value: 41, isLeast: true }).verdict).toBe("fail");
  expect(judgeGate("daily_spend_usd", { ...base, value: 1, isLeast: true }).verdict).toBe("unknown");
  expect(judgeGate("job_success_rate", { ...base, value: 1, isLeast: true }).verdict).toBe("unknown");
});
