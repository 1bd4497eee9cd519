import { objectAt, stringAt } from "../../kit/json.ts";
import { ignored } from "./event-lines.ts";
import { lacking, tokensOf, type ReadPayload } from "./payload.ts";

/** `token_usage_record`: what one model response cost. */
export const readUsageRecord: ReadPayload = (record, at) => {
  const responseId = stringAt(record, "response_id");
  const tokens = tokensOf(record["usage"]);
  if (responseId === null || tokens === null) return lacking(responseId === null ? "response_id" : "usage");
  const turnId = stringAt(record, "turn_id");
  return [{ kind: "usage", at, turnId, responseId, tokens, threadId: stringAt(record, "thread_id") }];
};

/** `token_count`: running totals; its `info` is null before the first response. */
export const readTokenCount: ReadPayload = (event, at) => {
  const info = objectAt(event, "info");
  const total = tokensOf(info?.["total_token_usage"]);
  const last = tokensOf(info?.["last_token_usage"]);
  return total === null || last === null
    ? ignored("event_msg/token_count")
    : [{ kind: "token_count", at, total, last }];
};
