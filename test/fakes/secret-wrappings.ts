import { ALPHABET, uuid } from "./draw.ts";
import type { Draw } from "./draw.ts";

/** What a wrapping needs to know of the secret it puts into text. */
export interface Wrapped {
  readonly secret: string;
  /** The variable people keep it in, in capitals: `GITHUB_TOKEN`. */
  readonly name: string;
  /** How it is sent, up to the secret: `Authorization: Bearer `. */
  readonly header: string;
  readonly draw: Draw;
}

export type Wrapping = (wrapped: Wrapped) => string;

/** Bare in prose, with no word beside it that gives it away: only a prefix of its own can. */
export const logLine: Wrapping = ({ secret, draw }) =>
  draw.pick([
    `2026-11-20T02:3${draw.int(0, 9)}:08.113Z WARN upstream said 401 for ${secret}, trying again`,
    `[worker-${draw.int(1, 9)}] using ${secret}`,
    `Logged in as ci (${secret}).`,
    `remote: rejected ${secret}: it has been revoked`,
  ]);

export const keyValue: Wrapping = ({ secret, name, draw }) =>
  draw.pick([
    `NODE_ENV=production\n${name}=${secret}\nPORT=8080\n`,
    `${name}="${secret}"\nLOG_LEVEL=info`,
    `${name}='${secret}'`,
    `$ cat .env\n# local\n${name}=${secret}`,
  ]);

export const yaml: Wrapping = ({ secret, name, draw }) =>
  draw.pick([
    `services:\n  api:\n    environment:\n      ${name}: ${secret}\n      TZ: UTC\n`,
    `env:\n  - name: ${name}\n    value: "${secret}"\n`,
    `${name.toLowerCase()}: '${secret}'\nregion: eu-west-1\n`,
  ]);

export const json: Wrapping = ({ secret, name, draw }) =>
  draw.pick([
    JSON.stringify({ ok: true, [name.toLowerCase()]: secret, page: 2 }),
    JSON.stringify({ env: { PATH: "/usr/bin", [name]: secret } }, null, 2),
    JSON.stringify({ [camel(name)]: secret }),
  ]);

/** A JSON document carried inside a string of another, as tool arguments and outputs are in recordings. */
export const escapedJson: Wrapping = ({ secret, name, draw }) =>
  draw.pick([
    JSON.stringify({ type: "function_call_output", output: JSON.stringify({ [name]: secret, region: "us-east-1" }) }),
    JSON.stringify({ arguments: JSON.stringify({ command: ["env"], env: { [name.toLowerCase()]: secret } }) }),
    JSON.stringify({ payload: JSON.stringify({ output: JSON.stringify({ [name]: secret }) }) }),
  ]);

export const httpHeader: Wrapping = ({ secret, header, draw }) =>
  draw.pick([
    `> GET /v1/items HTTP/1.1\n> Host: api.example.com\n> ${header}${secret}\n> Accept: */*\n`,
    `> ${header.toLowerCase().startsWith("auth") ? header.replace("A", "a") : header}${secret}`,
    `${header}${secret}\r\nUser-Agent: agent/1.0\r\n`,
  ]);

export const query: Wrapping = ({ secret, draw }) =>
  draw.pick([
    `GET https://api.example.com/v2/items?access_token=${secret}&page=2 200`,
    `fetching https://api.example.com/v1/list?limit=10&api_key=${secret}`,
    `curl "https://api.example.com/hook?token=${secret}&id=${draw.int(1, 99)}"`,
  ]);

export const flag: Wrapping = ({ secret, draw }) =>
  draw.pick([
    `tool login --token ${secret} --quiet`,
    `$ deploy --api-key=${secret} --region eu`,
    `/bin/bash -lc 'tool push --token="${secret}" ./dist'`,
    `helm upgrade api ./chart --set-string secret=${secret}`,
  ]);

export const curlHeader: Wrapping = ({ secret, header, draw }) =>
  draw.pick([
    `curl -sS -H '${header}${secret}' https://api.example.com/v1/me`,
    `curl --header "${header}${secret}" -X POST https://api.example.com/v1/items -d '{}'`,
    `/bin/bash -lc "curl -fsSL -H \\"${header}${secret}\\" https://api.example.com/"`,
  ]);

export const sourceLine: Wrapping = ({ secret, name, draw }) =>
  draw.pick([
    `    client = Client(${name.toLowerCase()}="${secret}")  # noqa`,
    `const ${camel(name)} = '${secret}';`,
    `+  ${camel(name)}: "${secret}",`,
    `os.environ["${name}"] = "${secret}"`,
    `process.env.${name} = "${secret}";`,
  ]);

export const envDump: Wrapping = ({ secret, name, draw }) =>
  [
    'declare -x HOME="/home/dev"',
    `declare -x SESSION_ID="${uuid(draw)}"`,
    `declare -x ${name}="${secret}"`,
    'declare -x SHLVL="1"',
  ].join("\n");

export const exported: Wrapping = ({ secret, name }) => `/bin/bash -lc 'export ${name}=${secret} && npm run deploy'`;

/** Wrappings for a secret that its own prefix gives away. */
export const PREFIXED: readonly Wrapping[] = [
  logLine,
  keyValue,
  yaml,
  json,
  escapedJson,
  httpHeader,
  query,
  flag,
  curlHeader,
  sourceLine,
  envDump,
  exported,
];

/** The same for a secret with characters that a URL would have to encode. */
export const PREFIXED_NOT_IN_URL: readonly Wrapping[] = PREFIXED.filter((wrapping) => wrapping !== query);

/** Wrappings for a secret that only the name beside it gives away. */
export const NAMED: readonly Wrapping[] = [keyValue, yaml, json, escapedJson, sourceLine, envDump, exported];

/** A word, sometimes with digits or signs: what people choose as a password. */
export function chosenPassword(draw: Draw): string {
  const word = draw.pick(["swordfish", "correcthorse", "Sommer", "hunter", "letmein", "dragonfly", "Montag", "monkey"]);
  return draw.pick([
    word,
    `${word}${draw.int(10, 9999)}`,
    `${word}!${draw.int(10, 99)}`,
    draw.text(`${ALPHABET.alnum}!#*+-._`, draw.int(10, 20)).replace(/^\W/, "x"),
    draw.text(ALPHABET.alnum, draw.int(12, 24)),
  ]);
}

function camel(name: string): string {
  return name.toLowerCase().replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
