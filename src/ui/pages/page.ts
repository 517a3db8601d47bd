import { LitElement, type PropertyDeclarations, type PropertyValues } from "lit";

/** Tells the shell whether this page is a picture now: it steps aside and leaves the whole window. */
export class ImmersiveEvent extends Event {
  static readonly type = "sealcam-immersive";
  readonly immersive: boolean;
  constructor(immersive: boolean) {
    super(ImmersiveEvent.type, { bubbles: true, composed: true });
    this.immersive = immersive;
  }
}

/**
 * What all pages share: one `snapshot`, and reading that goes on at the heading when a step takes away the control that
 * had the focus.
 */
export abstract class Page<S> extends LitElement {
  static override properties: PropertyDeclarations = { snapshot: { attribute: false } };
  /** null until the model has made its first one. */
  declare snapshot: S | null;
  #immersive = false;

  constructor() {
    super();
    this.snapshot = null;
  }

  /** Whether `snapshot` is drawn as a picture over the whole window. */
  protected isImmersive(_snapshot: S): boolean {
    return false;
  }

  /** What makes a step of its own; a new one may move the focus. */
  protected stepOf(_snapshot: S): string {
    return "";
  }

  /** Puts the reading position at the heading. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has("snapshot")) return;
    const now = this.snapshot;
    const before = changed.get("snapshot") as S | null | undefined;
    if (now === null || now === undefined) return;
    const immersive = this.isImmersive(now);
    if (immersive !== this.#immersive) {
      this.#immersive = immersive;
      this.toggleAttribute("immersive", immersive);
      this.dispatchEvent(new ImmersiveEvent(immersive));
    }
    if (before === null || before === undefined || this.stepOf(before) === this.stepOf(now)) return;
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost) this.focusHeading();
  }
}
