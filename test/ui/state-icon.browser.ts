import { StateIcon } from "../../src/ui/parts/state-icon.ts";
import type { State } from "../../src/verify/index.ts";
import { check, found, on } from "./bench.ts";

const states: readonly State[] = ["ST0", "ST1", "ST2", "ST3"];
const size = 16;

/** The icon at 16 px in black, as it is drawn: which of its 256 pixels are ink. */
async function ink(state: State): Promise<boolean[]> {
  const icon = new StateIcon();
  icon.state = state;
  return on(icon, async () => {
    const drawn = found(icon.renderRoot.querySelector("svg"), "svg");
    for (const animation of drawn.getAnimations({ subtree: true })) animation.finish();
    const copy = drawn.cloneNode(true) as SVGSVGElement;
    const copies = copy.querySelectorAll<SVGElement>("*");
    drawn.querySelectorAll<SVGElement>("*").forEach((element, index) => {
      const { opacity, strokeDasharray, strokeDashoffset } = getComputedStyle(element);
      const style = copies[index]?.style;
      if (style) Object.assign(style, { opacity, strokeDasharray, strokeDashoffset });
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", String(size));
    copy.setAttribute("height", String(size));
    const image = new Image(size, size);
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const context = found(new OffscreenCanvas(size, size).getContext("2d"), "context");
    context.drawImage(image, 0, 0, size, size);
    const { data } = context.getImageData(0, 0, size, size);
    return Array.from({ length: size * size }, (_, index) => (data[index * 4 + 3] ?? 0) > 110);
  });
}

describe("state icons", () => {
  it("differ by shape alone, at 16 px and in one colour", async () => {
    const shapes = await Promise.all(states.map(ink));
    for (const [a, one] of shapes.entries()) {
      check(one.filter(Boolean).length > 30, `${states[a]} is drawn`);
      for (const [b, other] of shapes.entries()) {
        if (b <= a) continue;
        const differing = one.filter((value, index) => value !== other[index]).length;
        check(differing >= 10, `${states[a]} and ${states[b]} differ in ${differing} of 256 pixels`);
      }
    }
  });

  it("ST0 is open on the right where the others are closed", async () => {
    const [broken, closed] = [await ink("ST0"), await ink("ST1")];
    const right = (shape: boolean[]): number =>
      shape.filter((value, index) => value && index % size > 11 && index / size > 7 && index / size < 13)
        .length;
    check(right(closed) >= right(broken) + 3, `${right(closed)} closed, ${right(broken)} broken`);
  });
});
