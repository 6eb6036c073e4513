// Mail against a real mail server: how it is handed over, what is in it, and that none is lost or sent twice.
import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { certificate, mailServer } from "./mail_server.mjs";
import { json, output, runBeside, temporaryFolder, writeConfig } from "./support.mjs";

function site(folder, lines) {
  return writeConfig(folder, { rest: `[mail]\nfrom = "candor@site.example"\nto = ["owner@site.example"]\n${lines}\n[links]\ncheck = false\n` });
}

test("a server without encryption takes a test mail", async (t) => {
  const folder = temporaryFolder();
  const server = await mailServer(t, { disabledCommands: ["STARTTLS", "AUTH"] });
  const config = site(folder, `host = "127.0.0.1"\nport = ${server.port}\nencryption = "none"`);
  const sent = await runBeside(["mail", "test", "--to", "anna@site.example", "--config", config]);
  assert.equal(sent.status, 0, sent.stderr);
  assert.equal(server.mails.length, 1);
  const { mail, envelope } = server.mails[0];
  assert.deepEqual(envelope.rcptTo.map((to) => to.address), ["anna@site.example"]);
  assert.equal(envelope.mailFrom.address, "candor@site.example");
  assert.equal(mail.subject, "Test site: test mail");
  assert.match(mail.text, /gets through/);
  assert.match(mail.html, /gets through/);
});

test("STARTTLS and a password, by the certificate of the name that was asked for", async (t) => {
  const folder = temporaryFolder();
  const tls = certificate(folder);
  const server = await mailServer(t, { key: tls.key, cert: tls.cert, authMethods: ["LOGIN"] });
  writeFileSync(join(folder, "password"), "geheim\n");
  const lines = `host = "localhost"\nport = ${server.port}\nuser = "anna"\npassword_file = "password"`;
  const trusting = site(folder, `${lines}\nca_file = "localhost.pem"`);
  const sent = await runBeside(["mail", "test", "--config", trusting]);
  assert.equal(sent.status, 0, sent.stderr);
  assert.deepEqual(server.users, [["LOGIN", "anna", "geheim", true]]);
  assert.equal(server.mails[0].secure, true);

  const unknown = await runBeside(["mail", "test", "--config", site(folder, lines)]);
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /certificate/i);
  const other = site(folder, `${lines.replace("localhost", "127.0.0.1")}\nca_file = "localhost.pem"`);
  const wrongName = await runBeside(["mail", "test", "--config", other]);
  assert.equal(wrongName.status, 1, "the certificate is another host's");

  const wrong = await runBeside(["mail", "test", "--config", site(folder, `${lines.replace("anna", "otto")}\nca_file = "localhost.pem"`)]);
  assert.equal(wrong.status, 1);
  for (const told of [sent, unknown, wrong]) assert.doesNotMatch(told.stdout + told.stderr, /geheim|Z2VoZWlt/);
  assert.equal(server.mails.length, 1);
});

test("SMTPS, with the password from the environment", async (t) => {
  const folder = temporaryFolder();
  const tls = certificate(folder);
  const server = await mailServer(t, { secure: true, key: tls.key, cert: tls.cert });
  const config = site(folder, `host = "localhost"\nport = ${server.port}\nencryption = "smtps"\nuser = "anna"\nca_file = "localhost.pem"`);
  const without = await runBeside(["mail", "test", "--config", config]);
  assert.equal(without.status, 2);
  assert.match(without.stderr, /password_file|CANDOR_MAIL_PASSWORD/);
  const sent = await runBeside(["mail", "test", "--config", config], { CANDOR_MAIL_PASSWORD: "geheim" });
  assert.equal(sent.status, 0, sent.stderr);
  assert.deepEqual(server.users, [["PLAIN", "anna", "geheim", true]]);
  assert.equal(server.mails.length, 1);
});

