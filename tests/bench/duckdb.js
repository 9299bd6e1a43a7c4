// The peer of the register benchmark: the same 42 counters of each village by DuckDB. argv: FILE THREADS RESULT; prints CPU seconds.
// Grouped first by all that is counted, then turned: the quicker of its two ways.
const { DuckDBInstance } = require(require("path").resolve("out/duckdb/node_modules/@duckdb/node-api"));

const [file, threads, result] = process.argv.slice(2);
const flags = Array.from({ length: 12 }, (_, i) => `d${i + 1}`);
const columns = ["village", "ethnic", "start", "end", ...flags, "cause"];
const types = columns.map((c) => `'${c}': '${c === "village" ? "INTEGER" : "UTINYINT"}'`).join(", ");
const cells = [];
for (const ethnic of [0, 1])
	for (const start of [0, 1, 2])
		for (const end of [0, 1, 2])
			cells.push(`coalesce(sum(n) FILTER (ethnic = ${ethnic} AND "start" = ${start} AND "end" = ${end}), 0)::BIGINT`);
for (const end of [1, 2])
	for (const flag of flags)
		cells.push(`coalesce(sum(${flag}) FILTER ("end" = ${end}), 0)::BIGINT`);

async function main() {
	const instance = await DuckDBInstance.create(":memory:", { threads });
	const connection = await instance.connect();
	await connection.run("SET preserve_insertion_order = false");
	await connection.run(`COPY (
		SELECT village, ${cells.join(", ")} FROM (
			SELECT village, ethnic, "start", "end", count(*) AS n, ${flags.map((f) => `sum(${f}) AS ${f}`).join(", ")}
			FROM read_csv('${file}', header = true, delim = ',', quote = '', escape = '', columns = {${types}})
			GROUP BY village, ethnic, "start", "end")
		GROUP BY village ORDER BY village) TO '${result}' (HEADER false)`);
	const used = process.cpuUsage();
	console.log(((used.user + used.system) / 1e6).toFixed(2));
}

main().catch((e) => {
	console.error(String(e));
	process.exit(1);
});
