/** A made-up evening before a front door, so that the gallery shows the pages with something behind the glass. */
export function paintScene(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const c = canvas.getContext("2d");
  if (c === null) throw new Error("no 2d context");
  c.scale(width / 1280, height / 720);
  const fill = (style: string | CanvasGradient, x: number, y: number, w: number, h: number): void => {
    c.fillStyle = style;
    c.fillRect(x, y, w, h);
  };
  const sky = c.createLinearGradient(0, 0, 0, 420);
  sky.addColorStop(0, "#7fa2c9");
  sky.addColorStop(1, "#f3d3b0");
  fill(sky, 0, 0, 1280, 460);
  fill("#6d8062", 0, 400, 1280, 320);
  c.fillStyle = "#4f6149";
  for (let i = 0; i < 9; i++) {
    c.beginPath();
    c.ellipse(60 + i * 150, 400, 110, 70 + (i % 3) * 26, 0, 0, 7);
    c.fill();
  }
  fill("#d9d3c7", 760, 120, 520, 480);
  fill("#8d4f3c", 740, 90, 540, 44);
  fill("#3d4a5e", 940, 280, 150, 320);
  fill("#c9a24a", 1068, 440, 10, 34);
  fill("#f6e7b0", 800, 230, 96, 110);
  fill("#f6e7b0", 1140, 230, 96, 110);
  fill("#b9b1a3", 880, 600, 280, 26);
  c.fillStyle = "#a79c8b";
  c.beginPath();
  c.moveTo(940, 626);
  c.lineTo(1090, 626);
  c.lineTo(860, 720);
  c.lineTo(480, 720);
  c.fill();
  c.fillStyle = "#2c3440";
  c.beginPath();
  c.arc(700, 400, 30, 0, 7);
  c.fill();
  c.beginPath();
  c.roundRect(655, 436, 92, 150, 40);
  c.fill();
  fill("#232a34", 668, 560, 28, 110);
  fill("#232a34", 706, 560, 28, 110);
  return canvas;
}
