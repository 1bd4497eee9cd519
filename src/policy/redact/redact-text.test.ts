import fc from "fast-check";
import { expect, test } from "vitest";
import { redactor, redactText } from "./redact-text.ts";

const redact = redactor({ salt: "test-salt" });
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BACKSLASH = "\\";

/** A run of characters that looks random and holds every sort, `length` long; another `seed` gives another run. */
function random(length: number, { alphabet = `${LETTERS}0123456789`, seed = 7 } = {}): string {
  return Array.from({ length }, (_, at) => alphabet[(at * at * 31 + at * seed + seed) % alphabet.length]).join("");
}

const hex = (length: number): string => random(length, { alphabet: "0123456789abcdef" });

/** Secrets of many vendors, put together here so that no scanner of this repository takes them for real ones. */
const SECRETS: readonly string[] = [
  `AKIA${random(16, { alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" })}`,
  `ghp_${random(36)}`,
  `ghs_123456_eyJ${random(60)}.eyJ${random(300)}.${random(150)}`,
  `github_pat_${random(22)}_${random(59)}`,
  `glpat-${random(20)}`,
  `xoxb-123456789012-123456789012-${random(24)}`,
  `sk-proj-${random(74)}T3BlbkFJ${random(74)}`,
  `sk-ant-api03-${random(93)}AA`,
  `AIza${random(35)}`,
  `ya29.${random(80)}`,
  `sk_live_${random(24)}`,
  `SG.${random(22)}.${random(43)}`,
  `npm_${random(36)}`,
  `pypi-AgEIcHlwaS5vcmc${random(80)}`,
  `dop_v1_${hex(64)}`,
  `hf_${random(34, { alphabet: LETTERS })}`,
  `dapi${hex(32)}`,
  `glsa_${random(32)}_${hex(8)}`,
  `lin_api_${random(40)}`,
  `ntn_12345678901${random(35)}`,
  `figd_${random(40)}`,
  `pat${random(14)}.${hex(64)}`,
  `shpat_${hex(32)}`,
  `sq0atp-${random(22)}`,
  `1234567890:AA${random(33)}`,
  `EAAC${random(120)}`,
  `sgp_${hex(16)}_${hex(40)}`,
  `hvs.${random(95)}`,
  `${random(14)}.atlasv1.${random(67)}`,
  `pul-${hex(40)}`,
  `PMAK-${hex(24)}-${hex(34)}`,
  `sbp_${hex(40)}`,
  `AGE-SECRET-KEY-1${random(58, { alphabet: "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" })}`,
  `fo1_${random(43)}`,
  `abc8Q~${random(34)}`,
  `eyJ${random(30)}.eyJ${random(60)}.${random(43)}`,
  `${hex(32)}-us21`,
  `AKCp${random(69)}`,
];

const WRAPPINGS: Readonly<Record<string, (secret: string) => string>> = {
  sentence: (secret) => `I used ${secret} for the call.`,
  shell: (secret) => `export SERVICE_TOKEN=${secret}\necho done`,
  json: (secret) => JSON.stringify({ note: `value ${secret}`, ok: true }),
  escaped: (secret) => JSON.stringify(JSON.stringify({ cmd: `echo\n${secret}\nexit` })),
  header: (secret) => `curl -H "X-Custom: ${secret}" https://api.example.com/v1`,
  colour: (secret) => `\u001b[32m${secret}\u001b[0m\r\n`,
};

for (const [name, wrap] of Object.entries(WRAPPINGS)) {
  test(`[TRC-10] no secret survives in a ${name}, and redacting twice changes nothing`, () => {
    const pairs = fc.tuple(fc.constantFrom(...SECRETS), fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }));
    fc.assert(
      fc.property(pairs, ([secret, before, after]) => {
        const once = redact(`${before} ${wrap(secret)} ${after}`);
        expect(once).not.toContain(secret);
        expect(once).toContain("[redacted:");
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 150 },
    );
  });
}

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      "password=",
      "token: ",
      '"secret":"',
      "://a:",
      "@host",
      "[redacted:known:0a1b2c]",
      "[redacted:",
      "]",
      "Bearer ",
    ),
    fc.constantFrom(
      "eyJ",
      ".",
      "-----BEGIN PRIVATE KEY-----",
      "-----END",
      "AAAAAAAAAA",
      "'",
      '\\"',
      " -p",
      "\n",
      ...SECRETS,
    ),
    fc.string({ maxLength: 12 }),
  ),
  { maxLength: 12 },
);

