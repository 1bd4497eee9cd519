import type { RuleTester } from "oxlint/plugins-dev";

/** A rule as oxlint loads it; its own package exports no name for the type. */
export type LintRule = Parameters<RuleTester["run"]>[1];
