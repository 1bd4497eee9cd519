import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findSecrets, RULES } from "./find-secrets.ts";

/** What tools print, in the shapes that are easily mistaken for secrets: hashes, ids, tables, progress, tracebacks. */
const TOOL_OUTPUT = `
npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.
added 312 packages, and audited 313 packages in 14s
npm error code ERESOLVE could not resolve: vite@8.3.8, peer token-types@^4.2.0
src/config/secret.ts(14,7): error TS2322: Type 'string | undefined' is not assignable to type 'Password'.
src/parser/token.ts:31:18 - error TS2554: Expected 1 arguments, but got 0.  31   const token = this.next();
FAILED tests/test_auth.py::test_password_reset - AssertionError: assert 'token' in {'user': 1, 'key': None}
E       KeyError: 'api_key'
tests/test_login.py::TestLogin::test_token_refresh[session-42] PASSED                                  [ 37%]
=================== 2 failed, 118 passed, 3 skipped in 12.41s ===================
Successfully built 5f70bf18a086 Successfully tagged app:sha-9f86d08
Step 4/9 : COPY --from=build /app/dist /app # sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904 (HEAD -> main, origin/main, tag: v1.4.0)
index 83db48f..bf269f4 100644 @@ -12,7 +12,9 @@ export function signToken(key: Key, secret: Secret): Token {
-  if (!password) throw new Error("password is required");
+  const { password, token = null } = await readBody(request);
running 14 tests ... test auth::tests::key_rotation ... ok (0.03s)
   Compiling secrecy v0.10.3 (registry+https://github.com/rust-lang/crates.io-index)
go: downloading github.com/golang-jwt/jwt/v5 v5.2.1 h1:OuVbFODueb089Lh128TAcimifWaLhJwVflnrgM17wHk=
{"level":30,"time":1700000000000,"pid":4242,"reqId":"req-1","msg":"token refreshed","tokenCount":1834,"keyId":"k1"}
Original token count: 128044 | total_tokens=128044 | tokens used: 46,590 | max_tokens: 4096 | token budget 15k
10:04:11.212 [auth] session 01a1f6cd-dbca-7e60-95e5-cd4b5128cfe5 opened for user 4821 (call_9fK2mQ7x, resp_68f0c1d2e3)
-rw-r--r-- 1 root root  1675 Nov 20 02:33 /etc/ssl/private/server.key
usage: tool [-h] [--token TOKEN] [--password PASSWORD | --password-file FILE] [--key KEY] [-u USER:PASS]
`;

/** Every string of a JSON value. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

function recordedStrings(): string[] {
  const lines = globSync("samples/**/*.jsonl").flatMap((file) => readFileSync(file, "utf8").split("\n"));
  return lines.filter((line) => line !== "").flatMap((line) => strings(JSON.parse(line)));
}

function hitsPerMegabyte(texts: readonly string[]): number {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  return (texts.flatMap((text) => findSecrets(text)).length / length) * 1_000_000;
}

test("[TRC-10] real recordings hold at most ten false hits per megabyte", () => {
  const texts = recordedStrings();
  expect(texts.join("").length).toBeGreaterThan(200_000);
  expect(hitsPerMegabyte(texts)).toBeLessThanOrEqual(10);
});

test("[TRC-10] a lock file and the program's own text hold at most ten false hits per megabyte", () => {
  const files = globSync("src/**/*.ts").filter((file) => !file.endsWith(".test.ts"));
  const texts = ["package-lock.json", ...files].map((file) => readFileSync(file, "utf8"));
  expect(hitsPerMegabyte(texts)).toBeLessThanOrEqual(10);
});

test("[TRC-10] the output of package managers, compilers and test runners has no hit at all", () => {
  expect(findSecrets(TOOL_OUTPUT).map(({ start, end }) => TOOL_OUTPUT.slice(start, end))).toEqual([]);
});

test("[TRC-10] the page about redaction names every kind of secret", () => {
  const page = readFileSync("docs/formats/redaction.md", "utf8");
  const kinds = new Set(RULES.map((rule) => rule.kind).filter((kind) => kind !== "value"));
  expect([...kinds].filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
});
