import { numberAt, objectAt, stringAt } from "../../kit/json.ts";
import { instantOrNull, type Instant } from "../../model/time.ts";
import { callInput, stringsOf } from "../call-input.ts";
import { exitVerdict, verdict } from "../call-verdict.ts";
import { changesOfItem } from "../patch-changes.ts";
import type { CallItem, CallVerdict, RawChange, TraceRecord } from "../record.ts";
import { contentText, durationMs, lacking, type Payload, type ReadPayload } from "./payload.ts";

type ReadItem = (item: Payload, place: ItemPlace) => readonly TraceRecord[];

interface ItemPlace {
  readonly at: Instant | null;
  readonly turnId: string | null;
  /** Milliseconds since the epoch. */
  readonly startedMs: number | null;
}

/** `item_completed` of one item type, as a reader of its payload. */
export function itemReader(read: ReadItem): ReadPayload {
  return (payload, at) => {
    const item = objectAt(payload, "item");
    if (item === null) return lacking("item");
    return read(item, { at, turnId: stringAt(payload, "turn_id"), startedMs: numberAt(payload, "started_at_ms") });
  };
}

export const readUserMessage: ReadItem = (item, { at, turnId }) => [
  { kind: "message", at, turnId, role: "user", text: contentText(item["content"]) },
];

export const readAgentMessage: ReadItem = (item, { at, turnId }) => [
  { kind: "message", at, turnId, role: "agent", text: contentText(item["content"]) },
];

/** A command that ran. Its id is the call's, or `exec-<uuid>` when a code cell ran it. */
export const readCommandItem: ReadItem = (item, place) => {
  const output = stringAt(item, "aggregated_output") ?? stringAt(item, "stdout") ?? "";
  const exitCode = numberAt(item, "exit_code");
  const statedMs = durationMs(item["duration"]);
  const how = exitCode === null ? statusVerdict(item, output) : exitVerdict(exitCode, output, statedMs);
  const command = stringsOf(item["command"]) ?? [];
  const facts = { tool: "exec_command", given: { command }, verdict: how, place };
  return callItem(item, command.some((word) => word.includes("*** Begin Patch")) ? facts : { ...facts, changes: [] });
};

/** A patch that was tried; `declined` when a person said no. */
export const readFileChangeItem: ReadItem = (item, place) => {
  const output = [stringAt(item, "stdout"), stringAt(item, "stderr")].filter(Boolean).join("\n");
  const changes = changesOfItem(item["changes"]);
  const given = changes.map(({ path }) => path).join(" ");
  return callItem(item, { tool: "apply_patch", given, verdict: statusVerdict(item, output), place, changes });
};

/** A tool server's answer; the only place that says it failed. */
export const readMcpItem: ReadItem = (item, place) => {
  const tool = `mcp ${stringAt(item, "server") ?? ""}.${stringAt(item, "tool") ?? ""}`;
  const result = objectAt(item, "result");
  const output = result === null ? (stringAt(item["error"], "message") ?? "") : contentText(result["content"]);
  const how = result?.["isError"] === true ? verdict("failed", output) : statusVerdict(item, output);
  const statedMs = durationMs(item["duration"]);
  return callItem(item, { tool, given: item["arguments"], verdict: { ...how, statedMs }, place });
};

/** A call between agents. */
export const readCollabItem: ReadItem = (item, place) => {
  const tool = stringAt(item, "tool") ?? "collab";
  return callItem(item, { tool, given: stringAt(item, "prompt") ?? "", verdict: statusVerdict(item, ""), place });
};

/** Tools the host provides, searches, images: named by what they are. */
export function otherToolItem(tool: string): ReadItem {
  return (item, place) => {
    const given = item["arguments"] ?? stringAt(item, "query") ?? stringAt(item, "path") ?? "";
    return callItem(item, { tool: stringAt(item, "tool") ?? tool, given, verdict: statusVerdict(item, ""), place });
  };
}

/** The verdict of an item's own status word. */
export function statusVerdict(item: Payload, output: string): CallVerdict {
  const status = (stringAt(item, "status") ?? "completed").toLowerCase();
  if (status === "declined") return verdict("denied_by_user", output);
  if (status === "in_progress" || status === "inprogress") return verdict("running", output);
  return verdict(status === "failed" || item["success"] === false ? "failed" : "ok", output);
}

interface ItemFacts {
  readonly tool: string;
  readonly given: unknown;
  readonly verdict: CallVerdict;
  readonly place: ItemPlace;
  readonly changes?: readonly RawChange[];
}

/** A finished call from an item that has an `id` (or a `call_id`, in older events). */
export function callItem(
  item: Payload,
  { tool, given, verdict: how, place, changes }: ItemFacts,
): readonly TraceRecord[] {
  const callId = stringAt(item, "id") ?? stringAt(item, "call_id");
  if (callId === null) return lacking("id");
  const asked = onDemand(() => callInput(tool, given));
  const { at, turnId } = place;
  const startedAt = startOf(place.startedMs);
  const record: CallItem = {
    kind: "call_item",
    at,
    turnId,
    startedAt,
    callId,
    tool,
    get input() {
      return asked().input;
    },
    get family() {
      return asked().family;
    },
    verdict: how,
    changes: changes ?? asked().changes,
  };
  return [record];
}

/** Items mostly repeat calls that are known, so what a call was asked to do is worked out only when somebody looks. */
function onDemand<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

function startOf(ms: number | null): Instant | null {
  return ms === null || ms <= 0 ? null : instantOrNull(ms);
}