test("[TRC-10] any text: redacting twice changes nothing and the result stays within eight times the length", () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join("");
      const once = redact(text);
      expect(redact(once)).toBe(once);
      expect(once.length).toBeLessThanOrEqual(8 * text.length + 64);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ["PASSWORD=hunter2", "hunter2"],
  ["password=correcthorse&user=me", "correcthorse"],
  ["db_password: hunter2x", "hunter2x"],
  ['{"password": "hunter2"}', "hunter2"],
  [String.raw`{\"password\":\"hunter2\"}`, "hunter2"],
  [String.raw`{\\\"api_key\\\": \\\"abcd1234efgh\\\"}`, "abcd1234efgh"],
  ["client_secret = 'Zk3-9dkw_11'", "Zk3-9dkw_11"],
  ['const apiKey: string = "abc123def456";', "abc123def456"],
  ["{ 'password' => 's3cr3tly' }", "s3cr3tly"],
  ["<password>hunter22</password>", "hunter22"],
  ['<add key="ApiPassword" value="hunter22" />', "hunter22"],
  ["aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz", "wJalrXUtnFEMI"],
  ["deploy --password hunter2 --verbose", "hunter2"],
  ["deploy --token=abc12345xyz", "abc12345xyz"],
  ['["--api-key", "abc12345xyz"]', "abc12345xyz"],
  ["curl -u admin:hunter22 https://example.com", "hunter22"],
  ["curl --user 'admin:hunter22' https://example.com", "hunter22"],
  ["curl -u ':hunter22' https://example.com", "hunter22"],
  ['curl --user "abcdef0123456789:" https://example.com', "abcdef0123456789"],
  ["curl --user me:'hunter22' https://example.com", "hunter22"],
  ["- name: DB_PASSWORD\n  value: hunter2x", "hunter2x"],
  ['{"name":"API_TOKEN","value":"abcdef0123456789"}', "abcdef0123456789"],
  ["'set-cookie': [\n  'a=0123456789; Path=/',\n  'sid=abcdef0123456789'\n]", "abcdef0123456789"],
  ["npm config set //registry.example.com/:_authToken abcdef0123456789", "abcdef0123456789"],
  ["mysql -uroot -psecret12 shop", "secret12"],
  ["sshpass -p hunter2 ssh host", "hunter2"],
  ["docker login -u me -p hunter2 registry.example.com", "hunter2"],
  ["machine example.com login me password hunter2", "hunter2"],
  ["ALTER USER app WITH PASSWORD 'hunter2'", "hunter2"],
  ["CREATE USER a IDENTIFIED BY 'hunter2'", "hunter2"],
  ["the password is hunter2", "hunter2"],
  ["Authorization: Bearer 0123456789abcdef", "0123456789abcdef"],
  ["authorization: token abcdef0123456789", "abcdef0123456789"],
  [`"Authorization": "Basic ${btoa("me:hunter2")}"`, btoa("me:hunter2")],
  [`Basic ${btoa("me:hunter2")}`, btoa("me:hunter2")],
  ['Authorization: Digest username="me", realm="x", response="6629fae49393a05397450978507c4ef1"', "6629fae49393a"],
  ["Authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature=fe5f80f77d5fa3beca038a248ff027", "fe5f80f77d5fa"],
  ["X-Auth-Key: 0123456789abcdef0123", "0123456789abcdef"],
  ["DD-API-KEY: 0123456789abcdef0123456789abcdef", "0123456789abcdef"],
  ["Fastly-Key: abcdefghijklmnopqrstuvwxyz012345", "abcdefghijklm"],
  ["Cookie: theme=dark; sid=0123456789abcdef", "0123456789abcdef"],
  ["Set-Cookie: sid=0123456789abcdef; HttpOnly", "0123456789abcdef"],
  ["postgres://app:p@ss:w0rd@db.example.com/shop", "w0rd"],
  ["https://abcdef0123456789abcdef@example.com/1", "abcdef0123456789"],
  [String.raw`"https:\/\/me:hunter2@example.com"`, "hunter2"],
  ["app:hunter2@tcp(db:3306)/shop", "hunter2"],
  ["Server=db;User Id=sa;Password=p@ss,w0rd;Database=shop", "p@ss,w0rd"],
  [`DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${random(86)}==;EndpointSuffix=b`, random(20)],
  ["https://a.blob.core.windows.net/c?sv=2024&se=2026&sig=abcdEFGH0123ijklMNOP%3D", "abcdEFGH0123"],
  ["https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx", "abcdefghijklmnop"],
  [`https://discord.com/api/webhooks/123456789012345678/${random(68)}`, random(20)],
  [`https://contoso.webhook.office.com/webhookb2/${hex(36)}@${hex(36)}/IncomingWebhook/${hex(32)}/${hex(36)}`, hex(20)],
])("[TRC-10] takes the secret out of %s", (text, secret) => {
  const redacted = redact(text);
  expect(redacted).not.toContain(secret);
  expect(redacted).toMatch(/\[redacted:[a-z0-9-]+:[0-9a-f]{6}\]/);
  expect(redact(redacted)).toBe(redacted);
});

