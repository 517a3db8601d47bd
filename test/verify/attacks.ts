import type { AttackGroup } from "./attack.ts";
import { codedCounts, codedFields, codedOrder } from "./attacks-coded.ts";
import { encodings } from "./attacks-encoding.ts";
import { epochs } from "./attacks-epochs.ts";
import { fields } from "./attacks-fields.ts";
import { elsewhere, pieces, wholeItems } from "./attacks-items.ts";
import { keysAndWraps, orderAndTime } from "./attacks-keys.ts";
import { liveness } from "./attacks-live.ts";
import { receipts } from "./attacks-receipts.ts";
import { otherKeys, otherPurposes } from "./attacks-signatures.ts";

/** The attack table, in the order of docs/attacks.md. */
export const attackGroups: readonly AttackGroup[] = [
  wholeItems,
  elsewhere,
  pieces,
  ...fields,
  otherKeys,
  otherPurposes,
  keysAndWraps,
  epochs,
  orderAndTime,
  codedOrder,
  codedCounts,
  codedFields,
  liveness,
  receipts,
  encodings,
];

const cellOf = (outcome: string): string =>
  /^(ST1|–)/.test(outcome)
    ? outcome
    : outcome
        .split(", ")
        .map((reason) => `\`${reason}\``)
        .join(" ");

/** The groups as the document's tables. */
export const tablesOf = (groups: readonly AttackGroup[]): string =>
  groups
    .map(({ title, attacks }) => {
      const rows = attacks.map(
        ({ name, live, opened, closed }) => `| ${name} | ${[live, opened, closed].map(cellOf).join(" | ")} |`,
      );
      return [
        `### ${title}`,
        "",
        "| what is sent | live | recording, card | recording, number |",
        "|---|---|---|---|",
        ...rows,
      ].join("\n");
    })
    .join("\n\n");
