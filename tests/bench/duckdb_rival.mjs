// DuckDB beside report_bench, on the clicks that `report_bench csv` writes: node duckdb_rival.mjs CSV RUNS
// Prints one line a figure: name, value, unit.
import { rmSync, statSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [csv, runs] = [process.argv[2], Number(process.argv[3])];
const file = `${csv}.duckdb`;
const LINKS = 20_000;
const MERCHANTS = 100;

const print = (name, value, unit) => console.log(`${name.padEnd(62)} ${value.toFixed(3).padStart(14)} ${unit}`);

/** Seconds of the clock and of the processor. */
async function time(work) {
  const cpu = process.cpuUsage();
  const begin = process.hrtime.bigint();
  await work();
  const wall = Number(process.hrtime.bigint() - begin) / 1e9;
  const used = process.cpuUsage(cpu);
  return { wall, cpu: (used.user + used.system) / 1e6 };
}

async function median(name, work) {
  const all = [];
  for (let run = 0; run < runs; ++run) all.push(await time(work));
  all.sort((a, b) => a.wall - b.wall);
  const middle = all[Math.floor(all.length / 2)];
  print(name, middle.wall * 1e3, 'ms');
  print(`${name}, CPU`, middle.cpu * 1e3, 'ms');
}

const QUESTIONS = {
  'by article, 365 days': 'SELECT article, count(*) FROM clicks WHERE verdict = 0 GROUP BY article',
  'by article, 30 days': 'SELECT article, count(*) FROM clicks WHERE verdict = 0 AND at_ms < 1738281600000 GROUP BY article',
  'by article with visitor-days, 365 days':
    'SELECT article, sum(visitors) FROM (SELECT article, at_ms // 86400000 AS day, count(DISTINCT visitor) AS visitors '
    + 'FROM clicks WHERE verdict = 0 GROUP BY article, day) GROUP BY article',
  'by merchant, 365 days': 'SELECT merchant, count(*) FROM clicks JOIN links USING (link) WHERE verdict = 0 GROUP BY merchant',
  'by country': 'SELECT country, count(*) FROM clicks WHERE verdict = 0 GROUP BY country',
  'country x device x placement x merchant':
    'SELECT country, device, placement, merchant, count(*) FROM clicks JOIN links USING (link) WHERE verdict = 0 '
    + 'GROUP BY country, device, placement, merchant',
  'by country with visitor-days':
    'SELECT country, sum(visitors) FROM (SELECT country, at_ms // 86400000 AS day, count(DISTINCT visitor) AS visitors '
    + 'FROM clicks WHERE verdict = 0 GROUP BY country, day) GROUP BY country',
  'counts of all days, rebuilt':
    'SELECT article, link, at_ms // 86400000 AS day, count(*) FROM clicks WHERE verdict = 0 GROUP BY article, link, day',
};

const database = await DuckDBInstance.create(file);
const duck = await database.connect();
try {
  await duck.run('CREATE TABLE clicks (id BIGINT, at_ms BIGINT, link INTEGER, article INTEGER, placement SMALLINT, '
    + 'country VARCHAR, device TINYINT, os TINYINT, visitor UBIGINT, user_agent INTEGER, referrer INTEGER, '
    + 'language INTEGER, verdict TINYINT, reason INTEGER)');
  await duck.run(`CREATE TABLE links AS SELECT range + 1 AS link, 'merchant ' || range % ${MERCHANTS} AS merchant FROM range(${LINKS})`);
  const loaded = await time(() => duck.run(`COPY clicks FROM '${csv}' (FORMAT csv, HEADER false)`));
  await duck.run('CHECKPOINT');
  const clicks = Number((await duck.runAndReadAll('SELECT count(*) FROM clicks')).getRows()[0][0]);
  print('DuckDB: read from CSV', clicks / 1e6 / loaded.wall, 'M clicks/s');
  print('DuckDB: read from CSV, by CPU time', clicks / 1e6 / loaded.cpu, 'M clicks/s');
  print('DuckDB: its file', statSync(file).size / clicks, 'bytes/click');
  for (const threads of [1, 2]) {
    await duck.run(`SET threads = ${threads}`);
    for (const [name, question] of Object.entries(QUESTIONS))
      await median(`DuckDB, ${threads} thread${threads > 1 ? 's' : ''}: ${name}`, () => duck.runAndReadAll(question));
  }
} finally {
  duck.closeSync();
  rmSync(file, { force: true });
}
