import { open } from "node:fs/promises";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";

/** A text file that a person named, at most `limit` bytes and one of it, so that whoever judges its size can. */
export async function readLimited(
  path: string,
  { limit, what }: { readonly limit: number; readonly what: string },
): Promise<Result<string, Failure>> {
  try {
    await using file = await open(path, "r");
    if ((await file.stat()).isDirectory()) return fail(notReadable(path, what, "It is a folder."));
    const buffer = Buffer.alloc(limit + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) return ok(buffer.subarray(0, length).toString("utf8"));
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return fail(error.code === "ENOENT" ? missing(path, what) : notReadable(path, what, error.message));
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
