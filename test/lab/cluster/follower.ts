import { ApiError } from "./api";

/** Asks the API server again and again, and does what is to be done about the answer. */
export class Follower {
  private stopped = false;
  private problem?: unknown;
  private readonly ended: Promise<void>;

  /** @param turn what is done each time */
  constructor(private readonly turn: () => Promise<unknown>) {
    this.ended = this.follow();
  }

  /** Rejects with what went wrong in a turn, if anything did. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.ended;
    if (this.problem !== undefined) throw new Error("A part of the cluster failed.", { cause: this.problem });
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.turn();
      } catch (error) {
        // What it meant to change went meanwhile, or was changed by somebody else: the next turn sees it as it is.
        if (!(error instanceof ApiError && [404, 409].includes(error.status))) this.problem ??= error;
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
}
