/** Serves the files of the window's own bundle, and nothing else. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isOurs } from './origin.ts';

/** What a bundle may contain; a file of any other kind is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  // Weights of the face model.
  '.bin': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
};

/**
 * No inline script or style, no eval, nothing from the network. `wasm-unsafe-eval` lets the face model
 * compile; `data:` pictures are the bundler's small icons; `blob:` is a recording that is played at once.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' studio-media: data:",
  'media-src studio-media: blob:',
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page may use these for itself; all it does not need is named with an empty list. */
const PERMISSIONS_POLICY = [
  'camera=(self)',
  'microphone=(self)',
  'fullscreen=(self)',
  'autoplay=(self)',
  'display-capture=()',
  'geolocation=()',
  'hid=()',
  'midi=()',
  'payment=()',
  'serial=()',
  'usb=()',
].join(', ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Permissions-Policy': PERMISSIONS_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
} as const;

/**
 * Answers requests for `studio://app/…` from a folder. The folder is listed once and requests are looked up
 * in that list, so there is no path to escape with.
 */
export function appFileHandler(folder: string): (request: Request) => Promise<Response> {
  const files = new Map(listFiles(folder).map((name) => [`/${name}`, join(folder, name)]));
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    if (!isOurs(request.url)) return refuse(404);
    const name = decodedPath(request.url);
    const file = name === null ? undefined : files.get(name);
    const contentType = file === undefined ? undefined : CONTENT_TYPES[extname(file)];
    if (file === undefined || contentType === undefined) return refuse(404);
    const bytes = await readFile(file);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), {
      headers: { ...HEADERS, 'Content-Type': contentType, 'Content-Length': String(bytes.byteLength) },
    });
  };
}

function refuse(status: 404 | 405): Response {
  return new Response(null, { status, headers: HEADERS });
}

function decodedPath(address: string): string | null {
  try {
    return decodeURIComponent(new URL(address).pathname);
  } catch {
    // A malformed escape names no file.
    return null;
  }
}

/** Names of all files below a folder, with forward slashes. */
function listFiles(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(folder, name);
    return entry.isFile() ? [name] : [];
  });
}
