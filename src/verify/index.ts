export { type CheckName, type CheckResult, checkNames, type Reason, reasons, type State, type Verdict } from "./verdict.ts";
