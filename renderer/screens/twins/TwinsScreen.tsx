export function TwinsScreen(_: { twinId: string | null }) {
  return null;
}
