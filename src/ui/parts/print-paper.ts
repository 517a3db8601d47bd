const sheet = `
  .paper { display: none; }
  @media print {
    body > :not(.paper) { display: none; }
    .paper { display: block; font: 12pt/1.5 system-ui, sans-serif; color: #000; }
    .paper strong { display: block; margin-block: 12pt; font: 600 20pt/1.6 ui-monospace, monospace; }
  }
`;

/** Prints these lines and nothing else of the page, the `strong` one large. What was put into the page for that is gone afterwards. */
export const printPaper = (lines: readonly string[], strong: string): void => {
  const style = new CSSStyleSheet();
  style.replaceSync(sheet);
  const paper = document.createElement("section");
  paper.className = "paper";
  for (const line of lines) {
    const place = document.createElement(line === strong ? "strong" : "p");
    place.textContent = line;
    paper.append(place);
  }
  const over = (): void => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== style);
  };
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
  document.body.append(paper);
  addEventListener("afterprint", over, { once: true });
  print();
};
