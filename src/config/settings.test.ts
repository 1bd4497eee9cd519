import { inspect } from "node:util";
import { expect, expectTypeOf, test } from "vitest";
import { ok } from "../kit/result.ts";
import { configRows } from "./config-rows.ts";
import { loadConfig } from "./load-config.ts";
import type { LoadedConfig } from "./load-config.ts";
import { OPTION_NAMES, OPTIONS } from "./options.ts";
import type { Options, PlainName, SecretName, Settings } from "./options.ts";
import type { SecretValue } from "./secret-value.ts";

const MARK = "do-not-show";

/** Every secret is set to a marked value, half of them by the user file. */
async function withSecrets(): Promise<LoadedConfig> {
  const secrets = OPTION_NAMES.filter((name) => OPTIONS[name].kind === "secret");
  const env = Object.fromEntries(
    secrets.flatMap((name, at) =>
      at % 2 === 0 ? OPTIONS[name].env.map((variable) => [variable, `${MARK}-${at}`]) : [],
    ),
  );
  const file = secrets.flatMap((name, at) => (at % 2 === 1 ? [`${name}: ${MARK}-${at}`] : [])).join("\n");
  const result = await loadConfig({
    flags: {},
    env,
    cwd: "/project",
    userHome: "/home/ada",
    readFile: (path) => Promise.resolve(ok(path.endsWith("config.yaml") ? file : null)),
  });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

test("[STO-7] [HSE-4] the type of settings has no secret: not by name, not by value", () => {
  expectTypeOf<SecretName>().toEqualTypeOf<"database_url" | "gateway.upstream_key" | "github.token">();
  expectTypeOf<Extract<keyof Settings, SecretName>>().toBeNever();
  expectTypeOf<Extract<Settings[keyof Settings], SecretValue>>().toBeNever();
  expectTypeOf<PlainName | SecretName>().toEqualTypeOf<keyof Options>();
  expectTypeOf<Settings["agent"]>().toEqualTypeOf<"codex" | "scripted">();
});

test("[STO-7] [HSE-4] settings hold exactly the plain options, and serialise without any secret", async () => {
  const { settings, secrets } = await withSecrets();
  expect(Object.keys(settings)).toEqual(OPTION_NAMES.filter((name) => OPTIONS[name].kind === "option"));
  expect(Object.values(secrets).map((secret) => secret?.reveal().startsWith(MARK))).toEqual([true, true, true]);
  expect(JSON.stringify(settings)).not.toContain(MARK);
});

test("[STO-7] a loaded configuration shows no secret however it is printed", async () => {
  const loaded = await withSecrets();
  const printed = [
    JSON.stringify(loaded),
    inspect(loaded, { depth: 9, showHidden: true }),
    Object.values(loaded.secrets).join(" "),
  ];
  expect(printed.join("\n")).not.toContain(MARK);
});

test("[HSE-4] `config show` names what set each value, and of a secret only whether it is set", async () => {
  const rows = configRows(await withSecrets());
  expect(rows.map((row) => row.name)).toEqual(OPTION_NAMES);
  expect(rows.filter((row) => row.secret)).toEqual([
    { name: "database_url", value: "set", secret: true, origin: "environment DATABASE_URL" },
    {
      name: "gateway.upstream_key",
      value: "set",
      secret: true,
      origin: "user file /home/ada/.codex-loop/config.yaml:1:1",
    },
    { name: "github.token", value: "set", secret: true, origin: "environment CODEX_LOOP_GITHUB_TOKEN" },
  ]);
  expect(rows.find((row) => row.name === "port")).toEqual({
    name: "port",
    value: 7337,
    secret: false,
    origin: "default",
  });
  expect(JSON.stringify(rows)).not.toContain(MARK);
});

test("[HSE-4] no two settings share a variable or a flag, and no secret has a flag or is open to a project file", () => {
  const options = OPTION_NAMES.map((name) => OPTIONS[name]);
  const variables = options.flatMap((option) => option.env);
  const flags = options.flatMap((option) => (option.kind === "option" && option.flag !== null ? [option.flag] : []));
  expect(new Set(variables).size).toBe(variables.length);
  expect(new Set(flags).size).toBe(flags.length);
  const secrets = options.filter((option) => option.kind === "secret");
  expect(secrets.some((secret) => "flag" in secret || secret.files.includes("project"))).toBe(false);
});
