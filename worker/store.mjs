// What a service worker keeps, it keeps as a favour: where the browser's storage is full, damaged or denied, nothing is kept
// and nothing found, and what the network gives is as good.

/** What something comes to; nothing where it fails. */
async function tried(something) {
  try {
    return await something();
  } catch {
    return undefined;
  }
}

/** The cache of a name. */
export function store(name) {
  const of = (something) => tried(async () => something(await caches.open(name)));
  return {
    match: (address) => of((cache) => cache.match(address)),
    put: (address, answer) => of((cache) => cache.put(address, answer)),
    delete: (address) => of((cache) => cache.delete(address)),
  };
}

/** The names of every cache of the origin. */
export const names = async () => (await tried(() => caches.keys())) ?? [];

/** Removes a cache. */
export const remove = (name) => tried(() => caches.delete(name));