const PEM = `-----BEGIN RSA PRIVATE KEY-----\n${random(64)}\n${random(64, { seed: 9 })}\n${random(20)}==\n-----END RSA PRIVATE KEY-----`;

test.each([
  ["lines", PEM],
  ["a string", JSON.stringify({ private_key: PEM })],
  ["a string in a string", JSON.stringify(JSON.stringify({ private_key: PEM }))],
  ["a diff", PEM.replaceAll("\n", "\n+")],
  ["a file that was cut", PEM.slice(0, 140)],
])("[TRC-10] takes the key out of a PEM block in %s and keeps its frame", (_, text) => {
  const redacted = redact(`before ${text} after`);
  expect(redacted).toContain("-----BEGIN RSA PRIVATE KEY-----[redacted:private-key:");
  expect(redacted).not.toContain(random(16));
  expect(redacted).not.toContain(random(16, { seed: 9 }));
  expect(redacted).toMatch(/ after$/);
});

test.each([
  "Chunk ID: 7fa9c1\nOriginal token count: 5321\nOutput:",
  '{"total_tokens":12345,"input_tokens":1200,"max_output_tokens":400}',
  '"tokenUsage":{"total":{"totalTokens":5160}},"token_count":12',
  "session_id: 01a1f6cd-dbca-7e60-95e5-cd4b5128cfe5",
  '"sessionId":"01a1f6cd-dbca-7e60-95e5-cd4b5128cfe5"',
  "commit c260d7d9f5b7c1e4a3d2b1908f7e6d5c4b3a2918",
  "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  '"call_id":"call_Xg7dQ1b2C3d4E5f6G7h8I9j0","id":"resp_0a1b2c3d4e5f60718293a4b5c6d7e8f9","item":"rs_0a1b2c3d4e5f"',
  "/home/me/project/src/token.ts:12:5 and ./secrets/password.txt",
  "interface Login { password: string; token: Token }",
  "const token = parser.next();",
  "const token = process.env.TOKEN;",
  'password = os.environ["DB_PASSWORD"]',
  "this.password = password; login(user=user, password=password)",
  "if (token === undefined) throw new Error('no token')",
  "api_key=$API_KEY password=${PASSWORD} token={{ secrets.TOKEN }}",
  '{"token": "comment.line.double-slash", "code": "INVALID_TOKEN", "credentials": "same-origin"}',
  "password: '********'",
  'curl --user "$USER:$PASSWORD" -u "${{ env.USER }}:${{ env.PASSWORD }}" -u me:[PASSWORD]',
  "Usage: deploy --token <token> [--password-stdin]",
  "token_type: bearer, token_endpoint: https://example.com/token",
  "Bearer authentication is basic functionality of the gateway",
  "https://example.com:8080/@scope/package and git@github.com:owner/repo.git",
  "PWD=/home/me/Project1 OLDPWD=/tmp",
  "PWD=/work/9f3a2b7c1d/run-17x4q/app2b OLDPWD=/tmp/codex-loop-a8K2/tree",
  '"PWD": "/work/9f3a2b7c1d/run-17x4q/app2b"',
  "HOME=/home/me\0PWD=/work/9f3a2b7c1d/run-17x4q/app2b\0OLDPWD=/\0LANG=C",
  "user:x:1000:1000::/home/user:/bin/sh; docker run -u 1000:1000 -p 8080:80 image",
  '"integrity": "sha512-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwx=="',
  "primary_key: id, cache_key: users-2026, keyboard: qwerty, monkey: banana1",
  "the task-management-of-long-names-with-dashes-1 ran",
])("[TRC-10] leaves ordinary text alone: %s", (text) => {
  expect(redact(text)).toBe(text);
});

