import { rarestAnchor } from "./anchor-index.ts";
import { patternRule, type Rule } from "./rule.ts";

/**
 * Credential formats as their vendors publish them. A row is the prefix (its rarest three characters are the anchor)
 * and what follows it; `lead` is what stands before the prefix where the fixed part is not at the front. Bodies are
 * open-ended where a vendor says that lengths may change.
 */
interface Format {
  readonly kind: string;
  readonly prefix: string;
  readonly body: string;
  readonly lead?: string;
  readonly edge?: boolean;
}

const EDGE = { edge: true } as const;
const ALNUM = "[A-Za-z0-9]";
const WORD = "[A-Za-z0-9_-]";
const HEX = "[0-9a-f]";
const BASE64 = "[A-Za-z0-9+/=_-]";
const UUID = `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`;
const GITLAB_TYPE = "(?<=gl(?:pat|dt|rt|rtr|ptt|ft|imt|agent|cbt|soat|oas|ffct|wt)-)";
const NO_ALNUM = "(?![A-Za-z0-9])";
const NO_WORD = "(?![A-Za-z0-9_-])";

function format(kind: string, prefix: string, body: string, extra: { lead?: string; edge?: boolean } = {}): Format {
  return { kind, prefix, body, ...extra };
}

const CLOUD: readonly Format[] = [
  format("aws-access-key-id", "A[KSB]IA", `[A-Z0-9]{16}${NO_ALNUM}`, EDGE),
  format("aws-access-key-id", "ACCA", `[A-Z0-9]{16}${NO_ALNUM}`, EDGE),
  format("aws-session-token", "IQoJb3JpZ2lu", "[A-Za-z0-9+/=%]{50,}"),
  format("aws-session-token", "FwoGZXIvYXdz", "[A-Za-z0-9+/=%]{50,}"),
  format("aws-bedrock-key", "ABSK", `${BASE64}{80,}`, EDGE),
  format("aws-mws-token", "amzn\\.mws\\.", UUID),
  format("google-api-key", "AIza", `${WORD}{35}`),
  format("google-oauth-token", "ya29\\.", "[A-Za-z0-9_./-]{19,}[A-Za-z0-9_-]", EDGE),
  format("google-oauth-secret", "GOCSPX-", `${WORD}{20,}`),
  format("google-refresh-token", "1//0", `${WORD}{30,}`, EDGE),
  format("google-auth-code", "4/0A", `${WORD}{30,}`, EDGE),
  format("google-storage-hmac", "GOOG1", "[A-Z0-9]{40,}", EDGE),
  format("firebase-server-key", ":APA91b", `${WORD}{100,}`, { lead: `${WORD}{5,32}` }),
  format("azure-client-secret", "[0-9]Q~", "[A-Za-z0-9_~.-]{31,34}", { edge: true, lead: "[A-Za-z0-9_~.]{3}" }),
  format("azure-devops-token", "AZDO", `${ALNUM}{4}${NO_ALNUM}`, { edge: true, lead: `${ALNUM}{76}` }),
  format("azure-service-key", "JQQJ99", `${ALNUM}{20,}`, { lead: `${ALNUM}{40,60}` }),
  format("azure-service-key", "Az[FSC]", `[aue]${BASE64}{5,}`, { edge: true, lead: "[A-Za-z0-9+/_-]{40,48}" }),
  format("azure-storage-key", "\\+ASt", "[A-Za-z0-9+/]{6}==", { edge: true, lead: "[A-Za-z0-9+/]{76}" }),
  format("alibaba-access-key-id", "LTAI", `${ALNUM}{12,}`, EDGE),
  format("tencent-secret-id", "AKID", `${ALNUM}{13,}`, EDGE),
  format("yandex-api-key", "AQVN", `${WORD}{35,}`, EDGE),
  format("digitalocean-token", "do[opr]_v1_", `${HEX}{40,}`),
  format("heroku-api-key", "HRKU-", `${WORD}{30,}`),
  format("cloudflare-token", "cf[kua]t?_", `${ALNUM}{40,}`, EDGE),
  format("cloudflare-origin-ca-key", "v1\\.0-", `${HEX}{24}-${HEX}{100,}`, EDGE),
  format("fly-token", "fo1_", `${WORD}{40,}`, EDGE),
  format("fly-token", "fm[12][ar]?_", "[A-Za-z0-9+/=_,-]{60,}", EDGE),
  // Our own: what agents and runners show to the gateway and to their host.
  format("codex-loop-token", "cl[gh]_", `${HEX}{64}`, EDGE),
  format("vercel-token", "vc[piark]_", `${ALNUM}{20,}`, EDGE),
  format("vercel-token", "vercel_blob_rw_", `${WORD}{30,}`),
  format("netlify-token", "nf[a-z]_", `${WORD}{36,}`, EDGE),
  format("render-key", "rnd_", `${ALNUM}{28,}`, EDGE),
  format("scalingo-token", "tk-us-", `${WORD}{40,}`, EDGE),
  format("planetscale-token", "pscale_(?:tkn|pw|oauth)_", "[A-Za-z0-9_=.-]{32,}"),
  format("neon-key", "napi_", `${ALNUM}{40,}`, EDGE),
  format("supabase-token", "sbp_", `[A-Za-z0-9_]{40,}`, EDGE),
  format("supabase-secret-key", "sb_secret_", `${WORD}{20,}`, EDGE),
  format("databricks-token", "dapi", `${HEX}{32}(?:-[0-9])?${NO_ALNUM}`, EDGE),
  format("databricks-token", "dose", `${HEX}{32}${NO_ALNUM}`, EDGE),
  format("terraform-token", "\\.atlasv1\\.", `[A-Za-z0-9_=-]{40,}`, { lead: `${ALNUM}{10,20}` }),
  format("vault-token", "hv[sbr]\\.", `${WORD}{20,}`, EDGE),
  format("vault-token", "s\\.[A-Za-z0-9]", `${ALNUM}{23}(?<=[0-9].{0,23})(?<=[A-Z].{0,23})${NO_WORD}`, EDGE),
  format("pulumi-token", "pul-", `${HEX}{40}`, EDGE),
  format("doppler-token", "dp\\.(?:pt|st|ct|sa|scim|audit)\\.", "(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,}"),
  format("infracost-key", "ico-", `${ALNUM}{32}${NO_ALNUM}`, EDGE),
  format("prefect-key", "pn[ub]_", `${ALNUM}{36}`, EDGE),
  format("openshift-token", "sha256~", `${WORD}{43}`),
  format("tailscale-key", "tskey-", `[a-z]+-${WORD}{16,}`),
  format("harness-token", "[ps]at\\.", `${WORD}{22}\\.${ALNUM}{24}\\.${ALNUM}{20}`, EDGE),
];

