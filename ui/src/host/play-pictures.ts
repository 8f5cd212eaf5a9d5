/** Drawn stand-ins for photographs, so that the desk can be looked at without a camera. */

/** A figure before a wall, moved a little sideways; as a 3:2 shot or as a 3:4 portrait on the standard's blue. */
export async function drawnPerson(kind: "shot" | "portrait", sway = 0, hair = "#2b2320"): Promise<Blob> {
  const [width, height] = kind === "portrait" ? [480, 640] : [960, 640];
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");

  pen.fillStyle = kind === "portrait" ? "#64c5ff" : "#d8d5cf";
  pen.fillRect(0, 0, width, height);
  pen.translate(width / 2 + sway, 0);

  oval(pen, 0, 262, 118, 178, hair);
  pen.fillStyle = "#e8e6e3";
  pen.beginPath();
  pen.moveTo(-230, 640);
  pen.quadraticCurveTo(-220, 500, -80, 468);
  pen.lineTo(80, 468);
  pen.quadraticCurveTo(220, 500, 230, 640);
  pen.fill();
  pen.fillStyle = "#d9a98a";
  pen.fillRect(-42, 390, 84, 96);
  oval(pen, 0, 286, 98, 138, "#e6bb9c");
  oval(pen, 0, 176, 96, 44, hair);
  for (const side of [-1, 1]) {
    oval(pen, side * 40, 262, 13, 7, "#fff");
    oval(pen, side * 40, 262, 6.5, 6.5, "#30221a");
    pen.fillStyle = hair;
    pen.fillRect(side * 40 - 20, 238, 40, 6);
  }
  oval(pen, 0, 352, 26, 6, "#b4665c");
  pen.strokeStyle = "#c99578";
  pen.lineWidth = 4;
  pen.beginPath();
  pen.moveTo(0, 270);
  pen.lineTo(-8, 316);
  pen.lineTo(6, 318);
  pen.stroke();

  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no JPEG"))), "image/jpeg", 0.9));
}

function oval(pen: CanvasRenderingContext2D, x: number, y: number, rx: number, ry: number, colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2);
  pen.fill();
}
