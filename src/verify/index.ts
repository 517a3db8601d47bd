export { liveWindow, nonceInterval } from "./freshness-keeper.ts";
export { type Checks, type Finding, Judge, type JudgeOptions, type LastHead } from "./judge.ts";
export { goodFramesToRecover, StateKeeper, silenceAllowed } from "./state.ts";
export {
  type CheckName,
  type CheckResult,
  checkNames,
  type Reason,
  reasons,
  type State,
  type Verdict,
} from "./verdict.ts";
