import { ALPHABET, base64Of, jsonWebToken, uuid } from "./draw.ts";
import type { Draw } from "./draw.ts";
import { NAMED, PREFIXED, PREFIXED_NOT_IN_URL } from "./secret-wrappings.ts";
import type { Wrapping } from "./secret-wrappings.ts";

/** One kind of secret: how its vendor builds it and where people put it. */
export interface SecretKind {
  readonly kind: string;
  readonly name: string;
  readonly header: string;
  readonly wrappings: readonly Wrapping[];
  make(draw: Draw): string;
}

type Make = (draw: Draw) => string;
type Extra = Partial<Pick<SecretKind, "header" | "wrappings">>;

const BEARER = "Authorization: Bearer ";
const { hex, alnum, base64url, upperDigits, digits, base32, lowerDigits } = ALPHABET;

function kind(id: string, name: string, make: Make, extra: Extra = {}): SecretKind {
  return { kind: id, name, make, header: extra.header ?? BEARER, wrappings: extra.wrappings ?? PREFIXED };
}

/** A fixed beginning, given in parts so that no scanner takes this file for a leak, and random characters after it. */
function token(parts: readonly string[], alphabet: string, length: number): Make {
  return (draw) => parts.join("") + draw.text(alphabet, length);
}

/** Random characters with nothing that tells them from a hash: only the name beside them does. */
function unmarked(id: string, name: string, make: Make): SecretKind {
  return kind(id, name, make, { wrappings: NAMED });
}

/** The eight letters in the middle of every OpenAI key. */
const OPENAI_MARK = ["T3Blb", "kFJ"].join("");

function openAi(parts: readonly string[], side: number): Make {
  return (draw) => `${parts.join("")}${draw.text(base64url, side)}${OPENAI_MARK}${draw.text(base64url, side)}`;
}

const CLOUDS: readonly SecretKind[] = [
  kind("aws-access-key-id", "AWS_ACCESS_KEY_ID", (draw) => draw.pick(["AK", "AS"]) + "IA" + draw.text(base32, 16)),
  unmarked("aws-secret-access-key", "AWS_SECRET_ACCESS_KEY", (draw) => draw.text(ALPHABET.base64, 40)),
  unmarked("aws-session-token", "AWS_SESSION_TOKEN", (draw) => `IQoJb3JpZ2luX2Vj${draw.text(ALPHABET.base64, 340)}==`),
  kind("google-api-key", "GOOGLE_API_KEY", token(["AI", "za"], base64url, 35), { header: "X-Goog-Api-Key: " }),
  kind("google-oauth-access-token", "GOOGLE_TOKEN", token(["ya", "29."], base64url, 180)),
  kind("google-oauth-client-secret", "GOOGLE_CLIENT_SECRET", token(["GOC", "SPX-"], base64url, 28)),
  kind("google-oauth-refresh-token", "GOOGLE_REFRESH_TOKEN", token(["1/", "/0"], base64url, 100), { wrappings: NAMED }),
  kind(
    "azure-client-secret",
    "AZURE_CLIENT_SECRET",
    (draw) => `${draw.text(alnum, 3)}8Q~${draw.text(`${base64url}.~`.replace("-", ""), 34)}`,
    { wrappings: PREFIXED_NOT_IN_URL },
  ),
  kind(
    "digitalocean-token",
    "DIGITALOCEAN_TOKEN",
    (draw) => `do${draw.pick(["p", "o", "r"])}_v1_${draw.text(hex, 64)}`,
  ),
  kind(
    "databricks-token",
    "DATABRICKS_TOKEN",
    (draw) => `da${"pi"}${draw.text(hex, 32)}${draw.pick(["", "-2", "-3"])}`,
  ),
  kind("vault-service-token", "VAULT_TOKEN", token(["hv", "s.CAES"], base64url, 90), { header: "X-Vault-Token: " }),
  kind("vault-batch-token", "VAULT_TOKEN", token(["hv", "b.AAAAAQ"], base64url, 150), { header: "X-Vault-Token: " }),
  kind("terraform-token", "TFE_TOKEN", (draw) => `${draw.text(alnum, 14)}.atlas${"v1."}${draw.text(alnum, 67)}`),
  kind("heroku-key", "HEROKU_API_KEY", token(["HR", "KU-AA"], base64url, 58)),
  kind("doppler-token", "DOPPLER_TOKEN", token(["dp.", "pt."], alnum, 43)),
];