test("nothing is said to a server that does not encrypt when it should", async (t) => {
  const folder = temporaryFolder();
  const server = await mailServer(t, { disabledCommands: ["STARTTLS"] });
  const config = site(folder, `host = "localhost"\nport = ${server.port}\nuser = "anna"`);
  const sent = await runBeside(["mail", "test", "--config", config], { CANDOR_MAIL_PASSWORD: "geheim" });
  assert.equal(sent.status, 1);
  assert.match(sent.stderr, /no encryption/);
  assert.deepEqual([server.users.length, server.mails.length], [0, 0]);
});

test("the machine's own sendmail, which may refuse", async () => {
  const folder = temporaryFolder();
  const program = join(folder, "sendmail");
  writeFileSync(program, `#!/bin/sh\necho "$@" > ${folder}/words\ncat > ${folder}/mail\n[ ! -e ${folder}/refuse ]\n`);
  chmodSync(program, 0o755);
  const config = site(folder, `sendmail = "${program}"`);
  output(["mail", "test", "--config", config]);
  assert.equal(readFileSync(join(folder, "words"), "utf8"), "-i -f candor@site.example -- owner@site.example\n");
  const text = readFileSync(join(folder, "mail"), "latin1");
  assert.match(text, /^Subject: Test site: test mail$/m);
  assert.doesNotMatch(text, /\r/);
  writeFileSync(join(folder, "refuse"), "");
  const refused = await runBeside(["mail", "test", "--config", config]);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /refused the mail/);
});

test("a night's mail waits for a server that refuses, and goes out once", async (t) => {
  const folder = temporaryFolder();
  const server = await mailServer(t, { disabledCommands: ["STARTTLS", "AUTH"], refuse: () => "451 not now" });
  const config = site(folder, `host = "127.0.0.1"\nport = ${server.port}\nencryption = "none"`);
  const night = () => runBeside(["nightly", "--config", config]);
  const first = await night();
  assert.equal(first.status, 3, first.stderr);
  assert.match(first.stderr, /mail: .*waits for the next run.*not now/);
  const again = await night();
  assert.equal(again.status, 3);
  let [waiting] = json(["mail", "list", "--config", config]).data;
  assert.deepEqual([waiting.state, waiting.attempts, server.mails.length], ["waiting", 2, 0]);

  server.refuse = () => null;
  const third = await night();
  assert.equal(third.status, 0, third.stderr);
  assert.equal(third.stdout + third.stderr, "", "quiet when all is well");
  assert.equal((await night()).status, 0);
  assert.equal(server.mails.length, 1, "once");
  [waiting] = json(["mail", "list", "--config", config]).data;
  assert.equal(waiting.state, "delivered");

  // The same numbers as the command line's.
  const { mail, raw } = server.mails[0];
  const day = waiting.key.slice("digest.daily.".length);
  const words = ["report", "by", "article", "--from", day, "--to", day, "--compare", "previous", "--config", config];
  assert.equal(mail.attachments.length, 1);
  assert.equal(mail.attachments[0].contentType, "text/csv");
  assert.equal(mail.attachments[0].content.toString(), output([...words, "--format", "csv"]));
  assert.ok(mail.text.includes(output([...words, "--format", "table"]).trimEnd()), "the table is the text part's");
  assert.match(raw, /multipart\/mixed[\s\S]*multipart\/alternative[\s\S]*text\/plain[\s\S]*text\/html[\s\S]*text\/csv/);
  for (const line of raw.split("\r\n")) assert.ok(line.length <= 998 && !line.includes("\n"));
});

test("without [mail] there is no mail step", () => {
  const folder = temporaryFolder();
  const config = writeConfig(folder, { rest: "[links]\ncheck = false\n" });
  const night = json(["nightly", "--config", config]);
  assert.ok(!night.steps.some((step) => step.step === "mail"));
  assert.deepEqual(night.alerts, []);
  assert.ok(!existsSync(join(folder, "data", "mail")));
});
