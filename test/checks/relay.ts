// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in the source, word by word
import { type Check, inFile } from "./check.ts";

/** Rooms: proofs, places, bounds. */
export const relayChecks: readonly Check[] = [
  ...inFile("src/apparatus/prove.ts", [
    {
      what: "[RP5] a worker signs for relays that its own server names alone",
      text: `  if (origin !== globalThis.location.origin && !(await others()).includes(origin))
    throw new Fault("peer-proof");
`,
      instead: "",
      test: {
        file: "test/apparatus/prove.test.ts",
        title: "is given for its own server's relay and those that this server names, and for no other",
      },
    },
    {
      what: "[RP5] a proof is for the relay that the link leads to",
      text: "signRelayProof(privateKey, { ...request, key: publicKey })",
      instead:
        "signRelayProof(privateKey, { ...request, origin: globalThis.location.origin, key: publicKey })",
      test: {
        file: "test/relay/other-servers.test.ts",
        title:
          "[RP5] a relay elsewhere that passes on another relay's question gets an answer that is worth nothing there",
      },
    },
  ]),
  ...inFile("src/relay/join-rooms.dom.ts", [
    {
      what: "[RP21] no other server is shown a pass",
      text: "...(pass && !place.isElsewhere && { pass }),",
      instead: "...(pass && { pass }),",
      test: { file: "test/relay/other-servers.test.ts", title: "[RP21] no other server is shown a pass" },
    },
    {
      what: "[CX11] what another server refuses ends nothing",
      text: "if (isWord && !place.isElsewhere) this.#endWith(place);",
      instead: "if (isWord) this.#endWith(place);",
      test: {
        file: "test/relay/other-servers.test.ts",
        title: "[CX11] what another server refuses is told, and ends nothing",
      },
    },
  ]),
  ...inFile("src/relay/proof.ts", [
    {
      what: "[RP5] everything in a claim has its length",
      text: 'if (value.length !== 32) throw new TypeError(`"${name}" expected 32 bytes, got ${value.length}`);',
      instead: "",
      test: { file: "test/relay/proof.test.ts", title: "[RP5] a claim holds what it must" },
    },
    {
      what: "[RP5] a role is one of two",
      text: 'if (role !== "host" && role !== "guest") throw new TypeError(\'"role" expected host or guest\');',
      instead: "",
      test: { file: "test/relay/proof.test.ts", title: "[RP5] a claim holds what it must" },
    },
    {
      what: "[RP5] a proof is of the key it names",
      text: "if (!equal(publicKey.raw, claim.key)) return false;",
      instead: "",
      test: { file: "test/relay/proof.test.ts", title: "[RP5] a proof is of the key it names" },
    },
    {
      what: "[RP5] the signature",
      text: 'return checkCose(publicKey, "relay-proof", relayProofPayload(claim), envelope);',
      instead: "return true;",
      test: {
        file: "test/relay/room.test.ts",
        title:
          "[RP5] a proof for another origin, room, role, nonce or key, or by another key, proves nothing",
      },
    },
    {
      what: "[RP5] low-order keys prove nothing",
      text: "if (isFault(error)) return { isProven: false, namesRoom: false };",
      instead: "",
      test: { file: "test/relay/room.test.ts", title: "[RP5] a low-order key proves nothing" },
    },
    {
      what: "[RP8] the key names the room",
      text: "const namesRoom = equal(await thumbprint(claim.key), fromBase64Url(claim.room));",
      instead: "const namesRoom = true;",
      test: { file: "test/relay/room.test.ts", title: "[RP8] only the key that names the room can host it" },
    },
    {
      what: "[RP5] the origin is signed",
      text: "encodeCbor([origin, room, role, peerNonce, relayNonce, key])",
      instead: "encodeCbor([room, role, peerNonce, relayNonce, key])",
      test: {
        file: "test/relay/room.test.ts",
        title:
          "[RP5] a proof for another origin, room, role, nonce or key, or by another key, proves nothing",
      },
    },
    {
      what: "[RP5] the room is signed",
      text: "encodeCbor([origin, room, role, peerNonce, relayNonce, key])",
      instead: "encodeCbor([origin, role, peerNonce, relayNonce, key])",
      test: {
        file: "test/relay/room.test.ts",
        title:
          "[RP5] a proof for another origin, room, role, nonce or key, or by another key, proves nothing",
      },
    },
    {
      what: "[RP5] the role is signed",
      text: "encodeCbor([origin, room, role, peerNonce, relayNonce, key])",
      instead: "encodeCbor([origin, room, peerNonce, relayNonce, key])",
      test: {
        file: "test/relay/room.test.ts",
        title:
          "[RP5] a proof for another origin, room, role, nonce or key, or by another key, proves nothing",
      },
    },
    {
      what: "[RP5] the peer's nonce is signed",
      text: "encodeCbor([origin, room, role, peerNonce, relayNonce, key])",
      instead: "encodeCbor([origin, room, role, relayNonce, key])",
      test: {
        file: "test/relay/room.test.ts",
        title:
          "[RP5] a proof for another origin, room, role, nonce or key, or by another key, proves nothing",
      },
    },
    {
      what: "[RP5] the relay's nonce is signed",
      text: "encodeCbor([origin, room, role, peerNonce, relayNonce, key])",
      instead: "encodeCbor([origin, room, role, peerNonce, key])",
      test: {
        file: "test/relay/room.test.ts",
        title:
          "[RP5] a proof for another origin, room, role, nonce or key, or by another key, proves nothing",
      },
    },
  ]),
  ...inFile("src/relay/room.ts", [
    {
      what: "a message is for its room",
      text: "if (message.room !== state.room) throw new TypeError('\"room\" is not the room of the message');",
      instead: "",
      test: {
        file: "test/relay/room.test.ts",
        title: "a message for another room is the relay host's mistake",
      },
    },
    {
      what: "[RP6] a proof answers an open challenge",
      text: 'if (used === undefined) return { state, effects: [refuse(state, sender, "expired")] };',
      instead: "if (used === undefined) return { state, effects: [] };",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP6] a second proof on one nonce finds no challenge",
      },
    },
    {
      what: "[RP6] the attempt burns the nonce",
      text: "const challenges = state.challenges.filter((open) => open !== used);",
      instead: "const challenges = state.challenges;",
      test: {
        file: "test/race/relay-stop.test.ts",
        title: "[RP6] a relay that stops between the burning and the look has burnt the nonce",
      },
    },
    {
      what: "[RP3] a challenge is its own address's",
      text: "state.challenges.find((open) => isSame(open, sender))",
      instead: "state.challenges.find((open) => open.peer === sender.peer)",
      test: { file: "test/relay/room.test.ts", title: "[RP3] a proof from another address is nobody's" },
    },
    {
      what: "[RP2] the host states whom it admits, and nobody else",
      text: "if (isHost !== (admits !== undefined) || (isHost && pass !== undefined)) {",
      instead: "if (false) {",
      test: { file: "test/relay/room.test.ts", title: "[RP2] admitted keys are the host's to state" },
    },
    {
      what: "[RP8] a proof proves",
      text: 'if (!finding.isProven || (role === "host" && !finding.namesRoom)) {',
      instead: 'if (role === "host" && !finding.namesRoom) {',
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP9] a guest that names an admitted key without holding it is refused",
      },
    },
    {
      what: "[RP8] a host holds the room's key",
      text: 'if (!finding.isProven || (role === "host" && !finding.namesRoom)) {',
      instead: "if (!finding.isProven) {",
      test: { file: "test/relay/room.test.ts", title: "[RP8] only the key that names the room can host it" },
    },
    {
      what: "[RP8] who fails loses the place it had",
      text: "const left = without(state, (end) => isSame(end, present));",
      instead: "const left = state;",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP8] a host that fails a proof loses the room it had",
      },
    },
    {
      what: "[RP14] a closed room is closed",
      text: "  if (state.closed !== null) {\n",
      instead: '  if (state.closed !== null && role === "guest") {\n',
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP14] a closed room takes no host and introduces nobody, until its time",
      },
    },
    {
      what: "[RP15] the word of a closed room is for who may know it",
      text: "const isEntitled = finding.namesRoom || state.closed.admits.includes(key); // [RP15]",
      instead: "const isEntitled = true;",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP15] the word of a closed room is for the room's key and those it admitted",
      },
    },
    {
      what: "[RP13] a second host replaces the first",
      text: "if (state.host !== null && !isSame(state.host, host)) {",
      instead: "if (false) {",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP13] a second host replaces the first, which is told so, and the guests go to the second",
      },
    },
    {
      what: "[RP13] its open challenge is void",
      text: "others = without(state, (end) => isSame(end, former)); // its open challenge too, or it would win the room back",
      instead: "",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP13] the open challenge of a host that was replaced is void",
      },
    },
    {
      what: "[RP9] a host meets whom it admits",
      text: "const admitted = others.guests.filter((guest) => admits.includes(guest.key));",
      instead: "const admitted = others.guests;",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP9] a host that comes meets the guests that it admits, and only those",
      },
    },
    {
      what: "[RP11] who was introduced is forgotten",
      text: "others = without(others, (end) => admitted.some((guest) => isSame(end, guest)));",
      instead: "",
      test: { file: "test/relay/room.test.ts", title: "[RP12] a beat renews the host and its list" },
    },
    {
      what: "[RP9] a guest is introduced to who admits it",
      text: "if (others.host !== null && others.admits.includes(guest.key)) {",
      instead: "if (others.host !== null) {",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP9] a guest whose key the host does not admit is not introduced",
      },
    },
    {
      what: "[RP14] only the host closes",
      text: "const isHost = state.host !== null && isSame(state.host, sender);",
      instead: "const isHost = true;",
      test: { file: "test/relay/room.test.ts", title: "[RP14] only the present host closes" },
    },
    {
      what: "[RP14] for 30 days at most",
      text: "const end = Math.min(until ?? now + LIMITS.closedLife, now + LIMITS.closedMost);",
      instead: "const end = until ?? now + LIMITS.closedLife;",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP14] closing lasts 24 h if nothing is said and 30 days at most",
      },
    },
    {
      what: "[RP12] a host that is gone admits nobody",
      text: "admits: isHostOut ? [] : state.admits,",
      instead: "admits: state.admits,",
      test: { file: "test/relay/room.test.ts", title: "[RP12] a host that is gone admits nobody" },
    },
  ]),
  ...inFile("src/relay/room-state.ts", [
    {
      what: "[RP7] [RP17] what is old is gone",
      text: "now - at <= life",
      instead: "true",
      test: { file: "test/relay/room.test.ts", title: "[RP7] a proof after 30 s is late" },
    },
    {
      what: "[RP17] a time in the future is old, too",
      text: "at <= now && now - at <= life",
      instead: "now - at <= life",
      test: { file: "test/relay/room.test.ts", title: "[RP17] a time in the future is old" },
    },
    {
      what: "[RP16] four of one address",
      text: "const surplus = own.slice(0, Math.max(0, own.length + 1 - LIMITS.perAddress));",
      instead: "const surplus: T[] = [];",
      test: { file: "test/relay/room.test.ts", title: "[RP16] 32 guests wait, 4 of one address" },
    },
    {
      what: "[RP16] so many in all",
      text: "if (all.length <= most) return all;",
      instead: "if (all.length > 0) return all;",
      test: { file: "test/relay/room.test.ts", title: "[RP16] 128 challenges are open, 4 of one address" },
    },
    {
      what: "[RP16] who has most gives way",
      text: "all.find(({ address }) => counts.get(address) === highest)",
      instead: "all[0]",
      test: {
        file: "test/relay/room.test.ts",
        title:
          "[RP16] strangers on 127 sockets that never stop asking do not push out who proves its key slowly",
      },
    },
    {
      what: "[RP3] a peer is its address and its id",
      text: "return a.address === b.address && a.peer === b.peer;",
      instead: "return a.peer === b.peer;",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP3] a leave from another address takes nothing away",
      },
    },
    {
      what: "[RP14] a closed room opens again in its time",
      text: "closed: closed !== null && closed.until > now ? closed : null,",
      instead: "closed,",
      test: {
        file: "test/relay/room.test.ts",
        title: "[RP14] a closed room takes no host and introduces nobody, until its time",
      },
    },
  ]),
];
