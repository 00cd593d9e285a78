import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Finds every address (A and AAAA) of a name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** The system's resolver, which also knows the machine's own host file. */
export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

export type PublicHost =
  /** `lookup` answers only with the addresses that were checked, so a second look-up cannot differ. */
  | { readonly kind: 'public'; readonly lookup: LookupFunction }
  | { readonly kind: 'not-public' | 'unknown-name' };

/** True when an IP address can be reached from anywhere on the internet. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6 && parsed.match(NAT64)) {
    // Networks with only IPv6 reach IPv4 hosts under this prefix: what counts is the address inside.
    return isPublicAddress(parsed.toByteArray().slice(12).join('.'));
  }
  return parsed.range() === 'unicast';
}

/** The well-known prefix of RFC 6052. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Finds whether a name or address in a URL leads to the public internet only: one private address
 * among several is enough to say no, because the trainer may pick that one.
 */
export async function findPublicHost(url: URL, resolve: Resolve = resolveBySystem): Promise<PublicHost> {
  const hostname = bareHostname(url);
  let addresses: readonly LookupAddress[];
  const version = isIP(hostname);
  if (version !== 0) {
    addresses = [{ address: hostname, family: version }];
  } else {
    try {
      addresses = await resolve(hostname);
    } catch {
      return { kind: 'unknown-name' };
    }
  }
  if (addresses.length === 0) return { kind: 'unknown-name' };
  if (!addresses.every(({ address }) => isPublicAddress(address))) return { kind: 'not-public' };
  return { kind: 'public', lookup: answerWith(addresses) };
}

/** True when a URL's host is this machine by its very name; a name is not looked up. */
export function isLoopbackUrl(url: URL): boolean {
  const hostname = bareHostname(url).replace(/\.$/, '');
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  return ipaddr.isValid(hostname) && ipaddr.process(hostname).range() === 'loopback';
}

function bareHostname(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function answerWith(addresses: readonly LookupAddress[]): LookupFunction {
  return (hostname, options, callback) => {
    const fitting = options.family
      ? addresses.filter(({ family }) => family === Number(String(options.family).replace('IPv', '')))
      : addresses;
    const first = fitting[0];
    if (first === undefined) {
      callback(Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' }), '', 4);
    } else if (options.all === true) {
      callback(null, [...fitting]);
    } else {
      callback(null, first.address, first.family);
    }
  };
}
