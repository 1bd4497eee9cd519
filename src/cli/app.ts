/** Every command by name. Nouns then verbs; the daily verbs stand alone, as scripts of the predecessor spell them. */
import { buildApplication, buildRouteMap, text_en, type Application } from "@stricli/core";
import { programVersion } from "../world/program.ts";
import { auditRoutes } from "./audit.ts";
import { compatCommand } from "./compat.ts";
import { completeCommand, completionCommand } from "./completion.ts";
import { configRoutes } from "./config.ts";
import type { Context } from "./context.ts";
import { dailyCommand } from "./daily.ts";
import { doctorCommand } from "./doctor.ts";
import { helpRoutes } from "./help.ts";
import { ingestCommand } from "./ingest.ts";
import { reportCommand } from "./report.ts";
import { searchCommand } from "./search.ts";
import { sessionsRoutes } from "./sessions.ts";
import { signalsCommand } from "./signals.ts";
import { initCommand, storeRoutes } from "./store.ts";
import { traceRoutes } from "./trace.ts";
import { upCommand } from "./up.ts";
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
    trace: traceRoutes,
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
    fullDescription:
      "Reads Codex recordings, finds friction and delight, and says what friction cost.\n\nEXAMPLES\n  codex-loop up                 read, report and open the console\n  codex-loop report             what to mend first\n  codex-loop sessions list      sessions, the latest first\n  codex-loop usage --by model   tokens and money\n\nEvery command takes --json, --store PATH, --quiet, --no-color, --debug: codex-loop help options",
    hideRoute: { complete: true },
  },
});

export const app: Application<Context> = buildApplication(routes, {
  name: "codex-loop",
  versionInfo: { currentVersion: programVersion() },
  scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
  documentation: { caseStyle: "convert-camel-to-kebab", disableAnsiColor: true },
  localization: { text: text_en },
});
