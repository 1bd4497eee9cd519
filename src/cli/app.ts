/** Every command by name. Nouns then verbs; the daily verbs stand alone, as scripts of the predecessor spell them. */
import { type Application, buildApplication, buildRouteMap, type StricliIntegration } from "@stricli/core";
import { approvalsRoutes } from "./approvals.ts";
import { auditRoutes } from "./audit.ts";
import { budgetRoutes } from "./budget.ts";
import { compatCommand } from "./compat.ts";
import { completeCommand, completionCommand } from "./completion.ts";
import { configRoutes } from "./config.ts";
import type { Context } from "./context.ts";
import { pauseCommand, resumeCommand, stopCommand } from "./controls.ts";
import { dailyCommand } from "./daily.ts";
import { demoRoutes } from "./demo.ts";
import { doctorCommand } from "./doctor.ts";
import { drillCommand } from "./drill.ts";
import { explainCommand } from "./explain.ts";
import { helpPage } from "./help-page.ts";
import { helpRoutes } from "./help.ts";
import { ideaRoutes } from "./idea.ts";
import { ingestCommand } from "./ingest.ts";
import { kpiCommand } from "./kpi.ts";
import { policyRoutes } from "./policy.ts";
import { reportCommand } from "./report.ts";
import { runRoutes } from "./run.ts";
import { searchCommand } from "./search.ts";
import { sessionsRoutes } from "./sessions.ts";
import { signalsCommand } from "./signals.ts";
import { initCommand, storeRoutes } from "./store.ts";
import { traceRoutes } from "./trace.ts";
import { triageCommand } from "./triage.ts";
import { upCommand } from "./up.ts";
import { usageText } from "./usage-text.ts";
import { usageCommand } from "./usage.ts";

const routes = buildRouteMap({
  routes: {
    up: upCommand,
    daily: dailyCommand,
    ingest: ingestCommand,
    report: reportCommand,
    sessions: sessionsRoutes,
    signals: signalsCommand,
    search: searchCommand,
    usage: usageCommand,
    idea: ideaRoutes,
    run: runRoutes,
    approvals: approvalsRoutes,
    budget: budgetRoutes,
    demo: demoRoutes,
    explain: explainCommand,
    trace: traceRoutes,
    kpi: kpiCommand,
    drill: drillCommand,
    triage: triageCommand,
    pause: pauseCommand,
    resume: resumeCommand,
    stop: stopCommand,
    policy: policyRoutes,
    compat: compatCommand,
    init: initCommand,
    store: storeRoutes,
    audit: auditRoutes,
    config: configRoutes,
    doctor: doctorCommand,
    completion: completionCommand,
    complete: completeCommand(() => app),
    help: helpRoutes,
  },
  docs: {
    brief: "Learns from every trace that coding agents leave",
    fullDescription: [
      "codex-loop up                 read, report and open the console",
      "codex-loop report             what to mend first",
      "codex-loop sessions list      sessions, the latest first",
      "codex-loop usage --by model   tokens and money",
      "codex-loop idea add --help    hand in work for an agent",
    ].join("\n"),
    hideRoute: { complete: true },
  },
});

const help: StricliIntegration<Context> = {
  flag: {
    brief: "What it does, with examples",
    aliases: ["h"],
    global: true,
    defaultForRouteMap: true,
    run(_app, { result }) {
      this.process.stdout.write(helpPage(result.target, result.prefix));
    },
  },
};

/** Edits that still count as a slip of the fingers; a word further off gets no suggestion. */
const SLIP = { threshold: 4, weights: { insertion: 1, deletion: 3, substitution: 2, transposition: 0 } };

export const app: Application<Context> = buildApplication(
  routes,
  {
    name: "codex-loop",
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true, distanceOptions: SLIP },
    documentation: { caseStyle: "convert-camel-to-kebab", disableAnsiColor: true },
    localization: { text: usageText },
  },
  { help },
);
