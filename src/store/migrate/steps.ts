import { sha256 } from "../../kit/hash.ts";
import { firstSchemaPostgres } from "./0001-first-schema.postgres.ts";
import { firstSchemaSqlite } from "./0001-first-schema.sqlite.ts";
import { agentRunsPostgres } from "./0002-agent-runs.postgres.ts";
import { agentRunsSqlite } from "./0002-agent-runs.sqlite.ts";

/** One numbered change of the schema, spelled for both dialects. A landed step is never edited: its checksum is stored. */
export interface Step {
  readonly version: number;
  readonly name: string;
  readonly sqlite: string;
  readonly postgres: string;
}

export const STEPS: readonly Step[] = [
  { version: 1, name: "first schema", sqlite: firstSchemaSqlite, postgres: firstSchemaPostgres },
  { version: 2, name: "agent runs", sqlite: agentRunsSqlite, postgres: agentRunsPostgres },
];

/** Over the DDL of one dialect, so that mending one dialect's text does not disturb stores of the other. */
export function checksumOf(step: Step, kind: "sqlite" | "postgres"): string {
  return sha256(step[kind]);
}
