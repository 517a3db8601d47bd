import {
  type CameraIdentity,
  type CameraStore,
  keptPasses,
  type SeenPass,
} from "../../src/apparatus/camera-store.ts";
import { equal, Fault, generateSigningKey, thumbprint } from "../../src/base/index.ts";

/** A camera store in memory, by the same rules; `identities` is for tests to reach into. */
export const memoryCameraStore = (): CameraStore & { readonly identities: Map<string, CameraIdentity> } => {
  const identities = new Map<string, CameraIdentity>();
  let passes: readonly (SeenPass & { readonly deviceId: string })[] = [];
  const change = (deviceId: string, next: (identity: CameraIdentity) => CameraIdentity): CameraIdentity => {
    const identity = identities.get(deviceId);
    if (!identity) throw new Fault("camera-not-paired");
    identities.set(deviceId, next(identity));
    return identity;
  };
  return {
    identities,
    list: async () => [...identities.values()],
    read: async (deviceId) => identities.get(deviceId) ?? null,
    async identify(deviceId) {
      const { privateKey, publicKey } = await generateSigningKey();
      const number = await thumbprint(publicKey);
      const fresh = { deviceId, privateKey, publicKey, number, controlKey: null, recipients: null };
      const identity = identities.get(deviceId) ?? { ...fresh, generation: 0, streams: 0, lastHead: null };
      identities.set(deviceId, identity);
      return identity;
    },
    async pin(deviceId, controlKey, recipients, generation) {
      change(deviceId, (identity) => {
        const isSame = identity.controlKey !== null && equal(identity.controlKey, controlKey);
        if (isSame && generation <= identity.generation) throw new Fault("recipients");
        return { ...identity, controlKey, recipients, generation };
      });
    },
    async claimStream(deviceId) {
      const before = change(deviceId, (identity) => ({ ...identity, streams: identity.streams + 1 }));
      return { counter: before.streams + 1, previous: before.lastHead };
    },
    async countTo(deviceId, counter) {
      change(deviceId, (identity) => ({ ...identity, streams: Math.max(identity.streams, counter) }));
    },
    async keepKey(deviceId, keyLife) {
      change(deviceId, (identity) => ({ ...identity, keyLife }));
    },
    async begun(deviceId, head) {
      change(deviceId, (identity) => ({ ...identity, lastHead: head }));
    },
    async sawPass(deviceId, pass) {
      const known = passes.filter((one) => one.deviceId === deviceId);
      const first = known.find(({ id }) => id === pass.id) ?? { ...pass, deviceId };
      const all = known.includes(first) ? known : [...known, first];
      const others = passes.filter((one) => one.deviceId !== deviceId);
      passes = [...others, ...keptPasses(all, pass.seen)];
      return { seen: first.seen, newest: Math.max(...all.map(({ issued }) => issued)) };
    },
  };
};
