/** What somebody wants, as their Markdown says it. */
export interface Spec {
  readonly title: string;
  readonly goal: string;
  readonly constraints: string;
  readonly successMetrics: string;
  readonly repository: string | null;
  readonly risk: string | null;
  readonly labels: readonly string[];
}
