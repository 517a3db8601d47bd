// `node test/vectors/write-sealed-v1.ts` writes what the twin makes of the `given` half of sealed-v1.json into its other
// half. Version 1 is fixed: run it to add a case, never to make a test pass.
import { writeFileSync } from "node:fs";
import { vectors } from "../base/vectors.ts";
import { type SealedVectors, twinMakes } from "../seal/golden.ts";

const { given } = vectors<SealedVectors>("sealed-v1.json");
const text = JSON.stringify({ given, made: twinMakes(given) }, null, 2);
writeFileSync(new URL("sealed-v1.json", import.meta.url), `${text}\n`);
