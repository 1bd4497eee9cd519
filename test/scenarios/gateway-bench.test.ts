import { expect, test } from "vitest";
import { isMeasured } from "../../tools/bench/figure.ts";
import { firstByteRow, gatewayRows, MOST_ADDED_MS } from "../../tools/bench/gateway.ts";

test("[GWY-6] two hundred streams at once come whole through the gateway, measured beside a direct call", async () => {
  // It throws unless every answer is whole and as long as all others; how long it takes is this machine's matter.
  const rows = await gatewayRows({ rounds: 1, requests: 10 });
  expect(rows.map((row) => isMeasured(row) && row.ours > 0 && row.beside.value > 0)).toEqual([true, true]);
  expect(rows.map(({ what }) => what)).toEqual([
    "first byte through the model gateway, 95 of 100 requests",
    "200 streams at once of two seconds each, until the last one ended",
  ]);
});

test("[GWY-6] the limit of the first byte is five milliseconds over the direct call of the same run", () => {
  expect(MOST_ADDED_MS).toBe(5);
  expect(firstByteRow(6, 2).limit).toEqual({ is: "at most", value: 7 });
});
