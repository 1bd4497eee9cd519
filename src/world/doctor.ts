import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../adapters/process/find-program.ts";
import { environment } from "../config/environment.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import type { Clock } from "../kit/clock.ts";
import type { Random } from "../kit/random.ts";
import type { DoctorCheck } from "./doctor-check.ts";
import { codexCheck, modelKeyCheck, sandboxCheck } from "./doctor-codex.ts";
import { codeHostReady } from "./no-code-host.ts";
import { codexHomeExists, recordingPaths } from "./recordings.ts";
import { openStore } from "./store.ts";

/** Looks at everything commands depend on and says how to mend what is missing. Never creates anything. */
export async function examine(
  config: LoadedConfig,
  around: { readonly clock: Clock; readonly random: Random },
): Promise<readonly DoctorCheck[]> {
  const forRuns = await Promise.all([codexCheck(config), modelKeyCheck(config), sandboxCheck(config)]);
  const kept = await store(config, around);
  return [node(), program("git", null), ...forRuns, ...codeHost(config), codexHome(config), kept, home(config)];
}

/** Only run mode `release` needs one. */
function codeHost(config: LoadedConfig): readonly DoctorCheck[] {
  const ready = codeHostReady(config);
  if (ready.ok) return [];
  return [{ check: "code host", ok: false, found: ready.failure.message, fix: ready.failure.hint, required: false }];
}

function node(): DoctorCheck {
  const { node: version, sqlite = "none" } = process.versions;
  return { check: "node", ok: true, found: `${version} with SQLite ${sqlite}`, fix: null, required: true };
}

function program(name: string, fix: string | null): DoctorCheck {
  const path = findProgram(name, environment()["PATH"] ?? "");
  const missing = fix ?? `Do this: install ${name} with your system's package manager.`;
  return {
    check: name,
    ok: path !== null,
    found: path ?? "not on PATH",
    fix: path === null ? missing : null,
    required: true,
  };
}

function codexHome(config: LoadedConfig): DoctorCheck {
  const path = config.settings.codex_home;
  const found = codexHomeExists(path)
    ? `${path}, ${recordingPaths(path).length} places with recordings`
    : `${path} is not there`;
  const fix =
    "Do this: run Codex once, or name its home with --codex-home or CODEX_HOME; `codex-loop up` shows samples until then.";
  return {
    check: "codex home",
    ok: codexHomeExists(path),
    found,
    fix: codexHomeExists(path) ? null : fix,
    required: false,
  };
}

async function store(
  config: LoadedConfig,
  around: { readonly clock: Clock; readonly random: Random },
): Promise<DoctorCheck> {
  const opened = await openStore(config, { ...around, mode: "read" });
  if (!opened.ok) {
    const isNew = opened.failure.code === "path_missing";
    return {
      check: "store",
      ok: isNew,
      found: opened.failure.message,
      fix: isNew ? null : opened.failure.hint,
      required: true,
    };
  }
  await using found = opened.value;
  return { check: "store", ok: true, found: `${found.address} (${found.kind})`, fix: null, required: true };
}

/** Keys may stand in the person's configuration: nobody else may read it. */
function home(config: LoadedConfig): DoctorCheck {
  const path = join(config.settings.home, "config.yaml");
  if (!existsSync(path))
    return {
      check: "configuration",
      ok: true,
      found: `no ${path}; defaults and environment`,
      fix: null,
      required: true,
    };
  const isPrivate = (statSync(path).mode & 0o077) === 0;
  return {
    check: "configuration",
    ok: isPrivate,
    found: path,
    fix: isPrivate ? null : `Do this: chmod 600 ${path}`,
    required: true,
  };
}
