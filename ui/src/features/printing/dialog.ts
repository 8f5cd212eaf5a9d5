/** The part of the page that is printed, and nothing else of it. */
const PAPER_ID = "print-sheet";

/** The papers' sides in millimetres, standing, as sheets are laid out. */
export const SIDES_MM = { five_inch: [89, 127], six_inch: [102, 152], a4: [210, 297] } as const;

/**
 * Opens the system's print dialog with so many pages of a sheet, which stays in memory. Ends when the dialog is closed;
 * whether something was printed the system does not tell.
 */
export async function printByDialog(sheet: Blob, paper: keyof typeof SIDES_MM, copies: number): Promise<void> {
  const address = URL.createObjectURL(sheet);
  const [width, height] = SIDES_MM[paper];
  const pages = document.createElement("div");
  pages.id = PAPER_ID;
  const style = document.createElement("style");
  style.textContent = `
    #${PAPER_ID} { display: none; }
    @media print {
      @page { size: ${width}mm ${height}mm; margin: 0; }
      html, body { margin: 0; padding: 0; background: #fff; }
      body > :not(#${PAPER_ID}) { display: none !important; }
      #${PAPER_ID} { display: block; }
      #${PAPER_ID} img { display: block; width: ${width}mm; height: ${height}mm; break-after: page; }
      #${PAPER_ID} img:last-child { break-after: auto; }
    }`;
  document.head.append(style);
  document.body.append(pages);
  try {
    const images = Array.from({ length: copies }, () => {
      const image = new Image();
      image.src = address;
      pages.append(image);
      return image;
    });
    await Promise.all(images.map((image) => image.decode()));
    // Some browsers return at once and print later.
    const closed = new Promise<void>((done) => window.addEventListener("afterprint", () => done(), { once: true }));
    window.print();
    await Promise.race([closed, new Promise((done) => setTimeout(done, 60_000))]);
  } finally {
    pages.remove();
    style.remove();
    URL.revokeObjectURL(address);
  }
}
