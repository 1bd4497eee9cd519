/** Every screen and the words its address may carry. The address is the whole state of a screen. */
import { createHashHistory, createRootRouteWithContext, createRoute, createRouter, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { LiveStream } from "./data/live.ts";
import { countIn, usageKeyIn, wordIn, type RawSearch } from "./data/address.ts";
import { IdeaPage } from "./pages/idea.tsx";
import { IdeasPage } from "./pages/ideas.tsx";
import { ReportPage } from "./pages/report.tsx";
import { RunPage } from "./pages/run.tsx";
import { RunsPage } from "./pages/runs.tsx";
import { SearchPage } from "./pages/search.tsx";
import { SessionPage } from "./pages/session.tsx";
import { SessionsPage } from "./pages/sessions.tsx";
import { SignalsPage } from "./pages/signals.tsx";
import { UsagePage } from "./pages/usage.tsx";
import { FailurePanel } from "./parts/answer.tsx";
import { Page } from "./parts/page.tsx";
import { Shell } from "./parts/shell.tsx";

export interface ConsoleContext {
  readonly live: LiveStream;
}

const root = createRootRouteWithContext<ConsoleContext>()({ component: Shell, notFoundComponent: NotFound });

const report = createRoute({ getParentRoute: () => root, path: "/", component: ReportPage });

const sessions = createRoute({
  getParentRoute: () => root,
  path: "/sessions",
  validateSearch: (raw: RawSearch) => ({ ...wordIn(raw, "q"), ...wordIn(raw, "outcome"), ...wordIn(raw, "with") }),
  component: SessionsPage,
});

const session = createRoute({
  getParentRoute: () => root,
  path: "/sessions/$id",
  validateSearch: (raw: RawSearch) => ({ ...countIn(raw, "seq"), ...wordIn(raw, "segment"), ...countIn(raw, "line") }),
  component: SessionPage,
});

const signals = createRoute({
  getParentRoute: () => root,
  path: "/signals",
  validateSearch: (raw: RawSearch) => ({
    ...wordIn(raw, "category"),
    ...wordIn(raw, "session"),
    ...wordIn(raw, "type"),
  }),
  component: SignalsPage,
});

const usage = createRoute({
  getParentRoute: () => root,
  path: "/usage",
  validateSearch: (raw: RawSearch) => usageKeyIn(raw),
  component: UsagePage,
});

const search = createRoute({
  getParentRoute: () => root,
  path: "/search",
  validateSearch: (raw: RawSearch) => wordIn(raw, "text"),
  component: SearchPage,
});

const ideas = createRoute({ getParentRoute: () => root, path: "/ideas", component: IdeasPage });

const idea = createRoute({ getParentRoute: () => root, path: "/ideas/$id", component: IdeaPage });

const runs = createRoute({
  getParentRoute: () => root,
  path: "/runs",
  validateSearch: (raw: RawSearch) => ({ ...wordIn(raw, "q"), ...wordIn(raw, "state"), ...wordIn(raw, "agent") }),
  component: RunsPage,
});

const run = createRoute({
  getParentRoute: () => root,
  path: "/runs/$id",
  validateSearch: (raw: RawSearch) => wordIn(raw, "show"),
  component: RunPage,
});

const tree = root.addChildren([report, sessions, session, signals, usage, search, ideas, idea, runs, run]);

/** Hash addresses, so that no server has to know the screens; plain `name=value` pairs, so that people can write them. */
export function consoleRouter(context: ConsoleContext) {
  return createRouter({
    routeTree: tree,
    context,
    history: createHashHistory(),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (words) => {
      const pairs = Object.entries(words).filter(([, value]) => value !== undefined && value !== "");
      const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
      return text === "" ? "" : `?${text}`;
    },
    scrollRestoration: true,
    defaultErrorComponent: Broken,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof consoleRouter>;
  }
}

function Broken({ error }: { readonly error: unknown }): ReactElement {
  return (
    <Page title="Something broke" command={["report"]}>
      <FailurePanel error={error} />
    </Page>
  );
}

function NotFound(): ReactElement {
  return (
    <Page title="Nothing here" command={["report"]}>
      <p className="text-muted">
        No screen has this address.{" "}
        <Link to="/" className="text-accent underline">
          Open the report
        </Link>
      </p>
    </Page>
  );
}
