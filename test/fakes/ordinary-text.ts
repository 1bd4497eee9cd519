import { ALPHABET, base64Of, uuid } from "./draw.ts";
import type { Draw } from "./draw.ts";

const { hex, base64url } = ALPHABET;
const ENOUGH = 256 * 1024;

/** Tool outputs without a secret, in turn of kind, until they come to 256 KB of characters. */
export function ordinaryText(draw: Draw): readonly string[] {
  const texts: string[] = [];
  for (let size = 0; size < ENOUGH;) {
    const print = OUTPUTS[texts.length % OUTPUTS.length];
    if (print === undefined) throw new Error("no outputs");
    const text = print(draw);
    texts.push(text);
    size += text.length;
  }
  return texts;
}

const FILES = [
  "src/auth/login.ts",
  "src/token/parse.ts",
  "lib/secret-store.ts",
  "src/cli/output.ts",
  "src/model/ids.ts",
  "test/session.test.ts",
];
const NOUNS = [
  "token",
  "password reset",
  "secret name",
  "session",
  "cursor",
  "lease",
  "key order",
  "cookie banner",
  "author",
  "bearer",
];

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join("\n");
}

function clock(draw: Draw): string {
  const two = (high: number): string => String(draw.int(0, high)).padStart(2, "0");
  return `2026-11-${String(draw.int(1, 28)).padStart(2, "0")}T${two(23)}:${two(59)}:${two(59)}.${draw.int(100, 999)}Z`;
}

const OUTPUTS: readonly ((draw: Draw) => string)[] = [
  codexOutput,
  typescriptErrors,
  npmInstall,
  pytest,
  cargo,
  gitLog,
  recordingLines,
  typescriptSource,
  pythonSource,
  lockFile,
  base64Image,
  containerListing,
  searchHits,
  environment,
  documentation,
  serverLog,
  diff,
  curlVerbose,
  goSum,
  yamlWorkflow,
];

function codexOutput(draw: Draw): string {
  return `Chunk ID: ${draw.text(hex, 6)}\nWall time: 0.${draw.int(1000, 9999)} seconds\nProcess exited with code ${draw.int(0, 2)}\nOriginal token count: ${draw.int(3, 9000)}\nOutput:\n${lines(draw.int(2, 12), () => `${draw.pick(FILES)}:${draw.int(1, 400)}: ${draw.pick(NOUNS)}`)}\n`;
}

function typescriptErrors(draw: Draw): string {
  return lines(
    draw.int(4, 14),
    () =>
      `${draw.pick(FILES)}(${draw.int(1, 300)},${draw.int(1, 80)}): error TS${draw.int(1005, 2769)}: ${draw.pick([
        "Property 'token' does not exist on type 'Session'.",
        "Argument of type 'string' is not assignable to parameter of type 'Secret'.",
        "Cannot find name 'password'. Did you mean 'passwords'?",
        "Type 'undefined' is not assignable to type 'TokenUsage'.",
        "'apiKey' is declared but its value is never read.",
      ])}`,
  );
}

function npmInstall(draw: Draw): string {
  return [
    "npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.",
    "npm warn deprecated request-token-bucket@2.1.0: use limiter",
    `added ${draw.int(100, 900)} packages, and audited ${draw.int(901, 2000)} packages in ${draw.int(3, 40)}s`,
    `${draw.int(10, 200)} packages are looking for funding\n  run \`npm fund\` for details`,
    "found 0 vulnerabilities",
    lines(
      draw.int(3, 20),
      () =>
        `npm http fetch GET 200 https://packages.example.com/${draw.pick(["js-tokens", "jsonwebtoken", "keyv", "passport", "cookie", "csrf"])} ${draw.int(20, 900)}ms (cache hit)`,
    ),
  ].join("\n");
}

function pytest(draw: Draw): string {
  const tests = [
    "test_password_is_hashed",
    "test_token_expires",
    "test_secret_rotation",
    "test_cookie_flags",
    "test_bearer_is_required",
  ];
  return `============================= test session starts ==============================\nplatform linux -- Python 3.12.3, pytest-8.3.2, pluggy-1.5.0\ncollected ${draw.int(5, 90)} items\n\n${lines(
    draw.int(5, 25),
    (at) =>
      `tests/test_auth.py::${draw.pick(tests)}[${at}] ${draw.pick(["PASSED", "PASSED", "FAILED"])} [${draw.int(1, 99)}%]`,
  )}\n\nE       AssertionError: assert ${draw.int(1, 400)} == ${draw.int(1, 400)}\nE        +  where ${draw.int(1, 400)} = len(<Token id=0x7f${draw.text(hex, 10)}>)\n`;
}