const CODE_HOSTS: readonly SecretKind[] = [
  ...(["ghp", "gho", "ghu", "ghs"] as const).map((prefix) =>
    kind(`github-${prefix}`, "GITHUB_TOKEN", token([prefix, "_"], alnum, 36), { header: "Authorization: token " }),
  ),
  kind("github-ghr", "GITHUB_REFRESH_TOKEN", token(["gh", "r_"], alnum, 76)),
  kind(
    "github-fine-grained",
    "GH_TOKEN",
    (draw) =>
      `github${"_pat_"}${draw.pick(["11", "22"])}${draw.text(upperDigits, 9)}0${draw.text(alnum, 10)}_${draw.text(alnum, 59)}`,
  ),
  kind(
    "github-installation-jwt",
    "GITHUB_TOKEN",
    (draw) => `gh${"s_"}${draw.text(digits, 7)}_${jsonWebToken(draw, 256, 27)}`,
  ),
  kind("gitlab-token", "GITLAB_TOKEN", token(["gl", "pat-"], base64url, 20), { header: "PRIVATE-TOKEN: " }),
  kind(
    "gitlab-routable-token",
    "GITLAB_TOKEN",
    (draw) => `gl${"pat-"}${draw.text(base64url, 27)}.01.${draw.text(lowerDigits, 9)}`,
    { header: "PRIVATE-TOKEN: " },
  ),
  kind(
    "gitlab-runner-token",
    "CI_RUNNER_TOKEN",
    (draw) => `gl${draw.pick(["rt-", "rt-t1_", "cbt-64_", "ptt-"])}${draw.text(base64url, 20)}`,
  ),
  kind(
    "sourcegraph-token",
    "SRC_ACCESS_TOKEN",
    (draw) => `sg${"p_"}${draw.pick([`${draw.text(hex, 16)}_`, "local_", ""])}${draw.text(hex, 40)}`,
    { header: "Authorization: token " },
  ),
  kind("npm-token", "NPM_TOKEN", token(["np", "m_"], alnum, 36)),
  kind("pypi-token", "TWINE_PASSWORD", token(["py", "pi-", "AgEIcHlwaS5vcmc"], base64url, 160)),
  kind("docker-hub-token", "DOCKER_TOKEN", (draw) =>
    draw.pick([`dckr_${"pat_"}${draw.text(base64url, 27)}`, `dckr_${"oat_"}${draw.text(alnum, 32)}`]),
  ),
  kind("rubygems-key", "GEM_HOST_API_KEY", token(["ruby", "gems_"], hex, 48), { header: "Authorization: " }),
  kind("jfrog-api-key", "ARTIFACTORY_API_KEY", token(["AK", "Cp"], alnum, 69), { header: "X-JFrog-Art-Api: " }),
  kind("jfrog-reference-token", "JFROG_ACCESS_TOKEN", (draw) =>
    Buffer.from(`${"ref"}tkn:01:${draw.text(digits, 10)}:${draw.text(alnum, 27)}`)
      .toString("base64")
      .slice(0, 64),
  ),
];

const MODELS: readonly SecretKind[] = [
  kind(
    "openai-key",
    "OPENAI_API_KEY",
    (draw) => `s${"k-"}${draw.text(alnum, 20)}${OPENAI_MARK}${draw.text(alnum, 20)}`,
  ),
  kind("openai-project-key", "OPENAI_API_KEY", openAi(["sk-", "proj-"], 74)),
  kind("openai-service-account-key", "CODEX_API_KEY", openAi(["sk-", "svcacct-"], 58)),
  kind("openai-admin-key", "OPENAI_ADMIN_KEY", openAi(["sk-", "admin-"], 58)),
  kind(
    "anthropic-key",
    "ANTHROPIC_API_KEY",
    (draw) => `sk-${"ant-"}${draw.pick(["api03-", "admin01-"])}${draw.text(base64url, 93)}AA`,
    { header: "x-api-key: " },
  ),
  kind("anthropic-oauth-token", "CLAUDE_CODE_OAUTH_TOKEN", (draw) => `sk-${"ant-"}oat01-${draw.text(base64url, 93)}AA`),
  kind("hugging-face-token", "HF_TOKEN", token(["h", "f_"], ALPHABET.lower + ALPHABET.lower.toUpperCase(), 34)),
  kind("groq-key", "GROQ_API_KEY", token(["gs", "k_"], alnum, 52)),
  kind("xai-key", "XAI_API_KEY", token(["xa", "i-"], alnum, 80)),
  kind("openrouter-key", "OPENROUTER_API_KEY", token(["sk-", "or-v1-"], hex, 64)),
  kind("perplexity-key", "PERPLEXITY_API_KEY", token(["pp", "lx-"], alnum, 48)),
  kind("replicate-token", "REPLICATE_API_TOKEN", token(["r", "8_"], alnum, 37)),
];

