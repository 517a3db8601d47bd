/** The tests in Node run on what the command line runs on. */
export { native } from "../../scripts/webcrypto.ts";
