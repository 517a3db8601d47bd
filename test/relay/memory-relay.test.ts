import { test } from "node:test";
import { passCases, relayCases, runRelayCase, testAdmit } from "./relay-cases.ts";
import { peerId } from "./table.ts";
import { Wire } from "./wire.ts";

for (const one of [...relayCases, ...passCases])
  test(`a relay in memory: ${one.title}`, (t) => {
    const wire = new Wire(t);
    wire.admit = testAdmit;
    return runRelayCase(one, { origin: wire.origin, peer: async () => wire.link(peerId()) });
  });
