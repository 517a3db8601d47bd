import type { CameraIdentity, CameraStore } from "../../src/apparatus/camera-store.ts";
import { equal, Fault, generateSigningKey, thumbprint } from "../../src/base/index.ts";

/** A camera store in memory, by the same rules; `identities` is for tests to reach into. */
export const memoryCameraStore = (): CameraStore & { readonly identities: Map<string, CameraIdentity> } => {
  const identities = new Map<string, CameraIdentity>();
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
    async begun(deviceId, head) {
      change(deviceId, (identity) => ({ ...identity, lastHead: head }));
    },
  };
};