const CODE: readonly Format[] = [
  format("github-token", "gh[por]_", `${ALNUM}{30,}`),
  format("github-token", "gh[su]_", `[A-Za-z0-9._-]{30,}${WORD}`),
  format("github-token", "github_pat_", "[A-Za-z0-9_]{30,}"),
  format("gitlab-token", "gl[a-z]", `[a-z]{1,4}-${GITLAB_TYPE}[A-Za-z0-9_.-]{18,}${WORD}`),
  format("gitlab-token", "GR1348941", `${WORD}{20,}`),
  format("bitbucket-token", "ATBB", `${ALNUM}{32,}`, EDGE),
  format("atlassian-token", "AT[AC]TT3", `${BASE64}{50,}`),
  format("npm-token", "npm_", `${ALNUM}{36}`, EDGE),
  format("pypi-token", "pypi-Ag", `${WORD}{50,}`),
  format("rubygems-key", "rubygems_", `${HEX}{48}`),
  format("crates-token", "cio", `${ALNUM}{32}${NO_WORD}`, EDGE),
  format("nuget-key", "oy2", `[a-z0-9]{43}${NO_WORD}`, EDGE),
  format("clojars-token", "CLOJARS_", `${HEX}{60}`),
  format("docker-token", "dckr_[a-z]+_", `${WORD}{20,}`),
  format("jfrog-token", "AKCp", `${ALNUM}{40,}`, EDGE),
  format("jfrog-token", "cmVmdGtu", `${ALNUM}{40,}`, EDGE),
  format("sourcegraph-token", "sg[pds]_", "(?:[0-9a-fA-F]{16}_|local_)?[0-9a-fA-F]{40}", EDGE),
  format("sourcegraph-token", "slk_", `${HEX}{64}`, EDGE),
  format("sonar-token", "sq[uap]_", `${HEX}{40}`, EDGE),
  format("circleci-token", "CCIP(?:AT|RJ)_", `${WORD}{20,}`),
  format("buildkite-token", "bk[a-z][a-z]_", `${HEX}{40}`, EDGE),
  format("octopus-key", "API-[A-Z0-9]", `[A-Z0-9]{24,}${NO_ALNUM}`, EDGE),
  format("snyk-token", "snyk_", `[a-z]{2,6}\\.${WORD}{20,}[A-Za-z0-9_.-]*`, EDGE),
  format("postman-key", "PMA[KT]-", `${HEX}{24}-${HEX}{34}`),
  format("linear-token", "lin_(?:api|oauth|wh)_", `${ALNUM}{20,}`),
  format("age-secret-key", "AGE-SECRET-KEY-", "[A-Z0-9-]{40,}"),
  format("1password-token", "ops_eyJ", `${BASE64}{80,}`),
  format("1password-secret-key", "A3-[A-Z0-9]{6}-", "[A-Z0-9]{5,11}(?:-[A-Z0-9]{5,6}){3,4}", EDGE),
  format("langsmith-key", "lsv2_(?:pt|sk)_", `[A-Za-z0-9_]{30,}`),
  format("readme-key", "rdme_", "[a-z0-9]{60,}", EDGE),
];

