/** Which roles of this process fail now, so that whoever watches it need not read its terminal. */
export class RoleHealth {
  readonly #failing = new Map<string, string>();

  /** Names of the roles whose last round failed. */
  get failing(): readonly string[] {
    return [...this.#failing.keys()];
  }

  /** True when it is news: the role did not fail before, or for another cause. */
  fails(role: string, error: unknown): boolean {
    const cause = error instanceof Error ? error.message : String(error);
    const isNews = this.#failing.get(role) !== cause;
    this.#failing.set(role, cause);
    return isNews;
  }

  works(role: string): void {
    this.#failing.delete(role);
  }
}