function cargo(draw: Draw): string {
  return `${lines(draw.int(8, 30), () => `   Compiling ${draw.pick(["serde", "tokio", "secrecy", "proc-macro2", "password-hash", "tokenizers", "openssl-sys"])} v${draw.int(0, 4)}.${draw.int(0, 40)}.${draw.int(0, 20)}`)}\nwarning: unused variable: \`token\`\n  --> src/lexer.rs:${draw.int(1, 200)}:9\n   |\n12 |     let token = self.next_token()?;\n   |         ^^^^^ help: if this is intentional, prefix it with an underscore: \`_token\`\n\n    Finished \`dev\` profile [unoptimized + debuginfo] target(s) in ${draw.int(1, 60)}.${draw.int(10, 99)}s\n`;
}

function gitLog(draw: Draw): string {
  return lines(
    draw.int(3, 10),
    () =>
      `commit ${draw.text(hex, 40)}\nAuthor: Ada Example <ada@example.com>\nDate:   Fri Nov 20 0${draw.int(1, 9)}:34:08 2026 +0000\n\n    Keep the ${draw.pick(NOUNS)} when the ${draw.pick(NOUNS)} changes\n\n    See ${draw.text(hex, 10)}. index ${draw.text(hex, 7)}..${draw.text(hex, 7)} 100644\n`,
  );
}

function recordingLines(draw: Draw): string {
  return lines(draw.int(2, 6), () => {
    const used = {
      input_tokens: draw.int(1000, 90_000),
      cached_input_tokens: draw.int(0, 900),
      output_tokens: draw.int(10, 900),
      reasoning_output_tokens: 0,
    };
    return JSON.stringify({
      timestamp: clock(draw),
      type: "event_msg",
      payload: {
        type: "token_count",
        session_id: uuid(draw),
        turn_id: uuid(draw),
        call_id: `call_${draw.text(ALPHABET.alnum, 24)}`,
        info: { total_token_usage: used, model_context_window: 272_000 },
      },
    });
  });
}

function typescriptSource(draw: Draw): string {
  return [
    `import { readToken, type Token } from "./token.ts";`,
    `export interface Login { readonly password: string; readonly token?: string | undefined; readonly secret: Secret }`,
    `export async function login(user: string, password: string): Promise<Session> {`,
    `  const token = await createToken({ user, ttlSeconds: ${draw.int(60, 3600)} });`,
    `  if (password === undefined || password.length < PASSWORD_MIN_LENGTH) throw new Error("password too short");`,
    `  const apiKey = process.env.API_KEY ?? config.apiKey;`,
    `  return { token, cookie: cookies.get("session"), key: keyOf(user), secret: options.secret };`,
    `}`,
    lines(
      draw.int(3, 12),
      (at) => `const row${at} = rows[${draw.int(0, 99)}]?.${draw.pick(["tokens", "key", "author", "total"])} ?? null;`,
    ),
  ].join("\n");
}

function pythonSource(draw: Draw): string {
  return [
    "def authenticate(self, username: str, password: str | None = None, token=None) -> bool:",
    `    """Checks the password of a user; the token wins over it."""`,
    "    self.token = token or self._load_token()",
    "    secret = secrets.token_urlsafe(32)",
    "    if password is None: password = getpass.getpass()",
    "    return self.backend.verify(username=username, password=password, timeout=30)",
    lines(
      draw.int(3, 10),
      () =>
        `    tokens.append(Token(kind=${draw.pick(["IDENT", "STRING", "NUMBER"])}, start=${draw.int(0, 999)}, end=${draw.int(1000, 1999)}))`,
    ),
  ].join("\n");
}

function lockFile(draw: Draw): string {
  return lines(
    draw.int(4, 12),
    () =>
      `    "node_modules/${draw.pick(["js-tokens", "hono", "token-types", "keyv"])}": {\n      "version": "${draw.int(1, 9)}.${draw.int(0, 30)}.0",\n      "integrity": "sha512-${base64Of(draw, 64)}",\n      "license": "MIT"\n    },`,
  );
}

function base64Image(draw: Draw): string {
  return JSON.stringify({
    type: "input_image",
    image_url: `data:image/png;base64,iVBORw0KGgo${base64Of(draw, draw.int(600, 3000))}`,
  });
}

