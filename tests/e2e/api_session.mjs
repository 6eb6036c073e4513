// A signed-in session of a running daemon, as a program without a browser has it.
import { output, request } from "./support.mjs";

/// `send(method, target, {body, type, headers, as})` answers {status, headers, body}; an object as body goes as JSON. `as`
/// is another's token; "" is nobody.
export async function signIn(site) {
  const once = output(["user", "invite", "--config", site.config]).trim().split("once=")[1];
  const first = await request(`${site.admin_url}/api/v1/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Candor": "1" },
    body: JSON.stringify({ once }),
  });
  const cookie = first.headers["set-cookie"][0].split(";")[0];
  const { csrf } = JSON.parse((await request(`${site.admin_url}/api/v1/session`, { headers: { Cookie: cookie } })).body);
  return (method, target, { body, type, headers = {}, as } = {}) => {
    const own = as === undefined ? { Cookie: cookie, "X-Candor": csrf } : as === "" ? { "X-Candor": "1" } : { Authorization: `Bearer ${as}` };
    const plain = body === undefined || typeof body === "string" || Buffer.isBuffer(body);
    const media = body === undefined ? {} : { "Content-Type": type ?? "application/json" };
    return request(`${site.admin_url}${target}`, { method, headers: { ...own, ...media, ...headers }, body: plain ? body : JSON.stringify(body) });
  };
}
