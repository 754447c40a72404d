// Opens the published file read-only with the newest DuckDB client and prints,
// as JSON, what a Chinese view and the comments say, and which rules of the folder
// given do not run there as they stand.
import { readdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(process.argv[2], { access_mode: 'READ_ONLY' });
const connection = await instance.connect();
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
const [[findings]] = await rows('SELECT count(*) FROM 问题台账 WHERE "状态" IN (\'待核实\', \'再次出现\', \'已属实\')');
const towns = await rows('SELECT "镇", count(*) FROM 问题台账 GROUP BY ALL ORDER BY ALL');
const [[uncommented]] = await rows(`SELECT
  (SELECT count(*) FROM duckdb_tables() WHERE comment IS NULL)
  + (SELECT count(*) FROM duckdb_views() WHERE comment IS NULL AND NOT internal)
  + (SELECT count(*) FROM duckdb_functions() WHERE function_type = 'macro' AND NOT internal AND comment IS NULL)
  + (SELECT count(*) FROM duckdb_columns() WHERE comment IS NULL AND NOT internal)`);
const [[version]] = await rows('SELECT version()');
const broken = [];
for (const name of readdirSync(process.argv[3]).filter((name) => name.endsWith('.sql'))) {
  try {
    await connection.runAndReadAll(readFileSync(`${process.argv[3]}/${name}`, 'utf8'));
  } catch (error) {
    broken.push(`${name}: ${error.message}`);
  }
}
console.log(JSON.stringify({ version, findings: String(findings), towns, uncommented: String(uncommented), broken }));
