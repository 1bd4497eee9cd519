import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { askVersion } from "../adapters/codex/ask-version.ts";
import { findProgram } from "../adapters/process/find-program.ts";
import { environment } from "../config/environment.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import { isObject, parseJson, stringAt } from "../kit/json.ts";
import type { DoctorCheck } from "./doctor-check.ts";
import { openSandbox } from "./sandbox.ts";

/** The Codex CLI: that it is there, and of a version that runs under us. */
export async function codexCheck(config: LoadedConfig): Promise<DoctorCheck> {
  const path = environment()["PATH"] ?? "";
  const name = config.settings["codex.bin"];
  const binary = findProgram(name, path);
  if (binary === null) return notThere(name, path);
  const version = await inTime(askVersion(binary, path));
  if (version === null) return codex(`${binary} did not say its version within ${PATIENCE_MS / 1000} s`, ANOTHER);
  if (version.ok) return codex(`${binary}, ${version.value}`, null);
  const [found, fix] = version.failure.detail.split(" Do this: ");
  return codex(found ?? binary, `Do this: ${fix ?? INSTALL}`);
}

/** Why a program that is named cannot be run. */
function notThere(name: string, path: string): DoctorCheck {
  const isPath = name.includes("/");
  const places = isPath
    ? [name]
    : path.split(delimiter).flatMap((folder) => (folder === "" ? [] : [join(folder, name)]));
  const found = places.find((place) => statSync(place, { throwIfNoEntry: false })?.isFile() === true);
  if (found !== undefined)
    return codex(`${found} may not be executed`, `Do this: chmod +x ${found}, or set codex.bin.`);
  return isPath
    ? codex(`codex.bin names ${name}, and no program is there`, ANOTHER)
    : codex(`${name} is not on PATH`, INSTALL);
}

/** `null` when nothing was said in time. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  const over = new AbortController();
  const late = pause(PATIENCE_MS, null, { signal: over.signal }).catch(() => null);
  return Promise.race([answer, late]).finally(() => over.abort());
}

/** Npm's wrapper needs a quarter of a second; less than the asking itself takes to give up. */
const PATIENCE_MS = 8_000;

const ANOTHER =
  "Do this: set codex.bin (CODEX_LOOP_CODEX_BIN) to the Codex CLI, or leave it out to take the one on PATH.";

const INSTALL =
  "Do this: npm install -g @openai/codex@0.169.0 (404 MB), or set codex.bin; reading recordings works without it.";

function codex(found: string, fix: string | null): DoctorCheck {
  return { check: "codex", ok: fix === null, found, fix, required: false };
}

/** The outer walls of an attempt, by building one. */
export async function sandboxCheck(config: LoadedConfig): Promise<DoctorCheck> {
  const codexBinary = findProgram(config.settings["codex.bin"], environment()["PATH"] ?? "");
  const tried = await openSandbox({ codexBinary }).preflight();
  const check = { check: "sandbox", required: false };
  if (tried.ok) return { ...check, ok: true, found: "walls can be built", fix: null };
  const { message, cause, hint } = tried.failure;
  return { ...check, ok: false, found: `${message} ${cause}`, fix: hint };
}

/**
 * The key that the model gateway pays with. What a person logged in with for themselves is of no use to it: a ChatGPT
 * login works at ChatGPT only, and the gateway never reads a person's Codex home for a key.
 */
export async function modelKeyCheck(config: LoadedConfig): Promise<DoctorCheck> {
  const check = { check: "model key", required: false };
  const url = config.settings["gateway.upstream_url"];
  const found = keyOf(config);
  if (found !== null) return { ...check, ok: true, found: `${found}, for ${url}`, fix: null };
  const login = await loginOf(config.settings.codex_home);
  const missing = `none is set${login === null ? "" : `; ${login}`}`;
  const fix = `Do this: set CODEX_LOOP_UPSTREAM_KEY or OPENAI_API_KEY to an API key for ${url}; only runs with the real Codex need it.`;
  return { ...check, ok: false, found: missing, fix };
}

/** Where the gateway's key comes from, in words. */
function keyOf({ secrets, settings }: LoadedConfig): string | null {
  if (secrets["gateway.upstream_key"] !== null) return "set";
  const header = settings["gateway.upstream_headers"].find(({ name }) => KEY_HEADER.test(name));
  return header === undefined ? null : `in the header ${header.name}`;
}

/** Headers beside `authorization` that providers take a key in. */
const KEY_HEADER = /^(?:x-)?api-key$/i;

/** What Codex's own login of this person is, in words; `null` where there is none. Nothing of its content is told. */
async function loginOf(codexHome: string): Promise<string | null> {
  const path = join(codexHome, "auth.json");
  const auth = parseJson(await readFile(path, "utf8").catch(() => ""));
  if (!isObject(auth)) return null;
  if (stringAt(auth, "OPENAI_API_KEY") !== null) return `the API key in ${path} is Codex's own and is not read`;
  return isObject(auth["tokens"]) ? `the ChatGPT login in ${path} cannot go through the model gateway` : null;
}
