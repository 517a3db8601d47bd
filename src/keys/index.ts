export { cameraNumber, numberText, readNumber } from "./camera-number.ts";
export { epochKey, makeEpochSecret } from "./epoch.ts";
export { identityOf } from "./identity.ts";
export * from "./wrap.ts";
