// Locks a report for the municipality alone: not even this phone can open it again.
/** @typedef {{iv: Uint8Array, data: ArrayBuffer}} Locked */
/** @typedef {Locked & {kid: string, key: ArrayBuffer, photos: Locked[]}} Sealed */

/** @param {ArrayBuffer | Uint8Array} buffer */
const base64 = (buffer) => {
  let text = "";
  for (const it of new Uint8Array(buffer)) text += String.fromCharCode(it);
  return btoa(text);
};
const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);

/**
 * @param {string} id the report's; the lock is bound to it
 * @param {object} content
 * @param {ArrayBuffer[]} photos
 * @param {{kid: string, key: string}} lock the municipality's public key
 * @returns {Promise<Sealed>}
 */
export async function seal(id, content, photos, lock) {
  const spki = Uint8Array.from(atob(lock.key), (it) => it.charCodeAt(0));
  const ours = await crypto.subtle.importKey("spki", spki, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"]);
  const own = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const locked = async (plain, place) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: utf8(id + place) };
    return { iv, data: await crypto.subtle.encrypt(how, own, plain) };
  };
  return {
    kid: lock.kid,
    key: await crypto.subtle.encrypt("RSA-OAEP", ours, await crypto.subtle.exportKey("raw", own)),
    ...(await locked(utf8(JSON.stringify(content)), "")),
    photos: await Promise.all(photos.map((it, n) => locked(it, ` ${n + 1}`))),
  };
}

/** Writes an envelope as it is sent. */
export function written(/** @type {Sealed} */ sealed, claim = false) {
  const part = (it) => ({ iv: base64(it.iv), data: base64(it.data) });
  const { kid, key, photos } = sealed;
  return JSON.stringify({ kid, key: base64(key), ...part(sealed), photos: photos.map(part), claim });
}
