import { expect, test } from "vitest";
import { toToml } from "./toml.ts";

test("[RUN-1] a configuration is values first, then tables by their whole name", () => {
  const text = toToml({ a: { b: { "c.d": 1 }, e: true }, f: "x" });
  expect(text).toBe('"f" = "x"\n["a"]\n"e" = true\n["a"."b"]\n"c.d" = 1\n');
});

test("[RUN-1] no text or key can add a line or end its quotes", () => {
  const text = toToml({ 'k"]\n[evil]\nx': 'v"\n[model_providers.evil]\u007f\ud800' });
  expect(text.split("\n")).toHaveLength(2);
  expect(text).toBe(String.raw`"k\"]\n[evil]\nx" = "v\"\n[model_providers.evil]\u007f` + '\ufffd"\n');
});
