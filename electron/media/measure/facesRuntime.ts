/**
 * Makes a Node worker look like a browser's to the model library, so that it runs the same code here as on the stage.
 * (Its code for Node loads other packages and fetches addresses that Node refuses.) To be imported before the library.
 * The worker's bundle knows no `process`, by which the library tells Node.
 */

/** Where the library believes its models to be. Nothing goes there: see `serveModels`. */
export const MODELS_ADDRESS = 'https://models.invalid/';

/** WebAssembly is refused under any other. */
const TYPES: Readonly<Record<string, string>> = { '.json': 'application/json', '.wasm': 'application/wasm' };

Object.assign(globalThis, { self: globalThis, WorkerGlobalScope: Object });

/** From now on `fetch` gives these files by their names, and nothing else: there is no network in this worker. */
export function serveModels(files: ReadonlyMap<string, Uint8Array>): void {
  const fetchFile = async (address: string | URL | Request): Promise<Response> => {
    const name = String(address instanceof Request ? address.url : address).replace(MODELS_ADDRESS, '');
    const bytes = files.get(name);
    if (bytes === undefined) throw new Error(`There is no file ${name}.`);
    const type = TYPES[name.slice(name.lastIndexOf('.'))] ?? 'application/octet-stream';
    return new Response(bytes.slice(), { headers: { 'content-type': type } });
  };
  Object.assign(globalThis, { fetch: fetchFile });
}
