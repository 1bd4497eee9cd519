import { join } from "node:path";
import type { PriceRow } from "../model/price.ts";
import { CAP_OPTIONS, type CapOptions } from "./cap-options.ts";
import { headerRow, type HeaderRow } from "./header-row.ts";
import { option, optional, secret } from "./option.ts";
import type { FileKind, Option, PlainNames, PlainValues, SecretNames, SecretOption, SecretValues } from "./option.ts";
import { priceRow } from "./price-row.ts";
import { hostAndPort, listOf, oneOf, path, program, text, url, wholeNumber } from "./value-type.ts";

/** Every setting there is. The name is its key in files, in `config show` and in `Settings`. */
export interface Options extends CapOptions {
  readonly home: Option<string>;
  readonly store: Option<string>;
  readonly database_url: SecretOption;
  readonly codex_home: Option<string>;
  readonly lookback_hours: Option<number>;
  readonly minimum_n: Option<number>;
  readonly prices: Option<readonly PriceRow[]>;
  readonly agent: Option<"codex" | "scripted">;
  readonly model: Option<string | null>;
  readonly "codex.bin": Option<string>;
  readonly run_mode: Option<"fast" | "release">;
  readonly "gateway.upstream_url": Option<string>;
  readonly "gateway.upstream_key": SecretOption;
  readonly "gateway.upstream_headers": Option<readonly HeaderRow[]>;
  readonly "gateway.output_tokens": Option<number>;
  readonly "gateway.idle_seconds": Option<number>;
  readonly max_parallel: Option<number>;
  readonly "approvals.minutes": Option<number>;
  readonly "artifacts.keep_days": Option<number>;
  readonly "github.url": Option<string>;
  readonly "github.token": SecretOption;
  readonly kafka_brokers: Option<readonly string[]>;
  readonly kubeconfig: Option<string | null>;
  readonly port: Option<number>;
}

export type OptionName = keyof Options;
export type PlainName = PlainNames<Options>;
export type SecretName = SecretNames<Options>;

/** What the rest of the system is given. It holds no secret: the type filters the table by kind. */
export type Settings = PlainValues<Options>;

/** The secrets, for the few places that open connections; they print as `[secret]`. */
export type Secrets = SecretValues<Options>;

const ANY_FILE: readonly FileKind[] = ["project", "user"];
const USER_FILE: readonly FileKind[] = ["user"];