function containerListing(draw: Draw): string {
  return lines(
    draw.int(5, 12),
    () =>
      `${draw.text(hex, 12)}   registry.example.com/app@sha256:${draw.text(hex, 64)}   "node dist/main.js"   ${draw.int(1, 50)} minutes ago   Up`,
  );
}

function searchHits(draw: Draw): string {
  return lines(
    draw.int(6, 24),
    () =>
      `${draw.pick(FILES)}:${draw.int(1, 900)}:${draw.pick([
        "  const { token, secret } = await readCredentials(path);",
        "  // the password is never logged",
        "  expect(screen.getByLabelText('Password')).toBeVisible();",
        "  readonly tokens: TokenUsage;",
        "  key: (row) => row.id,",
        "  if (!token) return unauthorized('missing token');",
        "  export type AuthHeader = `Bearer ${string}`;",
      ])}`,
  );
}

function environment(draw: Draw): string {
  return [
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/bin",
    "HOME=/home/dev",
    "SHELL=/bin/bash",
    "LANG=C.UTF-8",
    `MAX_TOKENS=${draw.int(1024, 200_000)}`,
    "TOKENIZERS_PARALLELISM=false",
    `PASSWORD_MIN_LENGTH=${draw.int(8, 16)}`,
    "SSH_AUTH_SOCK=/run/user/1000/keyring/ssh",
    `CODEX_THREAD_ID=${uuid(draw)}`,
    "XAUTHORITY=/home/dev/.Xauthority",
    `INVOCATION_ID=${draw.text(hex, 32)}`,
  ].join("\n");
}

function documentation(draw: Draw): string {
  return [
    `## ${draw.pick(["Tokens", "Passwords", "Secrets"])} and where they live`,
    "A token expires after an hour. To change your password, open Settings and choose a new password twice.",
    "The secret is mounted as a file; the key of the map is its name. Basic authentication is not supported, Bearer tokens are.",
    `Each response counts input tokens, cached tokens and output tokens: in this run ${draw.int(1000, 99_999)} tokens in ${draw.int(1, 60)} turns.`,
    "See https://docs.example.com/auth/tokens#rotate?lang=en&page=2 and git@git.example.com:team/app.git.",
  ].join("\n\n");
}

function serverLog(draw: Draw): string {
  return lines(
    draw.int(8, 20),
    () =>
      `${clock(draw)} INFO request id=${uuid(draw)} trace=${draw.text(hex, 32)} method=GET path=/api/sessions/${uuid(draw)} status=${draw.pick([200, 304, 404])} ms=${draw.int(1, 300)} tokens=${draw.int(0, 5000)}`,
  );
}

function diff(draw: Draw): string {
  return `diff --git a/src/auth/login.ts b/src/auth/login.ts\nindex ${draw.text(hex, 10)}..${draw.text(hex, 10)} 100644\n--- a/src/auth/login.ts\n+++ b/src/auth/login.ts\n@@ -${draw.int(1, 90)},7 +${draw.int(1, 90)},9 @@\n-  const token = headers.get("authorization");\n+  const token = readBearer(headers);\n+  if (token === null) return fail(unauthorized());\n   const user = await users.byToken(token, { now });\n-  password: z.string().min(8),\n+  password: z.string().min(12),\n`;
}

function curlVerbose(draw: Draw): string {
  return `*   Trying 93.184.216.34:443...\n* TLS handshake, Certificate (11):\n* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n> GET /v1/items?page=${draw.int(1, 9)} HTTP/2\n> Host: api.example.com\n> Accept: */*\n< HTTP/2 200\n< etag: "${draw.text(hex, 32)}"\n< x-request-id: ${uuid(draw)}\n< x-ratelimit-remaining-tokens: ${draw.int(1, 9999)}\n< www-authenticate: Bearer realm="api"\n`;
}

function goSum(draw: Draw): string {
  return lines(
    draw.int(6, 16),
    () => `golang.org/x/${draw.pick(["crypto", "oauth2", "net"])} v0.${draw.int(1, 40)}.0 h1:${base64Of(draw, 32)}`,
  );
}

function yamlWorkflow(draw: Draw): string {
  return `permissions:\n  contents: read\n  id-token: write\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@${draw.text(hex, 40)} # v6\n        with:\n          persist-credentials: false\n          fetch-depth: ${draw.int(1, 50)}\n      - run: npm ci && npm test -- --reporter=dot # ${draw.text(base64url, 8)}\n`;
}
