import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { rowsOf } from "./documents.ts";
import { read, root } from "./imports.ts";

type Wanted = Record<
  "dependencies" | "devDependencies" | "optionalDependencies" | "overrides",
  Record<string, string>
>;

const wanted = JSON.parse(read("package.json")) as Wanted;
const document = read("docs/dependencies.md");

/** The table under a heading: package, and the licence in its last cell. */
const told = (heading: string): { name: string; licence: string; cells: string[] }[] => {
  const section = document.split(/^## /m).find((one) => one.startsWith(heading)) ?? "";
  return rowsOf(section).flatMap((cells) => {
    const [, name] = /^`(.+)`$/.exec(cells[0] ?? "") ?? [];
    return name === undefined ? [] : [{ name, licence: cells.at(-1) ?? "", cells }];
  });
};

const tables = [
  { heading: "In the app", packages: wanted.dependencies },
  { heading: "To build, serve and test", packages: wanted.devDependencies },
  { heading: "A newer Node", packages: wanted.optionalDependencies },
];

describe("docs/dependencies.md", () => {
  for (const { heading, packages } of tables) {
    it(`lists what package.json lists: ${heading}`, () => {
      assert.deepEqual(
        told(heading)
          .map(({ name }) => name)
          .sort(),
        Object.keys(packages).sort(),
      );
      for (const { cells } of told(heading))
        assert.ok(
          cells.every((cell) => cell !== ""),
          cells.join(" | "),
        );
    });
  }

  it("gives each installed package's own licence", () => {
    const installed = tables
      .flatMap(({ heading }) => told(heading))
      .filter(({ name }) => existsSync(join(root, "node_modules", name)));
    assert.ok(installed.length > 20);
    for (const { name, licence } of installed) {
      const own = JSON.parse(read(`node_modules/${name}/package.json`)) as { license?: string };
      assert.equal(licence.split(";")[0], own.license ?? "not stated", name);
    }
  });

  it("gives the reason of each pin", () => {
    const pins = [...document.matchAll(/^- \*\*([a-z]+) ([0-9.]+)\*\*/gm)].map(([, name, version]) => [
      name,
      version,
    ]);
    assert.deepEqual(pins, [
      ["rollup", wanted.overrides.rollup],
      ["biome", wanted.devDependencies["@biomejs/biome"]],
    ]);
    assert.deepEqual(Object.keys(wanted.overrides), ["rollup"], "every override is a pin");
  });
});
