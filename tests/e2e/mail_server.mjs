// A mail server of the test's own, on a free port of the loopback: it keeps what it is given, taken apart by mailparser.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const { SMTPServer } = require("smtp-server");
const { simpleParser } = require("mailparser");

/// A certificate for `name` that signs itself.
export function certificate(folder, name = "localhost") {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-keyout", key, "-out", cert, "-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`], { stdio: "ignore" });
  return { file: cert, key: readFileSync(key), cert: readFileSync(cert) };
}

/// `options` are smtp-server's; `refuse(when, session)` gives a reply to refuse with ("MAIL", "DATA"), or nothing.
export async function mailServer(t, { refuse = () => null, ...options } = {}) {
  const mails = [];
  const seen = { refuse, users: [], connections: 0 };
  const refused = (when, session) => {
    const text = seen.refuse(when, session);
    return text ? Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) }) : null;
  };
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    onConnect(session, done) {
      seen.connections += 1;
      done();
    },
    onAuth(auth, session, done) {
      seen.users.push([auth.method, auth.username, auth.password, session.secure]);
      if (auth.username === "anna" && auth.password === "geheim") done(null, { user: "anna" });
      else done(new Error("no such user"));
    },
    onMailFrom: (address, session, done) => done(refused("MAIL", session)),
    onData(stream, session, done) {
      const parts = [];
      stream.on("data", (part) => parts.push(part));
      stream.on("end", async () => {
        const raw = Buffer.concat(parts);
        const problem = refused("DATA", session);
        if (!problem) mails.push({ raw: raw.toString("latin1"), envelope: session.envelope, secure: session.secure, mail: await simpleParser(raw) });
        done(problem);
      });
    },
    ...options,
  });
  server.on("error", () => {}); // of a client that hangs up on a certificate
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise((resolve) => server.close(resolve)));
  return Object.assign(seen, { mails, port: server.server.address().port });
}
