import type { SelectQueryBuilder } from "kysely";
import type { Schema } from "../schema.ts";

/** A query that says which sessions, in the order they are wanted; it selects nothing yet. */
export type ChosenSessions = SelectQueryBuilder<Schema, "sessions", object>;
