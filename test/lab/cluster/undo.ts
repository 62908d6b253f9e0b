/** What is to be undone at the end: the last first, and all of it, even if a part fails. */
export class Undo {
  private readonly steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.steps.push(step);
  }

  /** Undoes what it was given; a second time there is nothing left. */
  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, `The lab couldn't be undone: ${errors.map(String).join()}`);
  }
}
