import { open, type FileHandle } from "node:fs/promises";
import { notText, tooLarge } from "../formats/mistake.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { problemsFailure } from "../model/problems-failure.ts";

/** The text of a file that a person named, at most `limit` bytes of it. What is no text is said to be that, whatever its size. */
export async function readLimited(
  path: string,
  { limit, what }: { readonly limit: number; readonly what: string },
): Promise<Result<string, Failure>> {
  try {
    await using file = await open(path, "r");
    const facts = await file.stat();
    if (facts.isDirectory()) return fail(notReadable(path, what, "It is a folder."));
    const bytes = await firstBytes(file, limit + 1);
    const isCut = bytes.length > limit;
    // Where it is cut, one character may be.
    const text = isCut ? bytes.toString("utf8").replace(/\ufffd$/, "") : bytes.toString("utf8");
    const size = { bytes: facts.isFile() ? facts.size : null, limit };
    const problem = notText(path, text) ?? (isCut ? tooLarge(path, size) : null);
    return problem === null ? ok(text) : fail(problemsFailure(what, [problem]));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return fail(error.code === "ENOENT" ? missing(path, what) : notReadable(path, what, error.message));
  }
}

async function firstBytes(file: FileHandle, count: number): Promise<Buffer> {
  const buffer = Buffer.alloc(count);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, count - length, null);
    length += bytesRead;
    if (bytesRead === 0 || length === count) return buffer.subarray(0, length);
  }
}

function missing(path: string, what: string): Failure {
  return {
    code: "path_missing",
    message: `There is nothing at ${path}.`,
    cause: `It was named as the ${what}.`,
    hint: "Do this: check the spelling.",
    retry: "never",
  };
}

function notReadable(path: string, what: string, cause: string): Failure {
  return {
    code: "usage",
    message: `The ${what} ${path} cannot be read.`,
    cause,
    hint: "Do this: name a text file that you may read.",
    retry: "never",
  };
}