const SERVICES: readonly SecretKind[] = [
  kind(
    "stripe-secret-key",
    "STRIPE_SECRET_KEY",
    (draw) =>
      `${draw.pick(["sk", "rk"])}_${draw.pick(["live", "test"])}_${draw.pick([draw.text(alnum, 24), `51${draw.text(alnum, 97)}`])}`,
  ),
  kind("stripe-webhook-secret", "STRIPE_WEBHOOK_SECRET", token(["whs", "ec_"], alnum, 32)),
  kind("twilio-api-key", "TWILIO_API_KEY", token(["S", "K"], hex, 32)),
  unmarked("twilio-auth-token", "TWILIO_AUTH_TOKEN", (draw) => draw.text(hex, 32)),
  kind("sendgrid-key", "SENDGRID_API_KEY", (draw) => `S${"G."}${draw.text(base64url, 22)}.${draw.text(base64url, 43)}`),
  kind("mailgun-key", "MAILGUN_API_KEY", token(["ke", "y-"], hex, 32), { wrappings: NAMED }),
  kind(
    "shopify-token",
    "SHOPIFY_ACCESS_TOKEN",
    (draw) => `shp${draw.pick(["at", "ca", "pa", "ss"])}_${draw.text(hex, 32)}`,
    {
      header: "X-Shopify-Access-Token: ",
    },
  ),
  kind("linear-key", "LINEAR_API_KEY", token(["lin_", "api_"], alnum, 40), { header: "Authorization: " }),
  kind("notion-token", "NOTION_TOKEN", (draw) => `nt${"n_"}${draw.text(digits, 11)}${draw.text(alnum, 35)}`),
  kind("notion-legacy-token", "NOTION_TOKEN", token(["sec", "ret_"], alnum, 43)),
  kind(
    "atlassian-token",
    "ATLASSIAN_API_TOKEN",
    (draw) => `ATATT3${"xFfGF0"}${draw.text(base64url, 171)}=${draw.text(hex, 8).toUpperCase()}`,
    {
      wrappings: PREFIXED_NOT_IN_URL,
    },
  ),
  kind(
    "one-password-service-token",
    "OP_SERVICE_ACCOUNT_TOKEN",
    (draw) =>
      `op${"s_"}${Buffer.from(JSON.stringify({ signInAddress: "my.example.com", userAuth: base64Of(draw, 220) }))
        .toString("base64")
        .replaceAll("=", "")}`,
    { wrappings: PREFIXED_NOT_IN_URL },
  ),
  kind(
    "facebook-access-token",
    "FACEBOOK_TOKEN",
    (draw) => `EA${draw.pick(["AC", "AM", "AG"])}${draw.text(alnum, 160)}`,
  ),
  kind(
    "facebook-app-token",
    "FACEBOOK_APP_TOKEN",
    (draw) => `${draw.text("123456789", 16)}|${draw.text(base64url, 27)}`,
    { wrappings: NAMED },
  ),
  unmarked("facebook-app-secret", "FACEBOOK_APP_SECRET", (draw) => draw.text(hex, 32)),
  kind("slack-bot-token", "SLACK_BOT_TOKEN", (draw) => slack(draw, ["xox", "b-"], 2, draw.text(alnum, 24))),
  kind("slack-user-token", "SLACK_USER_TOKEN", (draw) => slack(draw, ["xox", "p-"], 3, draw.text(hex, 32))),
  kind(
    "slack-app-token",
    "SLACK_APP_TOKEN",
    (draw) => `xa${"pp-"}1-A${draw.text(upperDigits, 10)}-${draw.text(digits, 13)}-${draw.text(hex, 64)}`,
  ),
  kind("slack-refresh-token", "SLACK_REFRESH_TOKEN", token(["xox", "e-1-"], upperDigits, 146)),
  kind(
    "slack-rotated-token",
    "SLACK_TOKEN",
    (draw) => `xoxe.xox${draw.pick(["b", "p"])}-1-${draw.text(upperDigits, 164)}`,
  ),
  kind(
    "discord-bot-token",
    "DISCORD_TOKEN",
    (draw) =>
      `${Buffer.from(`1${draw.text(digits, 17)}`).toString("base64url")}.${draw.text(base64url, 6)}.${draw.text(base64url, 38)}`,
    { header: "Authorization: Bot " },
  ),
  kind(
    "telegram-bot-token",
    "TELEGRAM_BOT_TOKEN",
    (draw) => `${draw.text("123456789", 10)}:AA${draw.text(base64url, 33)}`,
    {
      wrappings: PREFIXED_NOT_IN_URL,
    },
  ),
  kind("grafana-token", "GRAFANA_TOKEN", (draw) => `gl${"sa_"}${draw.text(alnum, 32)}_${draw.text(hex, 8)}`),
  kind("sentry-token", "SENTRY_AUTH_TOKEN", token(["sntr", "yu_"], hex, 64)),
  kind("new-relic-key", "NEW_RELIC_API_KEY", token(["NR", "AK-"], upperDigits, 27), { header: "Api-Key: " }),
  kind("postman-key", "POSTMAN_API_KEY", (draw) => `PM${"AK-"}${draw.text(hex, 24)}-${draw.text(hex, 34)}`, {
    header: "X-Api-Key: ",
  }),
  unmarked("uuid-shaped-key", "HEROKU_API_KEY", uuid),
];

function slack(draw: Draw, parts: readonly string[], numbers: number, rest: string): string {
  return parts.join("") + Array.from({ length: numbers }, () => `${draw.text("123456789", 12)}-`).join("") + rest;
}

/** Kinds whose secret is one unbroken token. */
export const TOKEN_KINDS: readonly SecretKind[] = [...CLOUDS, ...CODE_HOSTS, ...MODELS, ...SERVICES];
