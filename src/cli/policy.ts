import { buildRouteMap, type RouteMap } from "@stricli/core";
import type { Context } from "./context.ts";
import { policyCheckCommand } from "./policy-check.ts";
import { policyReplayCommand } from "./policy-replay.ts";

export const policyRoutes: RouteMap<Context> = buildRouteMap({
  routes: { check: policyCheckCommand, replay: policyReplayCommand },
  docs: { brief: "What the rules of a repository say to changes" },
});
