import { z } from "zod";
import type { Result } from "../../kit/result.ts";
import type { Problem } from "../../model/problem.ts";
import { readStrictYaml, type WrittenFile } from "../strict-yaml.ts";
import { mistakesIn } from "./mistakes-in.ts";
import type { Script } from "./script.ts";

/** Reads the steps of a scripted agent from YAML: every mistake is listed with its place. */
export function parseScript(file: WrittenFile): Result<Script, readonly Problem[]> {
  return readStrictYaml(file, { schema: z.custom<Script>(), together: mistakesIn });
}
