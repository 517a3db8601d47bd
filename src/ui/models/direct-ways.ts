import type { DirectOptions } from "../../relay/client.dom.ts";

/** Through TURN alone, and no TURN: no address is shown. */
const nowhere: DirectOptions = { iceServers: [], iceTransportPolicy: "relay" };

/**
 * What the server says of direct paths. Until it has said so there are none: it may want that no peer learns another's address. A
 * server that did not answer is asked again with each introduction.
 */
export class DirectWays {
  readonly #ask: () => Promise<Response>;
  #learnt: DirectOptions | null = null;

  constructor(ask: () => Promise<Response>) {
    this.#ask = ask;
  }

  read(): DirectOptions {
    if (this.#learnt === null) void this.learn();
    return this.#learnt ?? nowhere;
  }

  async learn(): Promise<void> {
    try {
      const answer = await this.#ask();
      if (!answer.ok) return;
      const { iceServers, iceTransportPolicy }: DirectOptions = await answer.json();
      this.#learnt = { ...(iceServers && { iceServers }), ...(iceTransportPolicy && { iceTransportPolicy }) };
    } catch {
      // Where nobody answers the relay of this device is there all the same.
    }
  }
}
