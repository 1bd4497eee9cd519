import { idOf } from "../../../src/model/ids.ts";
import type { Launch } from "../../../src/model/launch.ts";
import type { Order } from "../../../src/model/order.ts";

/** A complete order for a scripted executor. */
export function anOrder(parts: Partial<Order> = {}): Order {
  return {
    attemptId: idOf.attempt("attempt-1"),
    ideaId: idOf.idea("idea-1"),
    taskId: idOf.task("task-1"),
    role: "executor",
    agent: "scripted",
    model: null,
    repository: "/nowhere",
    base: "0".repeat(40),
    targetBranch: "main",
    branch: "codex-loop/attempt-1",
    instructions: "Do it.",
    brief: "Add a file.",
    setup: [],
    acceptance: [],
    allowedPaths: [],
    protectedPaths: [],
    outputs: ["change"],
    caps: { minutes: 5, turns: 3, responses: 10, toolCalls: 20, tokens: 1_000, microDollars: 1_000 },
    script: { steps: [] },
    trailers: [["Codex-Loop-Attempt", "attempt-1"]],
    subject: "Add a file",
    ...parts,
  };
}

export function aLaunch(order: Order, parts: Partial<Launch> = {}): Launch {
  return {
    order,
    fence: 1,
    gateway: null,
    codexBinary: null,
    folder: "/nowhere/attempt-1",
    setupCache: "/nowhere/cache",
    hidden: [],
    heartbeatMs: 20,
    hostSilenceMs: 500,
    keep: false,
    modelIdleMs: 1_000,
    ...parts,
  };
}
