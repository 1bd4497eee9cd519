import { expect, test } from "vitest";
import { fail, ok } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { loadConfig } from "./load-config.ts";
import type { ConfigSources, LoadedConfig } from "./load-config.ts";

const PROJECT = "/project/codex-loop.yaml";
const USER = "/home/ada/.codex-loop/config.yaml";

interface Given extends Partial<Omit<ConfigSources, "readFile">> {
  readonly files?: Readonly<Record<string, string>>;
}

function sources({ files = {}, ...given }: Given): ConfigSources {
  return {
    flags: {},
    env: {},
    cwd: "/project",
    userHome: "/home/ada",
    ...given,
    readFile: (path) => Promise.resolve(ok(files[path] ?? null)),
  };
}

async function loaded(given: Given): Promise<LoadedConfig> {
  const result = await loadConfig(sources(given));
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

async function refused(given: Given): Promise<Failure> {
  const result = await loadConfig(sources(given));
  if (result.ok) throw new Error("it was accepted");
  return result.failure;
}

test("[HSE-4] each source beats the one after it: flag, environment, project file, user file, default", async () => {
  const all = {
    flags: { model: "by-flag" },
    env: { CODEX_LOOP_MODEL: "by-env" },
    files: { [PROJECT]: "model: by-project", [USER]: "model: by-user" },
  };
  const onlyFiles = { ...all, flags: {}, env: {} };
  const seen = [
    await loaded(all),
    await loaded({ ...all, flags: {} }),
    await loaded(onlyFiles),
    await loaded({ ...onlyFiles, files: { [USER]: "model: by-user" } }),
    await loaded({}),
  ];
  expect(seen.map(({ settings }) => settings.model)).toEqual(["by-flag", "by-env", "by-project", "by-user", null]);
  expect(seen.map(({ origins }) => origins.model)).toEqual([
    { kind: "flag", name: "--model" },
    { kind: "environment", name: "CODEX_LOOP_MODEL" },
    { kind: "file", file: "project", at: `${PROJECT}:1:1` },
    { kind: "file", file: "user", at: `${USER}:1:1` },
    { kind: "default" },
  ]);
});

test("[HSE-4] of several variables the first that is not empty wins", async () => {
  const secrets = async (env: Record<string, string>): Promise<LoadedConfig["secrets"]> =>
    (await loaded({ env })).secrets;
  const token = async (env: Record<string, string>): Promise<string | undefined> =>
    (await secrets(env))["github.token"]?.reveal();
  expect(await token({ CODEX_LOOP_GITHUB_TOKEN: "own", GH_CI_PAT: "ci", GITHUB_TOKEN: "plain" })).toBe("own");
  expect(await token({ CODEX_LOOP_GITHUB_TOKEN: "", GH_CI_PAT: "ci", GITHUB_TOKEN: "plain" })).toBe("ci");
  expect(await token({ GITHUB_TOKEN: "plain" })).toBe("plain");
  expect(
    (await secrets({ CODEX_LOOP_UPSTREAM_KEY: "own", OPENAI_API_KEY: "shared" }))["gateway.upstream_key"]?.reveal(),
  ).toBe("own");
  expect((await secrets({}))["gateway.upstream_key"]).toBeNull();
});

test("[HSE-4] without any source the defaults of the interface hold", async () => {
  expect((await loaded({})).settings).toMatchInlineSnapshot(`
    {
      "agent": "codex",
      "approvals.minutes": 60,
      "artifacts.keep_days": 90,
      "caps.attempt.minutes": 45,
      "caps.attempt.responses": 200,
      "caps.attempt.tokens": 2000000,
      "caps.attempt.tool_calls": 400,
      "caps.attempt.turns": 8,
      "caps.attempt.usd": 3000000,
      "caps.day.tokens": 50000000,
      "caps.day.usd": 40000000,
      "caps.idea.tokens": 6000000,
      "caps.idea.usd": 9000000,
      "caps.month.tokens": 1000000000,
      "caps.month.usd": 900000000,
      "caps.task.sessions": 3,
      "codex.bin": "codex",
      "codex_home": "/home/ada/.codex",
      "gateway.idle_seconds": 300,
      "gateway.output_tokens": 8000,
      "gateway.upstream_headers": [],
      "gateway.upstream_url": "https://api.openai.com/v1",
      "github.url": "https://api.github.com",
      "home": "/home/ada/.codex-loop",
      "kafka_brokers": [],
      "kubeconfig": null,
      "lookback_hours": 24,
      "max_parallel": 1,
      "minimum_n": 10,
      "model": null,
      "port": 7337,
      "prices": [],
      "run_mode": "fast",
      "store": "/home/ada/.codex-loop/store.db",
    }
  `);
});

test("[HSE-4] the home moves the store and the user file with it", async () => {
  const { settings } = await loaded({
    env: { CODEX_LOOP_HOME: "~/loop" },
    files: { "/home/ada/loop/config.yaml": "port: 8000" },
  });
  expect(settings).toMatchObject({ home: "/home/ada/loop", store: "/home/ada/loop/store.db", port: 8000 });
});

test("[HSE-4] a relative path starts at the working directory, or at the folder of its file", async () => {
  expect((await loaded({ flags: { store: "x.db" } })).settings.store).toBe("/project/x.db");
  expect((await loaded({ files: { [USER]: "store: data/x.db" } })).settings.store).toBe(
    "/home/ada/.codex-loop/data/x.db",
  );
  expect((await loaded({ env: { CODEX_LOOP_CODEX_BIN: "codex-nightly" } })).settings["codex.bin"]).toBe(
    "codex-nightly",
  );
  expect((await loaded({ env: { CODEX_LOOP_CODEX_BIN: "./codex" } })).settings["codex.bin"]).toBe("/project/codex");
});

test("[HSE-4] dotted and nested keys say the same, lists are read from YAML and from text", async () => {
  const nested = await loaded({
    files: { [USER]: "gateway:\n  upstream_url: http://127.0.0.1:9/v1/\nkafka_brokers: [a:1, b:2]\n" },
  });
  const dotted = await loaded({
    files: { [USER]: "gateway.upstream_url: http://127.0.0.1:9/v1" },
    env: { KAFKA_BROKERS: "a:1, b:2" },
  });
  expect(nested.settings).toEqual(dotted.settings);
  expect(nested.settings.kafka_brokers).toEqual(["a:1", "b:2"]);
  expect(nested.origins["gateway.upstream_url"]).toEqual({ kind: "file", file: "user", at: `${USER}:2:3` });
});

test("[HSE-4] prices are written in dollars and kept in micro-dollars", async () => {
  const row = "{model: gpt-5, from: 2026-11-01, input: 1.25, cached_input: 0.125, output: 10}";
  const { settings } = await loaded({ files: { [USER]: `prices:\n  - ${row}\n` } });
  expect(settings.prices).toEqual([
    { model: "gpt-5", from: "2026-11-01", input: 1_250_000, cached_input: 125_000, output: 10_000_000 },
  ]);
  for (const wrong of [row.replace("10}", "-1}"), row.replace("2026-11-01", "soon"), row.replace("output", "ouput")]) {
    expect((await refused({ files: { [USER]: `prices: [${wrong}]` } })).message).toContain(
      "prices has a value of the wrong kind.",
    );
  }
});

test("[HSE-4] an unknown key is an error with file, line and the nearest name", async () => {
  expect(await refused({ files: { [USER]: "port: 8000\ngateway:\n  upstream_ulr: http://x\n" } })).toEqual({
    code: "config_invalid",
    message: `${USER}:3:3: gateway.upstream_ulr is not a setting.`,
    cause: "No setting has this name.",
    hint: "Do this: check the spelling. Did you mean gateway.upstream_url?",
    retry: "never",
  });
  const strange = await refused({ files: { [PROJECT]: "wallpaper: blue" } });
  expect(strange.hint).toBe("Do this: codex-loop config show lists every setting.");
});

test("[HSE-4] a project file cannot set upstream, keys, binaries, the store or where data goes, and is told who can", async () => {
  const forbidden = [
    "home", "store", "database_url", "codex_home", "codex.bin", "gateway.upstream_url", "gateway.upstream_key",
    "github.url", "github.token", "kafka_brokers", "kubeconfig", "prices", "run_mode",
  ]; // prettier-ignore
  for (const name of forbidden) {
    const failure = await refused({ files: { [PROJECT]: `# ours\n${name}: x` } });
    expect.soft(failure.message).toBe(`${PROJECT}:2:1: ${name} cannot be set in a project file.`);
  }
  expect(await refused({ files: { [PROJECT]: "gateway: {upstream_key: x}" } })).toMatchObject({
    code: "config_invalid",
    hint: "Do this: set it in config.yaml in the home of Codex Loop or with CODEX_LOOP_UPSTREAM_KEY in the environment or with OPENAI_API_KEY in the environment.",
  });
  expect(
    (await loaded({ files: { [USER]: "gateway: {upstream_key: x}" } })).secrets["gateway.upstream_key"]?.reveal(),
  ).toBe("x");
});

test("[HSE-4] a value of the wrong type names its place and what is allowed, and is not repeated", async () => {
  const inFile = await refused({ files: { [PROJECT]: "agent: robot-9f8e7d" }, env: { CODEX_LOOP_AGENT: "codex" } });
  expect(inFile).toMatchObject({
    code: "config_invalid",
    message: `${PROJECT}:1:1: agent has a value of the wrong kind.`,
    cause: "Expected codex or scripted.",
  });
  const inEnvironment = await refused({ env: { CODEX_LOOP_UPSTREAM_URL: "https://me:hunter2@proxy/v1" } });
  expect(inEnvironment).toMatchObject({
    code: "config_invalid",
    message: "CODEX_LOOP_UPSTREAM_URL has a value of the wrong kind.",
    cause: "gateway.upstream_url expects an http or https address without user name and password.",
  });
  const byFlag = await refused({ flags: { port: "99999" } });
  expect(byFlag).toMatchObject({ code: "usage", message: "--port has a value of the wrong kind." });
  expect(JSON.stringify([inFile, inEnvironment, byFlag])).not.toMatch(/robot-9f8e7d|hunter2|99999/);
});

test("[HSE-4] a broken YAML file is a three-line failure with file and line, without the line itself", async () => {
  expect(await refused({ files: { [USER]: "port: 8000\ngateway: {upstream_key: s3cr3t\nmodel: x\n" } }))
    .toMatchInlineSnapshot(`
    {
      "cause": "The parser says: bad indent.",
      "code": "config_invalid",
      "hint": "Do this: mend that line; \`key: value\` pairs are expected.",
      "message": "/home/ada/.codex-loop/config.yaml:3:1: this is not a YAML mapping of settings.",
      "retry": "never",
    }
  `);
  expect((await refused({ files: { [USER]: "- port\n" } })).cause).toBe("The parser says: not a mapping.");
  expect((await refused({ files: { [USER]: "port: 1\nport: 2\n" } })).message).toMatch(/config\.yaml:2:1: /);
});

test("[HSE-4] an alias is refused: a small file must not grow without bound", async () => {
  const failure = await refused({ files: { [PROJECT]: "model: &a x\nagent: *a\n" } });
  expect(failure).toMatchObject({
    message: `${PROJECT}:2:8: this is not a YAML mapping of settings.`,
    cause: "The parser says: aliases are not taken.",
  });
});

test("[HSE-4] one setting in two spellings is an error", async () => {
  const failure = await refused({ files: { [USER]: "github.url: http://a\ngithub: {url: http://b}\n" } });
  expect(failure).toMatchObject({
    message: `${USER}:2:10: github.url is set twice.`,
    cause: `It is set at ${USER}:1:1 already.`,
  });
});

test("[HSE-4] an empty file sets nothing, an unreadable one is a failure", async () => {
  expect((await loaded({ files: { [USER]: "# nothing yet\n" } })).settings.port).toBe(7337);
  const unreadable: Failure = { code: "config_invalid", message: "no", cause: "EACCES", hint: "chmod", retry: "never" };
  const result = await loadConfig({ ...sources({}), readFile: () => Promise.resolve(fail(unreadable)) });
  expect(result).toEqual(fail(unreadable));
});
