import type { Selectable } from "kysely";
import { parseJson, type Json } from "../../kit/json.ts";
import type { CapWishes } from "../../model/cap.ts";
import { AGENT_KINDS, IDEA_STATES, type Idea } from "../../model/idea.ts";
import { idOf } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";
import type { IdeasTable } from "../delivery-tables.ts";
import { oneOf } from "../one-of.ts";

/** Only `registerIdea` and `changeIdea` write these rows, so text is redacted and JSON has its shape. */
export function ideaOf(row: Selectable<IdeasTable>): Idea {
  return {
    id: idOf.idea(row.id),
    title: row.title as Redacted,
    spec: row.spec as Redacted,
    goal: row.goal as Redacted,
    risk: row.risk as Redacted | null,
    labels: parseJson(row.labels) as readonly string[],
    repository: row.repository,
    targetBranch: row.target_branch,
    agent: oneOf(AGENT_KINDS, row.agent, "ideas.agent"),
    script: row.script === null ? null : (parseJson(row.script) as Json),
    caps: parseJson(row.caps) as CapWishes,
    state: oneOf(IDEA_STATES, row.state, "ideas.state"),
    stateBefore: row.state_before === null ? null : oneOf(IDEA_STATES, row.state_before, "ideas.state_before"),
    reason: row.reason,
    detail: row.detail as Redacted | null,
    origin: row.origin,
    specHash: row.spec_hash,
    simulated: row.simulated === 1,
    createdAt: row.created_at as Instant,
    updatedAt: row.updated_at as Instant,
  };
}
