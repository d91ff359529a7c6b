// The API, and the words that answers are read in.

export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

let vocabulary = {};

export async function loadWords() {
  vocabulary = await (await fetch("words.json")).json();
}

// The term, as {zh, en, means}; the key itself where there is none.
export const word = (kind, key) => vocabulary[kind]?.[key] ?? { zh: key ?? "–", en: "", means: "" };
export const terms = (kind) => Object.keys(vocabulary[kind] ?? {});

// Questions go by POST, so that names stand in no address and no access log.
export function ask(verb, parameters, { key, purpose } = {}) {
  return post(verb, { ...parameters, purpose }, { key });
}

// JSON, or a form with a file.
export async function post(path, body, { key } = {}) {
  const form = body instanceof FormData;
  const given = form ? body : JSON.stringify(Object.fromEntries(Object.entries(body).filter(([, v]) => v !== "" && v !== null && v !== undefined)));
  const headers = { ...(form ? {} : { "content-type": "application/json" }), ...(key ? { authorization: `Bearer ${key}` } : {}) };
  let reply;
  try {
    reply = await fetch(`v1/${path}`, { method: "POST", headers, body: given });
  } catch {
    throw new ApiError(0, "offline", "服务没有应答。The server does not answer; is `xinpu serve` running?");
  }
  const answer = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new ApiError(reply.status, answer.code ?? "", answer.message ?? reply.statusText);
  return answer;
}

export async function health() {
  const reply = await fetch("healthz").catch(() => null);
  return reply ? reply.json() : null;
}
