import { sha256 } from "../../../kit/hash.ts";
import { SIGNAL_TABLE } from "./table.ts";

/** One word for all rules in force: it changes whenever a rule comes, goes or gets a new version. */
export const RULES_VERSION: string = sha256(
  SIGNAL_TABLE.map((rule) => `${rule.category}:${rule.version}`).join(","),
).slice(0, 16);
