import type { AnswerEnd } from "./read-answer.ts";

/** Watches an answer pass by. It keeps no more of it than one event, and never more than its limit. */
export interface AnswerReader {
  push(chunk: Uint8Array): void;
  /** Nothing more comes. */
  finish(): void;
  /** What the answer has said of its end so far; `null`: nothing yet. */
  seen(): AnswerEnd | null;
}

/** The largest event or document that is looked into. The end of a response repeats all of its output. */
export const ANSWER_LIMIT: number = 32 * 1024 * 1024;
