/** Yuan as somebody typed them, in fen; `undefined` when that is no amount up to 100,000. */
export function fenOf(text: string): number | undefined {
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(text.trim())) return undefined;
  const fen = Math.round(Number(text) * 100);
  return fen <= 10_000_000 ? fen : undefined;
}
