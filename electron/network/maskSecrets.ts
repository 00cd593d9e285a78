const MASK = '•••';

/** Headers, query parameters and fields whose values are keys or signatures, in any spelling services use. */
const NAMED_SECRET =
  /((?:x-api-key|api[-_]?key|authorization|x-practice-token|x-amz-security-token|secret[-_]?access[-_]?key|access[-_]?key[-_]?id|aws[-_]?access[-_]?key[-_]?id|x-amz-signature|x-amz-credential|signature|credential|token|secret|password)["']?\s*[:=]\s*["']?)(?:(?:bearer|basic|aws4-hmac-sha256)\s+)?[^\s"',&<>}]+/gi;

const WEB_ADDRESS = /\b(https?:\/\/)(?:[^\s/@"'<>]*@)?([^\s/?#"'<>]+)([/?#][^\s"'<>]*)?/gi;

/**
 * Makes a text fit for a log or an error: the given secrets, named keys and signatures are replaced,
 * and addresses keep only their host, because a signed query opens a file and so does the unguessable
 * path of one that shows a person's face.
 */
export function maskSecrets(text: string, secrets: readonly string[] = []): string {
  let masked = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    for (const spelling of new Set([
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ])) {
      masked = masked.split(spelling).join(MASK);
    }
  }
  return masked
    .replace(WEB_ADDRESS, (_all, scheme: string, host: string, rest?: string) =>
      rest === undefined || rest === '/' ? `${scheme}${host}${rest ?? ''}` : `${scheme}${host}/${MASK}`,
    )
    .replace(NAMED_SECRET, `$1${MASK}`);
}
