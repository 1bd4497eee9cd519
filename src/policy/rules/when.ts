import type { PathTestMaker } from "../../kit/glob.ts";
import type { When } from "../../model/policy.ts";
import { doubtOf, knownValue, type Given } from "./known.ts";

/** Whether a rule is about a change; with a doubt where a fact that decides it does not count. */
export type Application = "yes" | "no" | { readonly fact: string; readonly doubt: string };

/** One condition that is not met is enough for "no", even where others cannot be seen. */
export function compileWhen(when: When, makeTest: PathTestMaker): (given: Given) => Application {
  const conditions: ((given: Given) => Application)[] = [];
  const { actor, labelsAny, paths } = when;
  if (actor !== null) conditions.push(({ facts }) => yesNo(facts.actor === actor));
  if (labelsAny !== null) conditions.push((given) => hasLabel(labelsAny, given));
  if (paths !== null) conditions.push(touches(makeTest(paths)));
  return (given) => {
    const met = conditions.map((condition) => condition(given));
    if (met.includes("no")) return "no";
    return met.find((one) => one !== "yes") ?? "yes";
  };
}

function hasLabel(wanted: readonly string[], given: Given): Application {
  const labels = knownValue(given.facts.labels, given);
  if (labels === null) return doubtful("labels", given);
  const lower = new Set(wanted.map((label) => label.toLowerCase()));
  return yesNo(labels.some((label) => lower.has(label.toLowerCase())));
}

function touches(test: (path: string) => boolean): (given: Given) => Application {
  return (given) => {
    const files = knownValue(given.facts.files, given);
    return files === null ? doubtful("files", given) : yesNo(files.some(({ path }) => test(path)));
  };
}

function doubtful(fact: "labels" | "files", given: Given): Application {
  return { fact, doubt: `${fact} ${doubtOf(given.facts[fact], given) ?? ""}` };
}

function yesNo(is: boolean): Application {
  return is ? "yes" : "no";
}
