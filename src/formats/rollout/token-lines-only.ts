import type { RawLine, TraceRecord } from "../record.ts";
import { bufferOf } from "./line-head.ts";
import { rolloutReader } from "./rollout-reader.ts";

/** Lines that a token counter must see: usage itself, the model, and what tells copied lines from a thread's own. */
const WANTED =
  /"type":"(?:token_usage_record|turn_context|session_meta|inter_agent_communication_metadata|event_msg","payload":\{"type":"(?:token_count|task_started|turn_started))"|^\{"id":"/;
/** The type stands behind a time and, since 0.149, an ordinal. */
const HEAD_BYTES = 150;

/** The records of a rollout line that matter for tokens; none for all other lines, which are judged by their head alone. */
export function readTokenLine(line: RawLine): readonly TraceRecord[] {
  const head = bufferOf(line.head).toString("latin1", 0, HEAD_BYTES);
  return WANTED.test(head) ? rolloutReader.read(line).records : NOTHING;
}

const NOTHING: readonly TraceRecord[] = [];
