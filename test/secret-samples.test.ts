import { expect, test } from "vitest";
import { sha256 } from "../src/kit/hash.ts";
import { ORDINARY_TEXT, SECRET_SAMPLES, survives } from "./fakes/secret-samples.ts";

const KINDS = Map.groupBy(SECRET_SAMPLES, (sample) => sample.kind);

test("each kind of secret has twelve different samples, each inside its text", () => {
  expect(KINDS.size).toBeGreaterThanOrEqual(45);
  for (const [kind, samples] of KINDS) {
    expect.soft(new Set(samples.map((sample) => sample.text)).size, kind).toBe(12);
  }
  expect(SECRET_SAMPLES.filter((sample) => !sample.text.includes(sample.secret))).toEqual([]);
});

test("samples and ordinary text are the same on every run", () => {
  expect(sha256(JSON.stringify(SECRET_SAMPLES))).toMatchInlineSnapshot(
    `"143ad073d5cfced8dc4de4cbc764f98d807ce0b585caa8640a6f3550baaae27b"`,
  );
  expect(sha256(JSON.stringify(ORDINARY_TEXT))).toMatchInlineSnapshot(
    `"57e50327f84732b5d0d0a47ed08809274b84d257ab53fcdfcab4d03a27b0fb63"`,
  );
});

test("each kind appears in at least six shapes of text", () => {
  for (const [kind, samples] of KINDS) {
    const shapes = samples.map((sample) => sample.text.replaceAll(sample.secret, "?").replaceAll(/\d/g, "0"));
    expect.soft(new Set(shapes).size, kind).toBeGreaterThanOrEqual(6);
  }
});

test("ordinary text is over 200 KB and holds no sample secret", () => {
  const all = ORDINARY_TEXT.join("\n");
  expect(all.length).toBeGreaterThan(200 * 1024);
  expect(SECRET_SAMPLES.filter((sample) => sample.secret.length > 16 && all.includes(sample.secret))).toEqual([]);
});

test("a piece of a secret that is left behind is found", () => {
  const secret = "abcdefghijklmnopqrstuvwxyz";
  expect(survives(secret, `head ${secret.slice(0, 15)} tail`)).toBe(false);
  expect(survives(secret, `head ${secret.slice(5, 21)} tail`)).toBe(true);
  expect(survives("short1", "it was short1")).toBe(true);
});
