import { expect, test } from "vitest";
import { detectReader } from "../detect.ts";

const item = (id: string): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      timestamp: "2026-11-20T02:33:00.886Z",
      ordinal: 15,
      type: "event_msg",
      payload: {
        type: "item_completed",
        thread_id: "01a1f6cc-d141-7c00-b310-1386da479849",
        turn_id: "01a1f6cc-d153-76f1-8d51-61bdd5f72ae5",
        item: { type: "CommandExecution", id, command: ["ls"], status: "completed", exit_code: 0 },
        started_at_ms: 1,
        completed_at_ms: 2,
      },
    }),
  );

function kindsOf(id: string, known: string): readonly string[] {
  const head = item(id);
  const reader = detectReader({ name: "rollout-x.jsonl", firstLine: head });
  const read = reader?.read({ head, tail: null, length: head.length }, (callId) => callId === known);
  return read?.records.map((record) => record.kind) ?? [];
}

test("[TRC-6] an item of a call whose output is still to come is passed over, any other is read", () => {
  expect(kindsOf("call_1", "call_1")).toEqual(["ignored"]);
  expect(kindsOf("exec-77b8cbb4-c585-4091-901c-ca742b094f62", "call_1")).toEqual(["call_item"]);
});