export const OPTIONS: Options = {
  home: option({
    section: "Places",
    description: "The folder of Codex Loop: its store, its operator token and the person's `config.yaml`.",
    type: path("a folder"),
    default: (folders) => folders.home,
    shown: "~/.codex-loop",
    env: ["CODEX_LOOP_HOME"],
    files: [],
  }),
  store: option({
    section: "Places",
    description: "The SQLite file of the embedded store; `--db` means the same.",
    type: path("a file"),
    default: (folders) => join(folders.home, "store.db"),
    shown: "store.db in `home`",
    flag: "store",
    files: USER_FILE,
  }),
  database_url: secret({
    section: "Places",
    description: "The address of a Postgres database that takes the place of the SQLite file; it may hold a password.",
    env: ["DATABASE_URL"],
  }),
  codex_home: option({
    section: "Places",
    description: "The folder where the Codex CLI keeps its recordings.",
    type: path("a folder"),
    default: (folders) => join(folders.userHome, ".codex"),
    shown: "~/.codex",
    env: ["CODEX_HOME"],
    flag: "codex-home",
    files: USER_FILE,
  }),
  lookback_hours: option({
    section: "Learning",
    description: "How far back `daily` looks, in hours; its first run takes everything.",
    type: wholeNumber(1, 87_600),
    default: 24,
    flag: "lookback-hours",
    files: ANY_FILE,
  }),
  minimum_n: option({
    section: "Learning",
    description: 'How many observations a rate needs; below it reports say "insufficient data" instead of a figure.',
    type: wholeNumber(1, 10_000),
    default: 10,
    files: ANY_FILE,
  }),
  prices: option<readonly PriceRow[]>({
    section: "Learning",
    description:
      "Prices of models in US dollars per million tokens, before the built-in ones; a model without a price has no cost, not zero.",
    type: listOf(priceRow(), "a list of {model, from: YYYY-MM-DD, input, cached_input, output}, prices in US dollars"),
    default: [],
    shown: "none",
    files: USER_FILE,
  }),
  agent: option({
    section: "Agents",
    description: "Who does the work: the real Codex CLI, or a script that is replayed for demos and tests.",
    type: oneOf("codex", "scripted"),
    default: "codex",
    env: ["CODEX_LOOP_AGENT"],
    files: ANY_FILE,
  }),
  model: optional({
    section: "Agents",
    description: "The model an agent is asked to use.",
    type: text("the name of a model"),
    shown: "Codex's own",
    env: ["CODEX_LOOP_MODEL"],
    files: ANY_FILE,
  }),
  "codex.bin": option({
    section: "Agents",
    description: "The Codex CLI to run.",
    type: program(),
    default: "codex",
    env: ["CODEX_LOOP_CODEX_BIN"],
    files: USER_FILE,
  }),
  run_mode: option({
    section: "Agents",
    description: "`fast` writes nothing to code hosts, `release` may.",
    type: oneOf("fast", "release"),
    default: "fast",
    env: ["RUN_MODE"],
    files: USER_FILE,
  }),
  max_parallel: option({
    section: "Agents",
    description: "How many attempts run at once, over all repositories.",
    type: wholeNumber(1, 64),
    default: 1,
    files: USER_FILE,
  }),
  ...CAP_OPTIONS,
  "approvals.minutes": option({
    section: "Agents",
    description: "How long a question to a person stays open, in minutes.",
    type: wholeNumber(1, 10_080),
    default: 60,
    files: USER_FILE,
  }),
  "artifacts.keep_days": option({
    section: "Agents",
    description: "How many days the files of an ended attempt are kept.",
    type: wholeNumber(1, 36_500),
    default: 90,
    files: USER_FILE,
  }),
  "gateway.upstream_url": option({
    section: "Model gateway",
    description: "The model provider that the gateway forwards to, ending in `/v1`.",
    type: url(),
    default: "https://api.openai.com/v1",
    env: ["CODEX_LOOP_UPSTREAM_URL"],
    files: USER_FILE,
  }),
  "gateway.upstream_key": secret({
    section: "Model gateway",
    description: "The provider's key; it never reaches an agent.",
    env: ["CODEX_LOOP_UPSTREAM_KEY", "OPENAI_API_KEY"],
  }),
  "gateway.upstream_headers": option<readonly HeaderRow[]>({
    section: "Model gateway",
    description: "Headers that every request to the provider carries beside the key.",
    type: listOf(headerRow(), "a list of {name, value}"),
    default: [],
    shown: "none",
    files: USER_FILE,
  }),
  "gateway.output_tokens": option({
    section: "Model gateway",
    description: "How many output tokens a request reserves before a role has a history of its own.",
    type: wholeNumber(1, 1_000_000),
    default: 8_000,
    files: USER_FILE,
  }),
  "gateway.idle_seconds": option({
    section: "Model gateway",
    description: "How long a silent model is waited for.",
    type: wholeNumber(1, 3600),
    default: 300,
    files: USER_FILE,
  }),
  "github.url": option({
    section: "Code host",
    description: "The address of the GitHub API.",
    type: url(),
    default: "https://api.github.com",
    env: ["CODEX_LOOP_GITHUB_URL"],
    files: USER_FILE,
  }),
  "github.token": secret({
    section: "Code host",
    description: "The token for the GitHub API.",
    env: ["CODEX_LOOP_GITHUB_TOKEN", "GH_CI_PAT", "GITHUB_TOKEN"],
  }),
  kafka_brokers: option<readonly string[]>({
    section: "Scale-out",
    description: "Kafka brokers that events are relayed to and taken from.",
    type: listOf(hostAndPort(), "a list of host:port, in the environment with commas"),
    default: [],
    shown: "none",
    env: ["KAFKA_BROKERS"],
    files: USER_FILE,
  }),
  kubeconfig: optional({
    section: "Scale-out",
    description: "The cluster that runs attempts as Argo Workflows.",
    type: path("a file"),
    shown: "none: local processes",
    env: ["KUBECONFIG"],
    files: USER_FILE,
  }),
  port: option({
    section: "Server",
    description: "The port the server listens on; 0 lets the system choose.",
    type: wholeNumber(0, 65_535),
    default: 7337,
    flag: "port",
    files: ANY_FILE,
  }),
};

/** All names in the order of the table. */
export const OPTION_NAMES: readonly OptionName[] = Object.keys(OPTIONS).filter(
  (name): name is OptionName => name in OPTIONS,
);
