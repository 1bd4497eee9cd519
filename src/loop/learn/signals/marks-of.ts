import type { Mark, MarkKind, SessionTrace } from "../../../model/trace.ts";

/** Marks of one kind, in thread order. */
export function marksOf(trace: SessionTrace, kind: MarkKind): readonly Mark[] {
  return trace.marks.filter((mark) => mark.kind === kind);
}

/** An error event that says time ran out. */
export function saysTimeout(mark: Mark): boolean {
  return /time(?:d[ -]?|-)?out/i.test(mark.detail);
}
