import type { Redacted } from "../../model/redacted.ts";
import type { Insertable, Selectable } from "kysely";
import { idOf } from "../../model/ids.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { Instant } from "../../model/time.ts";
import type { TokenUsage } from "../../model/trace.ts";
import type { TokenUsageTable } from "../schema.ts";

export function usageRow(usage: TokenUsage): Insertable<TokenUsageTable> {
  return {
    response_id: usage.responseId,
    session_id: usage.sessionId,
    segment: usage.segment,
    offset: usage.offset,
    line: usage.line,
    turn_id: usage.turnId,
    model: usage.model,
    input: usage.input,
    cached_input: usage.cachedInput,
    cache_write_input: usage.cacheWriteInput,
    output: usage.output,
    reasoning: usage.reasoning,
    total: usage.total,
    at: usage.at,
    provenance: usage.provenance,
  };
}

/** A row as the model knows it; the casts hold because `usageRow` wrote it. */
export function usageOf(row: Selectable<TokenUsageTable>): TokenUsage {
  return {
    responseId: idOf.response(row.response_id),
    sessionId: idOf.session(row.session_id),
    segment: idOf.segment(row.segment),
    offset: row.offset,
    line: row.line,
    turnId: row.turn_id === null ? null : idOf.turn(row.turn_id),
    model: row.model as Redacted | null,
    input: row.input,
    cachedInput: row.cached_input,
    cacheWriteInput: row.cache_write_input,
    output: row.output,
    reasoning: row.reasoning,
    total: row.total,
    at: row.at as Instant | null,
    provenance: row.provenance as Provenance,
  };
}
