import { accountChecks } from "./accounts.ts";
import { authChecks } from "./auth.ts";
import { baseChecks } from "./base.ts";
import { cameraChecks } from "./camera.ts";
import { card1Checks } from "./card-1.ts";
import { card2Checks } from "./card-2.ts";
import type { Check } from "./check.ts";
import { copyChecks } from "./copies.ts";
import { disclosedChecks } from "./disclosed.ts";
import { exportsChecks } from "./exports.ts";
import { gatesChecks } from "./gates.ts";
import { imagesChecks } from "./images.ts";
import { mp4Checks } from "./mp4.ts";
import { mp4BoxesChecks } from "./mp4-boxes.ts";
import { openerChecks } from "./opener.ts";
import { playingChecks } from "./playing.ts";
import { receiptChecks } from "./receipts.ts";
import { relayChecks } from "./relay.ts";
import { seal1Checks } from "./seal-1.ts";
import { seal2Checks } from "./seal-2.ts";
import { seal3Checks } from "./seal-3.ts";
import { storedChecks } from "./stored.ts";
import { streamChecks } from "./stream.ts";
import { verify1Checks } from "./verify-1.ts";
import { verify2Checks } from "./verify-2.ts";
import { verify3Checks } from "./verify-3.ts";
import { wiresChecks } from "./wires.ts";

export type { Change, Check } from "./check.ts";

/** Every check of the source that a test must miss when it is gone. */
export const checks: readonly Check[] = [
  ...baseChecks,
  ...seal1Checks,
  ...seal2Checks,
  ...seal3Checks,
  ...verify1Checks,
  ...verify2Checks,
  ...verify3Checks,
  ...disclosedChecks,
  ...card1Checks,
  ...card2Checks,
  ...authChecks,
  ...accountChecks,
  ...mp4Checks,
  ...mp4BoxesChecks,
  ...openerChecks,
  ...exportsChecks,
  ...gatesChecks,
  ...imagesChecks,
  ...playingChecks,
  ...cameraChecks,
  ...streamChecks,
  ...receiptChecks,
  ...copyChecks,
  ...relayChecks,
  ...storedChecks,
  ...wiresChecks,
];
