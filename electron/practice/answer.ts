import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** Ends an answer with JSON and the headers that the real service sends. */
export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    ...serviceHeaders(),
    'content-type': 'application/json',
    'content-length': body.length,
  });
  response.end(body);
}

/** Refuses in the real service's shape. */
export function answerError(response: ServerResponse, status: number, error: string): void {
  answerJson(response, status, { error });
}

/** The real service answers a wrong method with a page. */
export function answerWrongMethod(response: ServerResponse): void {
  const body =
    '<!doctype html>\n<html lang="en">\n<title>405 Method Not Allowed</title>\n<h1>Method Not Allowed</h1>\n';
  response.writeHead(405, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length });
  response.end(body);
}

/** Practising costs nothing. */
export function serviceHeaders(): Record<string, string> {
  return { 'x-cost': '0', 'x-remaining-credits': String(PRACTICE_CREDITS), 'x-request-id': randomUUID() };
}

/** What the practice account holds, for ever. */
export const PRACTICE_CREDITS = 100;