const MODELS: readonly Format[] = [
  format("anthropic-key", "sk-ant-", `${WORD}{20,}`, EDGE),
  format("openrouter-key", "sk-or-v[0-9]-", `${WORD}{20,}`, EDGE),
  format("openai-key", "sk-(?:proj|svcacct|admin|None)-", `${WORD}{20,}`, EDGE),
  format("openai-key", "sk-", `${ALNUM}{20,}`, EDGE),
  format("langfuse-key", "sk-lf-", `${WORD}{20,}`, EDGE),
  format("openai-session", "sess-", `${ALNUM}{40}`, EDGE),
  format("huggingface-token", "hf_", `${ALNUM}{30,}`, EDGE),
  format("huggingface-token", "api_org_", `${ALNUM}{30,}`, EDGE),
  format("groq-key", "gsk_", `${ALNUM}{40,}`, EDGE),
  format("xai-key", "xai-", `${ALNUM}{60,}`, EDGE),
  format("perplexity-key", "pplx-", `${ALNUM}{40,}`, EDGE),
  format("replicate-token", "r8_", `${ALNUM}{30,}`, EDGE),
];

const SAAS: readonly Format[] = [
  format("slack-token", "xox[a-z](?:\\.xox[a-z])?-", "[A-Za-z0-9%/+=_-]{10,}"),
  format("slack-token", "xapp-", `[0-9]-${WORD}{20,}`, EDGE),
  format("slack-token", "xwfp-", `${WORD}{20,}`, EDGE),
  format("stripe-key", "[sr]k_(?:live|test|prod|org)_", `[A-Za-z0-9_]{10,}`),
  format("stripe-webhook-secret", "whsec_", "[A-Za-z0-9+/=]{20,}"),
  format("twilio-key", "SK[0-9a-f]", `${HEX}{31}${NO_ALNUM}`, EDGE),
  format("sendgrid-key", "SG\\.", `${WORD}{16,32}\\.${WORD}{16,64}`, EDGE),
  format("mailgun-key", "key-[0-9a-f]", `${HEX}{31}${NO_ALNUM}`, EDGE),
  format("mailgun-key", "-[0-9a-f][0-9a-f]", `${HEX}{6}-${HEX}{8}${NO_WORD}`, { edge: true, lead: `${HEX}{32}` }),
  format("mailchimp-key", "-us[0-9]", `[0-9]?${NO_ALNUM}`, { edge: true, lead: `${HEX}{32}` }),
  format("brevo-key", "xkeysib-", `${HEX}{64}-${ALNUM}{16}`),
  format("brevo-key", "xsmtpsib-", `${HEX}{64}-${ALNUM}{16}`),
  format("discord-token", "[MNO][DTjz][AEIMQUYcgk]", `[w-z0-5]${WORD}{18,24}\\.${WORD}{6}\\.${WORD}{27,}`, EDGE),
  format("discord-token", "mfa\\.", `${WORD}{80,}`, EDGE),
  format("telegram-token", ":AA[A-Za-z0-9_-]", `${WORD}{31,}`, { lead: "[0-9]{5,16}" }),
  format("facebook-token", "EAA[A-Za-z]", `${ALNUM}{50,}`, EDGE),
  format("facebook-app-token", "[0-9][0-9]\\|", `${WORD}{27,40}${NO_WORD}`, { edge: true, lead: "[0-9]{13,14}" }),
  format("instagram-token", "IG[QA][VA]", `${WORD}{50,}`, EDGE),
  format("notion-token", "ntn_", `${ALNUM}{40,}`, EDGE),
  format("notion-token", "secret_", `${ALNUM}{43}${NO_WORD}`, EDGE),
  format("figma-token", "fig[a-z]{1,2}_", `${WORD}{30,}`, EDGE),
  format("airtable-token", "pat[A-Za-z0-9]{14}\\.", `${HEX}{40,}`, EDGE),
  format("shopify-token", "shp[a-z][a-z]_", "[0-9a-fA-F]{32}"),
  format("square-token", "sq0[a-z][a-z][a-z]-", `${WORD}{22,}`),
  format("square-token", "EAAA", `${WORD}{55,}`, EDGE),
  format("dropbox-token", "sl\\.", `(?:u\\.)?${WORD}{60,}`, EDGE),
  format("dropbox-token", "AAAAAAAAAA", `${WORD}{43}${NO_WORD}`, { edge: true, lead: `${ALNUM}{11}` }),
  format("asana-token", "[012]/[0-9]", `[0-9]{9,}(?:/[0-9]{10,})?:${HEX}{32}`, EDGE),
  format("mapbox-token", "[pst]k\\.eyJ", `${WORD}{20,400}\\.${WORD}{20,}`, EDGE),
  format("new-relic-key", "NR[A-Z][A-Z]-", `${WORD}{19,}`, EDGE),
  format("new-relic-key", "NRAL", NO_ALNUM, { edge: true, lead: `${ALNUM}{32,42}` }),
  format("sentry-token", "sntry[a-z]_", `${BASE64}{20,}`),
  format("grafana-token", "glc_", `${BASE64}{30,}`, EDGE),
  format("grafana-token", "glsa_", "[A-Za-z0-9_]{30,}", EDGE),
  format("grafana-key", "eyJrIjoi", `${ALNUM}{50,}={0,3}`, EDGE),
  format("dynatrace-token", "dt0[a-z][0-9]{2}\\.", `${ALNUM}{24}\\.${ALNUM}{64}`),
  format("hubspot-token", "pat-(?:na|eu|ap)[0-9]-", UUID, EDGE),
  format("typeform-token", "tfp_", "[A-Za-z0-9_.=-]{40,}", EDGE),
  format("contentful-token", "CFPAT-", `${WORD}{40,}`),
  format("plaid-token", "access-(?:sandbox|development|production)-", UUID),
  format("shippo-token", "shippo_(?:live|test)_", `${HEX}{40}`),
  format("easypost-key", "EZ[AT]K", `${ALNUM}{50,}`, EDGE),
  format("duffel-token", "duffel_(?:test|live)_", "[A-Za-z0-9_=-]{40,}"),
  format("flutterwave-key", "FLWSECK", "(?:_TEST)?-[A-Za-z0-9]{12,}(?:-X)?"),
  format("frameio-token", "fio-u-", "[A-Za-z0-9_=-]{60,}"),
  format("adobe-secret", "p8e-", `${WORD}{32}`, EDGE),
  format("maxmind-key", "_mmk", NO_ALNUM, { edge: true, lead: `${ALNUM}{6}_${ALNUM}{29}` }),
];

/** One rule per row, in the order of the tables: of two rows that match, the first names the secret. */
export const VENDOR_RULES: readonly Rule[] = [...MODELS, ...CODE, ...CLOUD, ...SAAS].map(vendorRule);

function vendorRule({ kind, prefix, body, lead, edge }: Format): Rule {
  const own = prefix + body;
  // What follows is looked at before what leads: it fails sooner.
  const pattern = lead === undefined ? own : `(?=${own})(?<=(?<lead>${lead}))${own}`;
  const { anchor, offset } = rarestAnchor(prefix);
  return patternRule({ kind, anchors: [anchor], offset, pattern, edge: edge ?? false, names: true });
}
