/** What every screen stands in: navigation, search, the state of the live stream, the sample banner, the keys. */
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { type ReactElement, useRef } from "react";
import { readyQuery } from "../data/queries.ts";
import { useLiveState } from "../data/live.ts";
import { useIsOperator } from "../data/operator.ts";
import { Icon } from "./icon.tsx";
import { KeysSheet } from "./keys-sheet.tsx";
import { ReadAgain } from "./read-again.tsx";
import { SearchBox } from "./search-box.tsx";
import { useShellKeys } from "./use-keys.ts";

const SCREENS = [
  { to: "/", name: "Report" },
  { to: "/sessions", name: "Sessions" },
  { to: "/signals", name: "Signals" },
  { to: "/usage", name: "Usage" },
  { to: "/ideas", name: "Ideas" },
  { to: "/runs", name: "Runs" },
] as const;

export function Shell(): ReactElement {
  const keys = useRef<HTMLDialogElement>(null);
  useShellKeys(() => keys.current?.showModal());
  return (
    <>
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
        className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-2 focus:z-20 focus:rounded focus:bg-surface focus:px-3 focus:py-1.5"
      >
        Skip to the facts
      </a>
      <header className="sticky top-0 z-10 border-b border-line bg-surface">
        <div className="mx-auto flex h-12 max-w-[84rem] items-center gap-4 px-5">
          <Brand />
          <Screens />
          <div className="ms-auto flex min-w-0 items-center gap-3">
            <SearchBox />
            <Operator />
            <LiveMark />
            <button
              type="button"
              onClick={() => keys.current?.showModal()}
              aria-label="Keys"
              title="Keys (?)"
              className="size-6 shrink-0 rounded-md border border-line text-small text-muted hover:bg-hover hover:text-ink"
            >
              ?
            </button>
          </div>
        </div>
        <SampleBanner />
      </header>
      <Outlet />
      <KeysSheet dialog={keys} />
    </>
  );
}

function Brand(): ReactElement {
  return (
    <Link
      to="/"
      className="flex items-center gap-2 font-semibold tracking-tight whitespace-nowrap"
      aria-label="Codex Loop, the report"
    >
      <svg
        viewBox="0 0 32 32"
        aria-hidden="true"
        className="size-5 text-accent"
        fill="none"
        stroke="currentColor"
        strokeWidth="3.4"
        strokeLinecap="round"
      >
        <path d="M26.5 12.5A11 11 0 0 0 5.6 13M5.5 19.5A11 11 0 0 0 26.4 19" />
        <circle cx="16" cy="16" r="3.2" fill="currentColor" stroke="none" />
      </svg>
      <span className="max-md:sr-only">Codex Loop</span>
    </Link>
  );
}

function Screens(): ReactElement {
  return (
    <nav aria-label="Screens" className="flex gap-0.5">
      {SCREENS.map(({ to, name }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === "/", includeSearch: false }}
          activeProps={{ className: "bg-hover text-ink font-medium" }}
          inactiveProps={{ className: "text-muted hover:text-ink hover:bg-hover" }}
          className="rounded-md px-2.5 py-1"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** Said on every screen, because no figure of the samples is about the reader's own work. */
function SampleBanner(): ReactElement | null {
  const { data } = useQuery(readyQuery);
  if (data?.sample_data !== true) return null;
  return (
    <div role="note" aria-label="sample data" className="border-t border-line bg-caution-soft text-caution">
      <p className="mx-auto flex max-w-[84rem] items-center gap-2 px-5 py-1.5 text-small">
        <Icon name="alert" />
        <span>
          <strong className="font-semibold">sample data</strong>: recordings shipped with Codex Loop, not yours. Read
          your own with <code className="font-mono">codex-loop ingest</code>.
        </span>
      </p>
    </div>
  );
}

function Operator(): ReactElement | null {
  return useIsOperator() ? <ReadAgain /> : null;
}

const LIVE_WORDS = { connecting: "connecting", live: "live", lost: "not connected" } as const;
const LIVE_TONES = { connecting: "text-faint", live: "text-delight", lost: "text-friction" } as const;

function LiveMark(): ReactElement {
  const state = useLiveState(useRouter().options.context.live);
  return (
    <output className={`inline-flex items-center gap-1.5 text-small whitespace-nowrap ${LIVE_TONES[state]}`}>
      <span
        aria-hidden="true"
        className={`size-2 rounded-full border-2 border-current ${state === "live" ? "bg-current" : ""}`}
      />
      {LIVE_WORDS[state]}
    </output>
  );
}
