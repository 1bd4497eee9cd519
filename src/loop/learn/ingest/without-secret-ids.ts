import type { CallVerdict, TraceRecord } from "../../../formats/record.ts";
import type { Excerpts } from "./excerpts.ts";

/**
 * The record with no secret in what names things: its ids, the numbers of processes, the version. Done before anything
 * else looks at it, because ids are kept in rows, in the fold's checkpoint and in other ids.
 */
export function withoutSecretIds(record: TraceRecord, excerpts: Excerpts): TraceRecord {
  const idOrNull = (text: string | null): string | null => (text === null ? null : excerpts.id(text));
  switch (record.kind) {
    case "session":
      return replaced(record, {
        id: excerpts.id(record.id),
        rootId: idOrNull(record.rootId),
        parentId: idOrNull(record.parentId),
        forkedFromId: idOrNull(record.forkedFromId),
        cliVersion: record.cliVersion === null ? null : excerpts.word(record.cliVersion),
      });
    case "context":
    case "turn_started":
    case "turn_ended":
    case "message":
      return replaced(record, { turnId: idOrNull(record.turnId) });
    case "call_started": {
      const { callId, turnId, process } = record;
      return replaced(record, { callId: excerpts.id(callId), turnId: idOrNull(turnId), process: idOrNull(process) });
    }
    case "call_ended":
      return replaced(record, { callId: excerpts.id(record.callId), verdict: verdictOf(record.verdict, idOrNull) });
    case "call_item": {
      const { callId, turnId, verdict } = record;
      const ids = { callId: excerpts.id(callId), turnId: idOrNull(turnId) };
      return replaced(record, { ...ids, verdict: verdictOf(verdict, idOrNull) });
    }
    case "usage": {
      const ids = { turnId: idOrNull(record.turnId), responseId: excerpts.id(record.responseId) };
      return replaced(record, { ...ids, threadId: idOrNull(record.threadId ?? null) });
    }
    case "mark":
      return replaced(record, { callId: idOrNull(record.callId), turnId: idOrNull(record.turnId) });
    default:
      return record;
  }
}

function verdictOf(verdict: CallVerdict, idOrNull: (text: string | null) => string | null): CallVerdict {
  return replaced(verdict, { process: idOrNull(verdict.process) });
}

/** A copy only where something changed: nearly no record does, and items work out their text on demand. */
function replaced<T extends object>(whole: T, parts: Partial<T>): T {
  for (const name in parts) {
    if ((parts[name] ?? null) !== (whole[name] ?? null)) return { ...whole, ...parts };
  }
  return whole;
}
