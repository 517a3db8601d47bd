import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { linkFragment, makeLink } from "../../src/auth/index.ts";
import { faultCode } from "../../src/base/index.ts";
import { readScanned } from "../../src/ui/models/scanned-link.ts";

const origin = "https://192.168.1.23:8787";
const fragment = linkFragment(makeLink({ now: () => 1795170000000 }, new Uint8Array(32)));
const link = `${origin}/pair#${fragment}`;
const refused = (text: string, at = origin): string => {
  try {
    return `taken: ${readScanned(text, [at])}`;
  } catch (error) {
    return faultCode(error);
  }
};

describe("a scanned or typed text", () => {
  it("is a link of this very origin, with or without space around it: its fragment is taken", () => {
    assert.equal(readScanned(link, [origin]), fragment);
    assert.equal(readScanned(`\n ${link} `, [origin]), fragment);
  });

  it("is a link of a server that one's own names, too", () => {
    assert.equal(readScanned(link, ["https://b.example", origin]), fragment);
    assert.throws(() => readScanned(link, ["https://b.example"]), { code: "link-foreign" });
  });

  it("of another origin is foreign: scheme, host and port count", () => {
    for (const other of [
      "http://192.168.1.23:8787",
      "https://192.168.1.23",
      "https://192.168.1.24:8787",
      "https://sealcam.example",
    ])
      assert.equal(refused(`${other}/pair#${fragment}`), "link-foreign", other);
  });

  it("that only looks like this origin is none", () => {
    for (const text of [
      `${origin}@evil.example/pair#${fragment}`,
      `${origin}.evil.example/pair#${fragment}`,
      `${origin}/x/pair#${fragment}`,
      `${origin}/pair?x#${fragment}`,
      `${origin}/pair/#${fragment}`,
      `${origin.toUpperCase()}/pair#${fragment}`,
      `https://evil.example/?${link}`,
      `javascript:alert(1)//${link}`,
      `x ${link}`,
      fragment,
      "",
      "WIFI:T:WPA;S:porch;P:secret;;",
      "https://sealcam.example/",
    ])
      assert.equal(refused(text), "link-none", text);
  });

  it("is refused where a part of it is missing, or something stands behind it", () => {
    for (const text of [
      link.slice(0, -1),
      `${link}0`,
      `${link} x`,
      `${origin}/pair#`,
      link.replace("#1.", "#2."),
    ])
      assert.equal(refused(text), "link-malformed", text);
  });
});
