import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { redactor } from "../../../policy/redact/redact-text.ts";
import { excerpts, type Excerpts } from "./excerpts.ts";

const redact = redactor({ salt: "test" });
const kept = excerpts(redact);

/** Letters and digits without a pattern, the same for the same name: what the body of a key looks like. */
function noise(name: string, length: number): string {
  let text = "";
  for (let part = 0; text.length < length; part += 1)
    text += createHash("sha512").update(`${name} ${part}`).digest("base64").replaceAll(/[+/=]/g, "");
  return text.slice(0, length);
}

/** A private key in the length that 4096 bits have: 50 lines of 64 characters. */
function privateKey(name: string): string {
  const lines = noise(name, 3_200).match(/.{64}/g) ?? [];
  const rule = (word: string): string => ["-----", word, " RSA PRIVATE ", "KEY-----"].join("");
  return [rule("BEGIN"), ...lines, rule("END")].join("\n");
}

const SECRETS = {
  token: ["ghp", noise("token", 36)].join("_"),
  "private key": privateKey("planted"),
  "private key in JSON": JSON.stringify({ key: privateKey("in JSON") }),
  "private key in JSON in JSON": JSON.stringify({ out: JSON.stringify({ key: privateKey("twice") }) }),
  "basic auth": `https://deploy:${noise("auth", 24)}@git.example.com/a/b.git`,
} as const;

/** What of a secret must not be read: its words of twelve characters or more that no text has by itself. */
function runsOf(secret: string): readonly string[] {
  const words = secret.match(/[A-Za-z0-9]{24,}/g) ?? [];
  return words.flatMap((word) => Array.from({ length: word.length - 11 }, (_, at) => word.slice(at, at + 12)));
}

const RUNS = new Map(Object.values(SECRETS).map((secret) => [secret, runsOf(secret)]));
const FILLER = "all is well here, nothing to see\n";
const WAYS = ["message", "input", "output", "detail", "word"] as const satisfies readonly (keyof Excerpts)[];

function filler(length: number): string {
  return FILLER.repeat(Math.ceil(length / FILLER.length)).slice(0, length);
}

test("[TRC-10] no part of a secret survives shortening, wherever it stands and whatever was redacted before it", () => {
  const planted = fc.record({
    way: fc.constantFrom(...WAYS),
    secret: fc.constantFrom(...Object.values(SECRETS)),
    keysBefore: fc.nat(6),
    keysBehind: fc.nat(4),
    offset: fc.oneof(fc.nat(1_000), fc.nat(45_000)),
    behind: fc.oneof(fc.nat(12_000), fc.constant(60_000)),
  });
  const keys = (count: number): string => `${privateKey("other")}\n`.repeat(count);
  fc.assert(
    fc.property(planted, ({ way, secret, keysBefore, keysBehind, offset, behind }) => {
      const before = keys(keysBefore) + filler(offset);
      const excerpt = kept[way](`${before}\n${secret}\n${filler(behind)}\n${keys(keysBehind)}`);
      const survivors = (RUNS.get(secret) ?? []).filter((run) => excerpt.includes(run));
      expect(survivors).toEqual([]);
    }),
    { numRuns: 600, seed: 10 },
  );
});

test("[TRC-10] keys in a row leave nothing of the one that the cut goes through", () => {
  const names = Array.from({ length: 16 }, (_, at) => `key ${at}`);
  for (const way of WAYS) {
    for (const count of [2, 3, 4, 5, 16]) {
      const row = names.slice(0, count).map(privateKey);
      for (const text of [row.join("\n"), filler(70_000) + row.join("\n"), row.join("\n") + filler(70_000)]) {
        const excerpt = kept[way](text);
        const survivors = row.flatMap(runsOf).filter((run) => excerpt.includes(run));
        expect(survivors, `${way} of ${count} keys`).toEqual([]);
      }
    }
  }
});

test("text is shortened to what a reader needs: its start, and of an output its end too", () => {
  const long = `first ${filler(100_000)} last`;
  expect(kept.message(long)).toHaveLength(32_000);
  expect(kept.input(long)).toHaveLength(4_000);
  expect(kept.detail(long)).toHaveLength(500);
  expect(kept.word(long)).toHaveLength(80);
  const output = kept.output(long);
  expect(output).toHaveLength(600 + "\n…\n".length + 1_400);
  expect(output.startsWith("first ")).toBe(true);
  expect(output.endsWith(" last")).toBe(true);
});

test("[TRC-10] an id that holds a secret becomes another id, the same each time; every other id stays", () => {
  const token = SECRETS.token;
  for (const id of [token, `call_${token}`, `resp_${token}`, `msg_${token}`, `exec-${token}`, SECRETS["basic auth"]]) {
    expect(kept.id(id)).toMatch(/^id-[0-9a-f]{16}$/);
    expect(kept.id(id)).toBe(excerpts(redact).id(id));
  }
  expect(kept.id(`call_${token}`)).not.toBe(kept.id(`resp_${token}`));
  const ids = [
    "01a1f6cc-d141-7c00-b310-1386da479849",
    "exec-77b8cbb4-c585-4091-901c-ca742b094f62",
    "call_nbYVRzFBexlM7qtGqPIsXHfo",
    "resp_0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071",
    "item_12",
    "7",
    "call 1",
  ];
  expect(ids.map((id) => kept.id(id))).toEqual(ids);
});
