import { z } from "zod";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Problem } from "../../model/problem.ts";
import { readStrictYaml } from "../strict-yaml.ts";
import { mistakeIn } from "./mistake-in.ts";
import type { Script } from "./script.ts";

export interface ScriptFile {
  /** As messages name it. */
  readonly path: string;
  readonly text: string;
}

/** Reads the steps of a scripted agent from YAML; the first mistake is named with file, line and column. */
export function parseScript({ path, text }: ScriptFile): Result<Script, Failure> {
  const read = readStrictYaml({ file: path, text }, scriptForm());
  if (read.ok) return ok(read.value.value);
  const [problem] = read.failure;
  if (problem === undefined) throw new Error("a file was refused without a reason");
  return fail(invalid(problem));
}

/** A union of seven forms would say of every mistake that none of the seven fits. */
function scriptForm(): z.ZodType<Script> {
  return z.custom<Script>().superRefine((value, context) => {
    const mistake = mistakeIn(value);
    if (mistake !== null) context.addIssue({ code: "custom", path: [...mistake.place], message: mistake.why });
  });
}

function invalid({ at, message }: Problem): Failure {
  return {
    code: "usage",
    message: `${at}: the script cannot be replayed.`,
    cause: message,
    hint: "Do this: mend that line; docs/formats/script.md has every step.",
    retry: "never",
  };
}
