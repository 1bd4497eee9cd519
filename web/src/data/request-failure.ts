import type { FailureBody } from "../../../src/views/shapes/failure.ts";

type FailureLines = FailureBody["error"];

/** An answer that is not what was asked for, in the three lines that every error of Codex Loop has. */
export class RequestFailure extends Error {
  readonly lines: FailureLines;
  readonly status: number | null;

  constructor(lines: FailureLines, status: number | null) {
    super(lines.message);
    this.name = "RequestFailure";
    this.lines = lines;
    this.status = status;
  }
}

/** What a thrown value says, in three lines; anything but a `RequestFailure` is a bug of the page. */
export function linesOf(error: unknown): FailureLines {
  if (error instanceof RequestFailure) return error.lines;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "failed",
    message: `This page broke: ${message}`,
    cause: "This is a bug in the console.",
    hint: "Do this: report it with the address you opened.",
    retry: "never",
  };
}

export const UNREACHABLE: FailureLines = {
  code: "try_later",
  message: "The server does not answer.",
  cause: "It was stopped, or it is just starting.",
  hint: "Do this: run `codex-loop up`; the page comes back by itself.",
  retry: "later",
};

export function isFailureBody(value: unknown): value is FailureBody {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const { error } = value;
  return typeof error === "object" && error !== null && "message" in error && "cause" in error && "hint" in error;
}