test("[TRC-10] one secret has one tag in every writing, and another under another salt", () => {
  const secret = SECRETS[1] ?? "";
  const tag = /\[redacted:github-token:[0-9a-f]{6}\]/.exec(redact(secret))?.[0] ?? "none";
  expect(redact(`token=${secret}`)).toBe(`token=${tag}`);
  expect(redact(`Authorization: Bearer ${secret}`)).toBe(`Authorization: Bearer ${tag}`);
  expect(redact(`https://${secret}@github.com/o/r`)).toBe(`https://${tag}@github.com/o/r`);
  expect(redactText(secret, { salt: "other" })).not.toBe(tag);
});

test("[TRC-10] a value known only by its name keeps name and length", () => {
  expect(redact("password=hunter2")).toMatch(/^password=\[redacted:value-7:[0-9a-f]{6}\]$/);
});

test("[TRC-10] known values go first, in every form they can be written in", () => {
  const value = 'plain words & a "quote"';
  const known = redactor({ salt: "test-salt", known: [value, "short"] });
  const tag = known(value);
  expect(tag).toMatch(/^\[redacted:known:[0-9a-f]{6}\]$/);
  expect(known(JSON.stringify(value))).toBe(`"${tag}"`);
  expect(known(encodeURIComponent(value))).toBe(tag);
  expect(known(`password=${value};`)).toBe(`password=${tag};`);
  for (const prefix of ["", "u", "us", "user:"]) {
    expect(known(`x ${btoa(prefix + value)} y`)).toContain(tag);
  }
  expect(known("a short word")).toBe("a short word");
  expect(known(known(`${value} ${value}`))).toBe(`${tag} ${tag}`);
});

test("[TRC-10] a known value that looks like part of a tag does not break tags", () => {
  const known = redactor({ salt: "test-salt", known: ["redacted", "github-token"] });
  const once = known(`redacted ghp_${random(36)} github-token`);
  expect(known(once)).toBe(once);
  expect(once.match(/\[redacted:[a-z-]+:[0-9a-f]{6}\]/g)).toHaveLength(3);
});

test("[TRC-10] text without secrets comes back as it is", () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 60 }), (text) => {
      expect(redact(text)).toBe(text);
    }),
  );
});

const HOSTILE = [
  "a", "A", "0", "=", '"', BACKSLASH, "\n", "é", "😀", "a=", "-----BEGIN", "-----BEGIN PRIVATE KEY-----", "eyJ", "eyJ-",
  "eyJaaaaaaaa.", "a_eyJaaaaaaaaa", `${BACKSLASH}"`, "token=", "token = ", "password:", "key=", "secret='", "://a:b",
  "://a:b@", "Bearer ", "authorization: digest ", "cookie: a=", " -p", "login -p", " -u a:", "[redacted:", "ghs_.",
  "[redacted:a:000000]", '{"token":"', "sig=", "&key=", "AAAAAAAAAAA ", "--token ", "0Q~", "identified by '", "pk.eyJa",
]; // prettier-ignore

test.each(HOSTILE)("[TRC-10] a megabyte of %j takes less than a second", (unit) => {
  const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
  const before = process.threadCpuUsage();
  redact(text);
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(1_000);
});
