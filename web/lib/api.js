// Talks to Candor's API: JSON, RFC 9457 problems, and ETags so that polling an unchanged page costs
// an empty answer.

/**
 * What the server said is wrong; `field` names the form field at fault, `kind` is for programs where
 * a status alone does not tell ("unknown_layout"). Status 0: not reached.
 */
export class ApiProblem extends Error {
  constructor({ status = 0, title = "", detail = "", field = "", type = "", kind = "" }) {
    super(detail || title || `Error ${status}`);
    Object.assign(this, { status, title, detail, field, type, kind });
  }
}

/** JSON, except that money too large for a double becomes a BigInt, digit for digit. */
export function parseJson(text) {
  return JSON.parse(text, (key, value, context) =>
    key.endsWith("_micro") &&
    typeof value === "number" &&
    !Number.isSafeInteger(value) &&
    context?.source
      ? BigInt(context.source)
      : value,
  );
}

/** "/links" and {all: 1} as "/api/v1/links?all=1". Values that are not given are left out. */
export function apiPath(path, params = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params))
    if (value !== undefined && value !== null && value !== "") query.set(key, value);
  const text = query.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

const kMostKept = 64;

export function createApi({ fetch: fetchIt = globalThis.fetch, onSignedOut = () => {} } = {}) {
  const kept = new Map();
  // The session's own word: a page of another site cannot know it.
  let csrf = "1";

  async function call(url, options) {
    let response;
    try {
      response = await fetchIt(url, {
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        ...options,
      });
    } catch (error) {
      if (error?.name === "AbortError") throw error;
      throw new ApiProblem({
        title: "Candor cannot be reached",
        detail: "Candor cannot be reached. It may be restarting; trying again.",
      });
    }
    if (response.ok || response.status === 304) return response;
    throw await readProblem(response);
  }

  /** `bearer` asks with a share link's key instead of the session. */
  async function get(url, { signal, bearer } = {}) {
    const known = kept.get(url);
    let response;
    try {
      response = await call(url, {
        signal,
        headers: {
          Accept: "application/json",
          ...(known ? { "If-None-Match": known.etag } : {}),
          ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
        },
      });
    } catch (problem) {
      if (problem.status === 401 && !bearer) signedOut();
      throw problem;
    }
    if (response.status === 304 && known) return known.data;
    const data = parseJson(await response.text());
    keep(url, response.headers.get("ETag"), data);
    if (url.endsWith("/session")) csrf = data.csrf || "1";
    return data;
  }

  function keep(url, etag, data) {
    kept.delete(url);
    if (!etag) return;
    kept.set(url, { etag, data });
    if (kept.size > kMostKept) kept.delete(kept.keys().next().value);
  }

  function signedOut() {
    kept.clear();
    onSignedOut();
  }

  /**
   * `body` is sent as JSON; a Blob goes as its bytes. `version` is the one of what is edited, as it
   * was seen. Returns the answer's JSON, or null.
   */
  async function send(method, url, body, { keepalive = false, version, signal } = {}) {
    const raw = typeof Blob !== "undefined" && body instanceof Blob;
    const headers = { Accept: "application/json", "X-Candor": csrf };
    if (version) headers["If-Match"] = `"${version}"`;
    if (body !== undefined)
      headers["Content-Type"] = raw ? "application/octet-stream" : "application/json";
    let response;
    try {
      response = await call(url, {
        method,
        headers,
        keepalive,
        signal,
        body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
      });
    } catch (problem) {
      if (problem.status === 401 && !url.endsWith("/session")) signedOut();
      throw problem;
    }
    const text = await response.text();
    return text ? parseJson(text) : null;
  }

  return { get, send, forget: () => kept.clear() };
}

async function readProblem(response) {
  let problem = {};
  try {
    problem = parseJson(await response.text());
  } catch {
    // Not ours: a proxy's error page, say. The status has to do.
  }
  return new ApiProblem({
    ...problem,
    title: problem.title || response.statusText,
    status: response.status,
  });
}
