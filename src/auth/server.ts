// The door for hosts: what answers for accounts. Pages and workers come in by index.ts, which pulls none of this in.
export { type AccountStore, type Done, type Kept, makeQueue } from "./account-store.ts";
export { type Admission, admitGuest, type Guest } from "./admit.ts";
export type { Rights, Standing } from "./camera-rights.ts";
export { accountsApp } from "./http.ts";
export {
  type AccountApp,
  type AccountMeans,
  type Caller,
  callerOf,
  type Served,
  signedIn,
} from "./http-answers.ts";
export { cookieJar, type Jar } from "./http-jar.ts";
export { idbAccountStore } from "./idb-account-store.ts";
export { memoryAccountStore } from "./memory-account-store.ts";
export type { Site } from "./passkeys.ts";
export { type RecordKind, type Records, recordsIn } from "./records.ts";
export { isRefused } from "./refusal.ts";
export { type ServerSecret, serverSecret } from "./secret.ts";
