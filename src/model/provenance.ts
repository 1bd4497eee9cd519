/** Where a number comes from. Gates and trends use `measured` only. */
export const PROVENANCES = ["measured", "estimated", "simulated"] as const;
export type Provenance = (typeof PROVENANCES)[number];

/** The provenance of a sum: no better than its worst part. */
export function weakest(parts: Iterable<Provenance>): Provenance {
  let worst: Provenance = "measured";
  for (const part of parts) {
    if (PROVENANCES.indexOf(part) > PROVENANCES.indexOf(worst)) worst = part;
  }
  return worst;
}
